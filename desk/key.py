"""The village key: made once, kept by the PC for its clerk, and brought back from paper when the PC is gone.

Three stores can hold it: Windows' own sealing (DPAPI), the Secret Service of a Linux desktop, and a file only the user
can read. None of them lies in the data folder, so that a copied register never carries its key along. A desk says by
the check in its file which key it expects, and a key that is not that one is a lost key.
"""

import ctypes
import functools
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from gettext import gettext as _
from pathlib import Path
from typing import Protocol

from desk.recovery import mark, read_code
from desk.seal import KEY_BYTES, KeyLost, Seal
from desk.store import DeskError

if sys.platform == "linux":
    import secretstorage
    from jeepney import DBusErrorResponse  # type: ignore[import-untyped]

UNLOCK_SECONDS = 120
"""How long a person may take to type the password of the PC's own key store."""


class StoreSilent(DeskError):  # noqa: N818 (an answer, and the next store is asked)
    """A store cannot be asked now: locked, switched off, or broken; what it holds is not lost by that."""


class KeyStore(Protocol):
    """A place on this PC that holds village keys, each under its check."""

    @property
    def name(self) -> str:
        """How the settings page calls it."""
        ...

    def keep(self, check: bytes, key: bytes) -> None:
        """Hold a key; raises StoreSilent where that is not possible."""
        ...

    def find(self, check: bytes) -> bytes | None:
        """The key, or None where this store has none of that check; raises StoreSilent where it cannot say."""
        ...


@dataclass(frozen=True)
class VillageKey:
    """The key at work, and the name of the store that holds it."""

    seal: Seal
    kept_in: str


def stores(folder: Path) -> tuple[KeyStore, ...]:
    """The stores this PC may have, the best first.

    Args:
        folder: a place of the user's own, outside the data folder, for the stores that are files.
    """
    if sys.platform == "win32":
        return dpapi(folder), key_file(folder)
    if sys.platform == "linux":
        return SecretService(), key_file(folder)
    return (key_file(folder),)


def key_file(folder: Path) -> "KeyFile":
    """The store every PC has: what protects it is the account's own folder and nothing more."""
    return KeyFile(folder, _("berkas di folder pribadi akun ini"), "kunci", bytes, bytes)


def make(places: Sequence[KeyStore]) -> VillageKey:
    """A new key, kept by the first store that takes it.

    Raises:
        DeskError: no store took it; nothing may be sealed yet.
    """
    return keep(Seal(os.urandom(KEY_BYTES)), places)


def keep(seal: Seal, places: Sequence[KeyStore]) -> VillageKey:
    """Give a key to the first store that takes it and gives it back.

    Raises:
        DeskError: no store did.
    """
    reasons = []
    for place in places:
        try:
            place.keep(seal.check, seal.key)
            if place.find(seal.check) == seal.key:
                return VillageKey(seal, place.name)
        except StoreSilent as error:
            reasons.append(str(error))
    why = " ".join((_("Kunci desa belum tersimpan di komputer ini."), *reasons))
    raise DeskError(_("{why} Periksa ruang disk dan izin foldernya, lalu coba lagi.").format(why=why))


def load(check: bytes, places: Sequence[KeyStore]) -> VillageKey:
    """The key a desk's file expects, from the first store that holds it.

    Raises:
        KeyLost: no store has it, or what it has is another key; says which store could not be asked.
    """
    reasons = []
    for place in places:
        try:
            key = place.find(check)
        except StoreSilent as error:
            reasons.append(str(error))
            continue
        if key is not None and len(key) == KEY_BYTES and (seal := Seal(key)).is_for(check):
            return VillageKey(seal, place.name)
        if key is not None:
            reasons.append(_("Kunci yang tersimpan di {name} bukan kunci data ini.").format(name=place.name))
    found = " ".join((_("Kunci desa bertanda {mark} tidak ditemukan.").format(mark=mark(check)), *reasons))
    raise KeyLost(_("{found} Data tetap utuh: ketik kode dari lembar pemulihan.").format(found=found))


def beside(data: Path) -> Path:
    """Where the stores that are files keep the key of a data folder: beside it, never in it."""
    return data.with_name(f"{data.name}-kunci")


def unlocker(places: Sequence[KeyStore]) -> Callable[[bytes | None], Seal]:
    """What a desk is opened with: the key of the check in its file, or a new one where there is none yet."""

    def unlock(check: bytes | None) -> Seal:
        return (make(places) if check is None else load(check, places)).seal

    return unlock


def put_back(typed: str, check: bytes, places: Sequence[KeyStore]) -> VillageKey:
    """Read the key from what was typed off the recovery sheet and keep it on this PC.

    Raises:
        KeyLost: a sheet without a mistake, but of another key.
        DeskError: a mistyped row, by its number; or no store took the key.
    """
    return keep(_sheet_of(check, typed), places)


def confirm(typed: str, seal: Seal) -> None:
    """Check that the printed sheet opens this desk, by what was typed off it.

    Raises:
        KeyLost: the sheet of another key.
        DeskError: a mistyped row, by its number.
    """
    _sheet_of(seal.check, typed)


def _sheet_of(check: bytes, typed: str) -> Seal:
    seal = Seal(read_code(typed))
    if seal.is_for(check):
        return seal
    raise KeyLost(
        _("Lembar ini bertanda {found}, data ini memakai kunci bertanda {mark}. Cari lembar bertanda {mark}.").format(
            found=mark(seal.check), mark=mark(check)
        )
    )


@dataclass(frozen=True)
class KeyFile:
    """Keys as files only the user can read, one for each check, wrapped in what the system offers for it."""

    folder: Path
    name: str
    ending: str
    wrap: Callable[[bytes], bytes]
    unwrap: Callable[[bytes], bytes]

    def keep(self, check: bytes, key: bytes) -> None:
        """Write the file beside its place, to the disk, then put it there."""
        path = self._path(check)
        part = path.with_suffix(".part")
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            part.unlink(missing_ok=True)
            with open(part, "xb", opener=functools.partial(os.open, mode=0o600)) as file:
                file.write(self.wrap(key.hex().encode()))
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)
            _sync_folder(self.folder)
        except OSError as error:
            raise self._silent(error) from error

    def find(self, check: bytes) -> bytes | None:
        """The key in the file; a file that holds no key at all is an empty one, which no check fits."""
        try:
            text = self.unwrap(self._path(check).read_bytes())
        except FileNotFoundError:
            return None
        except OSError as error:
            raise self._silent(error) from error
        return _from_text(text)

    def _path(self, check: bytes) -> Path:
        return self.folder / f"{check.hex()}.{self.ending}"

    def _silent(self, error: OSError) -> StoreSilent:
        why = error.strerror or str(error)
        return StoreSilent(
            _("Kunci di {folder} tidak dapat dibuka atau ditulis oleh akun ini ({why}).").format(
                folder=self.folder, why=why
            )
        )


def _from_text(text: bytes) -> bytes:
    """The key from the hexadecimal text stores hold, so that a person with another program can still read it."""
    try:
        return bytes.fromhex(text.decode("ascii"))
    except ValueError:
        return b""


def _sync_folder(folder: Path) -> None:
    """A new name in a folder outlives a power cut only when the folder itself is on the disk; Windows sees to that."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


if sys.platform == "linux":

    class SecretService:
        """The desktop's own key store (GNOME Keyring, KWallet, KeePassXC), open while the clerk is logged in."""

        @property
        def name(self) -> str:
            """How the settings page calls it."""
            return _("gudang kunci desktop (Secret Service)")

        def keep(self, check: bytes, key: bytes) -> None:
            """Hold the key in the collection that opens at log-in; asks for its password where it is locked."""
            with self._collection() as collection:
                if collection.is_locked() and collection.unlock(timeout=UNLOCK_SECONDS):
                    raise self._locked()
                label = _("Kunci desa {mark} (Meja Desa)").format(mark=mark(check))
                collection.create_item(label, _attributes(check), key.hex().encode(), replace=True)

        def find(self, check: bytes) -> bytes | None:
            """The key of that check; a password is asked for only where the key is known to lie behind it."""
            with self._collection() as collection:
                item = next(collection.search_items(_attributes(check)), None)
                if item is None and not collection.is_locked():
                    return None
                if item is None or (item.is_locked() and item.unlock(timeout=UNLOCK_SECONDS)):
                    raise self._locked()
                return _from_text(item.get_secret())

        @contextmanager
        def _collection(self) -> Iterator[secretstorage.Collection]:
            """The default collection; one that is not there is not made, for it would want a password of its own."""
            try:
                with closing(secretstorage.dbus_init()) as line:
                    yield secretstorage.Collection(line)
            except (secretstorage.SecretStorageException, DBusErrorResponse, OSError) as error:
                raise StoreSilent(_("Gudang kunci desktop (Secret Service) tidak menjawab.")) from error

        def _locked(self) -> StoreSilent:
            return StoreSilent(
                _("Gudang kunci desktop (Secret Service) masih terkunci: bukalah, lalu buka Meja Desa lagi.")
            )

    def _attributes(check: bytes) -> dict[str, str]:
        return {"application": "meja-desa", "check": check.hex()}


if sys.platform == "win32":

    class _Blob(ctypes.Structure):
        """DATA_BLOB of wincrypt.h."""

        _fields_ = (("size", ctypes.c_uint32), ("data", ctypes.c_void_p))

    def dpapi(folder: Path) -> KeyFile:
        """Files Windows has sealed for this account; another account of the PC types the recovery code once."""
        return KeyFile(
            folder, _("akun Windows ini (DPAPI)"), "dpapi",
            wrap=functools.partial(_dpapi, "CryptProtectData"), unwrap=functools.partial(_dpapi, "CryptUnprotectData"),
        )  # fmt: skip

    def _dpapi(function: str, data: bytes) -> bytes:
        """One call of crypt32, which may not open a window of its own; both functions take the same seven arguments."""
        pointer, ui_forbidden = ctypes.c_void_p, ctypes.c_uint32(1)
        call = getattr(ctypes.WinDLL("crypt32", use_last_error=True), function)
        call.argtypes = (pointer, pointer, pointer, pointer, pointer, ctypes.c_uint32, pointer)
        free = ctypes.WinDLL("kernel32").LocalFree
        free.argtypes, free.restype = (pointer,), pointer
        buffer = ctypes.create_string_buffer(data, len(data))
        given, answer = _Blob(len(data), ctypes.addressof(buffer)), _Blob()
        if not call(ctypes.byref(given), None, None, None, None, ui_forbidden, ctypes.byref(answer)):
            raise ctypes.WinError(ctypes.get_last_error())
        try:
            return ctypes.string_at(answer.data, answer.size)
        finally:
            free(answer.data)
