"""The only door to the village's data: commands in, frozen records out."""

import datetime as dt
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Concatenate, Generic, Protocol, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

import desk.attachments
import desk.budget.tables
import desk.dip.tables
import desk.foi.tables
import desk.layouts
import desk.letters.tables
import desk.objections.tables
import desk.outbox
import desk.privacy.tables
import desk.projects.tables
import desk.realisation.tables
import desk.reports.tables
import desk.village.tables  # noqa: F401  every subject's tables are known before the file is opened
from desk import glyphs, guards, log, store, upgrade, vault
from desk.log import Touched, Undo
from desk.vault import Unlock, Vault

T_co = TypeVar("T_co", covariant=True)
T = TypeVar("T")


class Command(Protocol[T_co]):
    """One act of a person: a frozen dataclass that writes through the session it is given.

    A class may say `legal = True` (it cannot be undone) and `from_district = True` (it is not sent back).
    """

    def run(self, session: Session) -> T_co:
        """Check the rules again and write the rows; the value goes to the caller."""
        ...


@dataclass(frozen=True)
class Done(Generic[T]):
    """What a command answered, what it touched, and its id in the log (empty where nothing changed)."""

    value: T
    changes: tuple[Touched, ...]
    act: bytes


@dataclass(frozen=True)
class Together:
    """Several acts as one: all of them, or none."""

    commands: tuple[Command[Any], ...]

    @property
    def legal(self) -> bool:
        """Legal where any of them is."""
        return any(getattr(command, "legal", False) for command in self.commands)

    def run(self, session: Session) -> tuple[Any, ...]:
        """Run each in its order; their values, in that order."""
        return tuple(command.run(session) for command in self.commands)


def name_of(command: Command[Any]) -> str:
    """How the log calls an act: `foi.Register`."""
    kind = type(command)
    return f"{kind.__module__.removeprefix('desk.').removesuffix('.commands')}.{kind.__name__}"


class Desk:
    """One village's data folder, open."""

    def __init__(self, folder: Path, now: Callable[[], dt.datetime], unlock: Unlock) -> None:
        """Open `folder`, creating it and its `desa.db` where they are missing.

        Args:
            folder: where the village's data lives.
            now: the clock; it answers with a time zone.
            unlock: how to come by the village key, called when an identity is first sealed or opened.

        Raises:
            DeskError: the file is damaged, newer than this program, or the disk refuses.
        """
        self.folder = folder
        self._now = now
        self._vault = Vault(unlock)
        path = folder / "desa.db"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._writer, self._reader = store.open_writer(path), store.open_reader(path)
            upgrade.bring_forward(self._writer, self._vault, now())
            self.renewed = guards.prepare(self._writer)
            """Guards of the file that somebody had removed or altered; they stand again."""
            with self._writer.begin() as conn:
                log.ensure_incarnation(conn)
            self._watch = self._reader.connect()
        except (DBAPIError, sqlite3.Error) as error:
            raise store.fault_of_the_world(error) or error from error
        except OSError as error:
            raise store.DeskError(
                f"Folder data {folder} tidak dapat dibuka. Pilih folder lain. ({error.strerror})"
            ) from error

    def do(self, command: Command[T], by: str = "Petugas") -> Done[T]:
        """Run a command as one transaction and one entry of the log.

        Raises:
            DeskError: the rules or the world refuse; nothing was saved.
        """
        return self._run(command, by, keep=True)

    def rehearse(self, command: Command[T], by: str = "Petugas") -> Done[T]:
        """Run a command to its end and roll it back: what it would answer and touch."""
        return self._run(command, by, keep=False)

    def undo(self, act: bytes, by: str = "Petugas") -> Done[bytes]:
        """Turn an act back; refused where it is legal or something later touched the same rows."""
        return self._run(Undo(act), by, keep=True)

    def ask(self, query: Callable[Concatenate[Connection, ...], T], *args: Any) -> T:
        """Read with a query of a subject; from any thread, never waiting for a writer."""
        try:
            with self._reader.connect() as conn:
                vault.put(conn, self._vault)
                return query(conn, *args)
        except DBAPIError as error:
            raise store.fault_of_the_world(error) or error from error
        except UnicodeEncodeError as error:
            raise _broken(error) or error from error

    def version(self) -> int:
        """A number that changes when anyone, here or in another process, has written (PRAGMA data_version)."""
        return int(self._watch.exec_driver_sql("PRAGMA data_version").scalar_one())

    def close(self) -> None:
        """Let go of the file and of the key."""
        self._vault.forget()
        self._watch.close()
        self._reader.dispose()
        self._writer.dispose()

    def _run(self, command: Command[T], by: str, *, keep: bool) -> Done[T]:
        from_district = getattr(command, "from_district", False)
        with closing(Session(self._writer, expire_on_commit=False)) as session:
            try:
                conn = session.connection()
                vault.put(conn, self._vault)
                frame = log.begin(conn, by, self._now(), from_district=from_district)
                session.info["act"] = frame
                value = command.run(session)
                session.flush()
                changes = log.seal(
                    conn,
                    frame,
                    name_of(command),
                    legal=getattr(command, "legal", False),
                    from_district=from_district,
                    undoes=command.act if isinstance(command, Undo) else None,
                )
            except DBAPIError as error:
                session.rollback()
                raise store.fault_of_the_world(error) or error from error
            except UnicodeEncodeError as error:
                session.rollback()
                raise _broken(error) or error from error
            done = Done(value, changes, frame.id if changes else b"")
            if keep:
                self._commit(session, done)
            return done

    def _commit(self, session: Session, done: Done[Any]) -> None:
        """Commit; an error here means "unknown" (a commit that reported EIO has been seen to stand): look it up."""
        try:
            session.commit()
        except DBAPIError as error:
            session.invalidate()
            self._writer.dispose()
            if not (done.act and self.ask(log.has_act, done.act)):
                raise store.fault_of_the_world(error) or error from error


def _broken(error: UnicodeEncodeError) -> store.DeskError | None:
    """Half a character that was pasted somewhere, told as a sentence; None for a mistake of ours."""
    half = error.object[error.start]
    return store.DeskError(glyphs.BROKEN.format(code=f"U+{ord(half):04X}")) if "\ud800" <= half <= "\udfff" else None
