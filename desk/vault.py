"""The vault of a desk: what a citizen entrusts to it goes into a row sealed, and comes out for the eye that asked.

The village key itself is fetched by whoever opens the desk, when it is first needed: most of what the window shows at
its start needs no key, and the libraries behind it take time to import. The file keeps only the key's check.
"""

import datetime as dt
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from gettext import gettext as _
from typing import TYPE_CHECKING, TypeVar, cast

from sqlalchemy import Column, Connection, Integer, LargeBinary, Table, insert, select
from sqlalchemy.orm import Session

from desk.store import Day, DeskError, Row, rows

if TYPE_CHECKING:
    from desk.seal import Seal

vault = Table(
    "vault",
    Row.metadata,
    Column("n", Integer, primary_key=True),
    Column("key_check", LargeBinary, nullable=False),
    Column("sheet_checked", Day),
    sqlite_strict=True,
)
"""One row once a key was made: which key this desk's sealed rows want, and when its printed sheet was typed back."""

T = TypeVar("T")

Unlock = Callable[[bytes | None], "Seal"]
"""From the check in the file to the key's seal; None asks for a new key. Raises `KeyLost` (`desk.key.unlocker`)."""


class Vault:
    """The sealed part of one open desk."""

    def __init__(self, unlock: Unlock) -> None:
        self._unlock = unlock
        self._seal: Seal | None = None
        self._opened: dict[type, object] = {}

    def seal(self, conn: Connection) -> "Seal":
        """The seal the file's check names; a desk without one gets its key now, in the transaction that runs.

        Raises:
            KeyLost: the key is not on this PC.
            DeskError: the check is gone from a file that holds sealed rows; another key would hide their loss.
        """
        check = conn.execute(select(vault.c.key_check).order_by(vault.c.n).limit(1)).scalar()
        if check is None and _has_sealed(conn):
            raise DeskError(
                _("Tanda kunci desa hilang dari berkas data. Jangan mencatat apa-apa; salin folder data dan hubungi "
                  "pendamping desa.")
            )  # fmt: skip
        if self._seal is None or (check is not None and not self._seal.is_for(check)):
            self._seal = self._unlock(check)
        if check is None:
            conn.execute(insert(vault).values(key_check=self._seal.check))
        return self._seal

    def held(self, kind: Callable[[], T]) -> T:
        """The one thing of a kind that was opened and stays in memory as long as the key; made when first asked for."""
        return cast("T", self._opened.setdefault(cast("type", kind), kind()))

    def forget(self) -> None:
        """Put the key away, and with it everything that was opened by it."""
        self._seal = None
        self._opened.clear()


def _has_sealed(conn: Connection) -> bool:
    """Whether anything in the file was closed with a key."""
    sealed = [name for name, row in rows().items() if "sealed" in row.__table__.columns]
    return any(conn.exec_driver_sql(f"SELECT EXISTS (SELECT 1 FROM {name})").scalar_one() for name in sealed)


def put(conn: Connection, made: Vault) -> None:
    """Give a connection the vault its commands and queries may use."""
    conn.info["vault"] = made


def seal_of(conn: Connection) -> "Seal":
    """The seal of the desk a connection belongs to."""
    made = conn.info["vault"]
    assert isinstance(made, Vault)
    return made.seal(conn)


def held(conn: Connection, kind: Callable[[], T]) -> T:
    """What the vault of a connection's desk holds of a kind."""
    made = conn.info["vault"]
    assert isinstance(made, Vault)
    return made.held(kind)


def close(conn: Connection, about: bytes, fields: Mapping[str, str]) -> bytes:
    """Seal fields; `about` names table and row they belong to."""
    return seal_of(conn).close(json.dumps(dict(fields), ensure_ascii=False).encode(), about)


def open_fields(conn: Connection, about: bytes, sealed: bytes) -> dict[str, str]:
    """The fields again.

    Raises:
        KeyLost: the key is not on this PC.
        SealBroken: the row was damaged or altered.
    """
    opened: dict[str, str] = json.loads(seal_of(conn).open(sealed, about))
    return opened


def open_all(conn: Connection, sealed: Iterable[tuple[bytes, bytes]]) -> Iterator[dict[str, str]]:
    """The fields of many rows, each given as `about` and its sealed value; the key is asked for once, if at all.

    Raises:
        KeyLost: the key is not on this PC.
        SealBroken: a row was damaged or altered.
    """
    seal: Seal | None = None
    for about, value in sealed:
        seal = seal or seal_of(conn)
        yield json.loads(seal.open(value, about))


@dataclass(frozen=True)
class Kept:
    """Which key this desk's rows want, and the day its recovery sheet was checked; None until then."""

    check: bytes
    sheet_checked: dt.date | None


def kept(conn: Connection) -> Kept | None:
    """What the file says of its key; None before anything was sealed."""
    row = conn.execute(select(vault.c.key_check, vault.c.sheet_checked).order_by(vault.c.n).limit(1)).one_or_none()
    return Kept(*row) if row else None


def wants_sheet(conn: Connection) -> bool:
    """Whether there is a key whose recovery sheet nobody has printed and typed back."""
    found = kept(conn)
    return found is not None and found.sheet_checked is None


@dataclass(frozen=True)
class MakeKey:
    """The village's key is made before anything needs it, so that its recovery sheet can be printed at set-up."""

    def run(self, session: Session) -> bytes:
        """Make the key where there is none; its check comes back."""
        return seal_of(session.connection()).check


@dataclass(frozen=True)
class SheetChecked:
    """The recovery sheet was printed and typed back without a mistake."""

    day: dt.date

    def run(self, session: Session) -> None:
        """Note the day."""
        seal_of(session.connection())
        session.connection().execute(vault.update().values(sheet_checked=self.day))
