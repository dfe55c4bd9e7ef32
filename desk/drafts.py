"""What was typed and not saved: one sealed file for each form that was begun, beside the database.

Files and not rows, because a row is written through a command, and a half-typed sentence is no act: it would stand in
the log, wake every page of the window each second, and lie in copies of the database long after it was thrown away.
A file is replaced whole, goes when it is done with, and a damaged one takes nothing else along.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from gettext import gettext as _
from pathlib import Path

from desk.durable import PART, refusal, settle, write_whole
from desk.seal import KeyLost, Seal
from desk.store import DeskError

_ENDING = ".draft"
_ASIDE = ".rusak"
"""How a draft's file ends once it has been put aside; it stays sealed."""


@dataclass(frozen=True)
class Draft:
    """A form as somebody left it."""

    kind: str
    """Which form."""
    key: str
    """Which sitting at that form; two drafts of one form are two."""
    name: str
    """What the person at the desk knows it by, such as who stood there."""
    at: dt.datetime
    fields: Mapping[str, str]


@dataclass(frozen=True)
class Found:
    """The drafts on the disk, newest first, and a sentence for each that could not be read."""

    drafts: tuple[Draft, ...]
    troubles: tuple[str, ...]


class Drafts:
    """The drafts of one data folder; all calls of one program come from one thread."""

    def __init__(self, folder: Path, seal: Seal) -> None:
        """Drafts under `folder`/drafts; the folder is made with the first of them."""
        self._folder = folder / "drafts"
        self._seal = seal
        self._is_clean = False

    def save(self, kind: str, key: str, fields: Mapping[str, str], at: dt.datetime, *, name: str = "") -> None:
        """Put what was typed on the disk, in place of what was there; once this returns it survives a power cut.

        Raises:
            DeskError: the disk is full or refuses; the older draft is still there.
        """
        if at.tzinfo is None:
            raise ValueError("a draft needs the time zone of its moment")
        draft = asdict(Draft(kind, key, name, at, dict(fields))) | {"at": at.isoformat()}
        plain = json.dumps(draft, ensure_ascii=True).encode()
        self._clean()
        path = self._place(kind, key)
        write_whole(path, self._seal.close(plain, b"draft " + path.name.encode()))

    def found(self, kind: str = "") -> Found:
        """Every draft, or those of one form.

        A damaged one is put aside, so that it is told once; one that was sealed with another key stays where it is
        until that key is back.

        Raises:
            DeskError: the disk refuses.
        """
        drafts: list[Draft] = []
        troubles: dict[str, None] = {}
        try:
            self._clean()
            for path in sorted(self._folder.glob(f"*{_ENDING}")):
                try:
                    drafts.append(self._read(path))
                except KeyLost as error:
                    troubles[str(error)] = None
                except (DeskError, ValueError, KeyError, TypeError, AttributeError):
                    path.replace(path.with_suffix(_ASIDE))
                    said = _("Satu isian yang belum disimpan rusak dan disisihkan ({file}). Isi lagi bila perlu.")
                    troubles[said.format(file=f"{path.parent.name}/{path.stem}{_ASIDE}")] = None
        except OSError as error:
            raise refusal(error) from error
        wanted = [draft for draft in drafts if draft.kind == kind or not kind]
        return Found(tuple(sorted(wanted, key=lambda draft: draft.at, reverse=True)), tuple(troubles))

    def take(self, kind: str, key: str) -> Draft | None:
        """One draft, None where there is none; it stays on the disk until its form is saved or it is discarded.

        Raises:
            DeskError: damaged, or the disk refuses.
        """
        path = self._place(kind, key)
        try:
            return self._read(path)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise refusal(error) from error
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise DeskError(_("Isian yang belum disimpan ini rusak. Isi lagi formulirnya.")) from error

    def discard(self, kind: str, key: str) -> None:
        """Remove a draft from the disk; none is fine too.

        Raises:
            DeskError: the disk refuses.
        """
        path = self._place(kind, key)
        try:
            path.unlink(missing_ok=True)
            if path.parent.is_dir():
                settle(path.parent)
        except OSError as error:
            raise refusal(error) from error

    def _place(self, kind: str, key: str) -> Path:
        """Named by a hash, so that no key leads out of the folder and none is read off the name."""
        return self._folder / (hashlib.sha256(f"{kind}\0{key}".encode()).hexdigest()[:32] + _ENDING)

    def _clean(self) -> None:
        """Remove what a crash left half-written: once, before this program writes anything that looks the same."""
        if not self._is_clean:
            self._is_clean = True
            for leftover in self._folder.glob(f"*{PART}"):
                with suppress(OSError):
                    leftover.unlink()

    def _read(self, path: Path) -> Draft:
        """One file; the seal is bound to its name, so a draft put in another's place does not open."""
        plain = json.loads(self._seal.open(path.read_bytes(), b"draft " + path.name.encode()))
        draft = replace(Draft(**plain), at=dt.datetime.fromisoformat(plain["at"]))
        words = [draft.name, *draft.fields.keys(), *draft.fields.values()]
        if (
            draft.at.tzinfo is None
            or path != self._place(draft.kind, draft.key)
            or any(not isinstance(word, str) for word in words)
        ):
            raise ValueError("not the draft its name says")
        return draft
