"""The log tells what happened, can be turned back where that is lawful, and betrays every hand that went around it."""

import datetime as dt
import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Connection, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from desk import log
from desk.desk import Desk
from desk.foi.commands import Register
from desk.foi.queries import Seek, page
from desk.foi.rules import RequestForm
from desk.store import DeskError
from desk.village.commands import SetContact, SetVillage
from desk.village.tables import Contact
from tests.desks import open_desk

PEER = (
    "INSERT INTO peer (url, village, device, token, inc, acked, acked_n, head, cursor, gen, trouble, pace)"
    " VALUES ('', '', '', '', '', 0, {n}, x'', 0, 0, '', 0)"
)
VILLAGE = SetVillage(code="35.22.12.2015", name="Contoh", district="Contoh", regency="Bojonegoro")


@pytest.fixture
def form(today: dt.date) -> RequestForm:
    """A complete form."""
    return RequestForm(
        received=today,
        registered=today,
        name="Siti Rahasia",
        address="Jalan Tersembunyi 1",
        phone="0812-0000-0000",
        sought="RAB jalan",
        purpose="ingin tahu",
    )


@contextmanager
def behind_the_desk(desk: Desk) -> Iterator[sqlite3.Connection]:
    """The file opened past the door, with every trigger out of the way."""
    file = sqlite3.connect(desk.folder / "desa.db", isolation_level=None)
    for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        file.execute(f"DROP TRIGGER {name}")
    yield file
    file.close()


def changes(conn: Connection) -> list[tuple[str, str, dict[str, object]]]:
    """Entity, kind and fields of every change, oldest first."""
    rows = conn.execute(select(log.change.c.entity, log.change.c.kind, log.change.c.fields).order_by(log.change.c.n))
    return [(entity, kind, json.loads(fields)) for entity, kind, fields in rows]


def contact(conn: Connection) -> list[tuple[str, str]]:
    """Address and complaints as they stand."""
    return [(row.address, row.complaints) for row in conn.execute(select(Contact.address, Contact.complaints))]


def test_the_log_writes_itself(desk: Desk) -> None:
    done = desk.do(VILLAGE, by="Sari")
    entity, kind, fields = desk.ask(changes)[0]
    assert (entity, kind) == ("village", "put")
    assert fields["name"] == [None, "Contoh"]
    assert done.changes[0].entity == "village"
    assert desk.ask(lambda c: c.execute(select(log.act.c.who, log.act.c.name)).one()) == ("Sari", "village.SetVillage")


def test_an_identity_is_logged_by_name_only(desk: Desk, form: RequestForm) -> None:
    desk.do(Register(form))
    applicant = next(fields for entity, _kind, fields in desk.ask(changes) if entity == "applicant")
    assert applicant["sealed"] is None
    everything = json.dumps(desk.ask(changes))
    assert "Rahasia" not in everything and "Tersembunyi" not in everything and "0812" not in everything


def test_a_rehearsal_answers_like_the_act_and_leaves_nothing(desk: Desk, form: RequestForm) -> None:
    rehearsed = desk.rehearse(Register(form))
    assert rehearsed.value.label == "001/PI/A/2026"
    assert desk.ask(changes) == []
    assert desk.do(Register(form)).value.label == "001/PI/A/2026"


def test_a_refused_command_leaves_nothing(desk: Desk, form: RequestForm) -> None:
    with pytest.raises(DeskError):
        desk.do(Register(RequestForm(**{**form.__dict__, "name": " "})))
    assert desk.ask(changes) == []
    assert desk.ask(log.check) == []


def test_an_act_that_changes_nothing_leaves_no_entry(desk: Desk) -> None:
    desk.do(VILLAGE)
    again = desk.do(VILLAGE)
    assert again.act == b"" and again.changes == ()
    assert desk.ask(lambda c: len(c.execute(select(log.act)).all())) == 1


def test_an_act_is_turned_back_by_another_act(desk: Desk) -> None:
    desk.do(SetContact(address="Jalan Raya 1", complaints="Kantor desa"))
    done = desk.do(SetContact(address="Jalan Raya 2", complaints="Kantor kecamatan"))
    undone = desk.undo(done.act, by="Sari")
    assert undone.value == done.act
    assert desk.ask(contact) == [("Jalan Raya 1", "Kantor desa")]
    assert desk.ask(lambda c: c.execute(select(log.act.c.undoes)).scalars().all())[-1] == done.act
    assert desk.ask(log.check) == []


def test_an_undo_can_be_undone(desk: Desk) -> None:
    done = desk.do(SetContact(address="Jalan Raya 1", complaints="Kantor desa"))
    undone = desk.undo(done.act)
    assert desk.ask(contact) == []
    desk.undo(undone.act)
    assert desk.ask(contact) == [("Jalan Raya 1", "Kantor desa")]
    assert desk.ask(log.check) == []


def test_the_last_acts_are_turned_back_one_after_the_other(desk: Desk) -> None:
    first, second, third = (desk.do(SetContact(address=f"Jalan Raya {n}", complaints="")).act for n in (1, 2, 3))
    desk.undo(third)
    desk.undo(second)
    assert desk.ask(contact) == [("Jalan Raya 1", "")]
    with pytest.raises(DeskError, match="diubah lagi"):
        desk.undo(second)
    again = desk.do(SetContact(address="Jalan Raya 4", complaints="")).act
    with pytest.raises(DeskError, match="diubah lagi"):
        desk.undo(first)
    desk.undo(again)
    desk.undo(first)
    assert desk.ask(contact) == []
    assert desk.ask(log.check) == []


def test_what_was_changed_again_is_not_turned_back(desk: Desk) -> None:
    desk.do(VILLAGE)
    first = desk.do(SetContact(address="Jalan Raya 1", complaints=""))
    desk.do(SetContact(address="Jalan Raya 2", complaints=""))
    with pytest.raises(DeskError, match="diubah lagi"):
        desk.undo(first.act)


def test_a_legal_act_is_not_turned_back(desk: Desk, form: RequestForm) -> None:
    done = desk.do(Register(form))
    with pytest.raises(DeskError, match="register resmi"):
        desk.undo(done.act)


def test_the_check_is_content_with_an_honest_desk(desk: Desk, form: RequestForm) -> None:
    desk.do(VILLAGE)
    for _ in range(5):
        desk.do(Register(form))
    assert desk.ask(log.check) == []


def test_the_check_names_a_row_changed_behind_the_desk(desk: Desk, form: RequestForm) -> None:
    desk.do(Register(form))
    with behind_the_desk(desk) as file:
        file.execute("UPDATE request SET due = '2027-01-01'")
    assert any("request" in problem and "due" in problem for problem in desk.ask(log.check))


def test_the_check_names_a_row_removed_behind_the_desk(desk: Desk, form: RequestForm) -> None:
    desk.do(Register(form))
    with behind_the_desk(desk) as file:
        file.execute("DELETE FROM request_event")
    assert any("request_event" in problem and "hilang" in problem for problem in desk.ask(log.check))


def test_the_check_names_a_row_added_behind_the_desk(desk: Desk) -> None:
    desk.do(VILLAGE)
    with behind_the_desk(desk) as file:
        values = "randomblob(16), 'head', 'Kepala Desa', 'Orang Lain', '2026-01-01'"
        file.execute(f"INSERT INTO official (id, role, title, name, since) VALUES ({values})")
    assert any("official" in problem and "tidak pernah ditulis" in problem for problem in desk.ask(log.check))


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        ("UPDATE act SET who = 'Orang lain' WHERE seq = 2", "nomor 2 tidak cocok"),
        ("UPDATE change SET fields = replace(fields, 'Raya', 'Gang') WHERE act = 2", "nomor 2 tidak cocok"),
        ("DELETE FROM act WHERE seq = 2", "nomor 2 hilang"),
        ("DELETE FROM change WHERE act = 2", "nomor 2 tidak cocok"),
        ("UPDATE change SET fields = '[' WHERE act = 2", "nomor 2 tidak cocok"),
        ("UPDATE change SET fields = '[1]' WHERE act = 2", "nomor 2 tidak cocok"),
        ("UPDATE change SET fields = '{\"address\": 7}' WHERE act = 2", "nomor 2 tidak cocok"),
        ("UPDATE act SET at = 'kemarin' WHERE seq = 2", "nomor 2 tidak cocok"),
        ("UPDATE incarnation SET inc = 'lain'", "desk yang tidak dikenal"),
        ("INSERT INTO writing (act, outgoing) VALUES (4, 1)", "Tabel writing"),
        ("INSERT INTO vault (key_check) VALUES (x'01'), (x'02')", "Tabel vault"),
        (PEER.format(n=10_000), "Ujung jejak hilang"),
    ],
)
def test_the_check_finds_a_log_entry_edited_behind_the_desk(desk: Desk, edit: str, said: str) -> None:
    desk.do(VILLAGE)
    desk.do(SetContact(address="Jalan Raya 1", complaints=""))
    desk.do(SetContact(address="Jalan Raya 2", complaints=""))
    with behind_the_desk(desk) as file:
        file.execute(edit)
    assert any(said in problem for problem in desk.ask(log.check))


def test_a_file_that_lost_its_keys_mark_gets_no_other_key(desk: Desk, form: RequestForm, now: dt.datetime) -> None:
    desk.do(Register(form))
    desk.close()
    with sqlite3.connect(desk.folder / "desa.db") as file:
        file.execute("DELETE FROM vault")
    again = open_desk(desk.folder, lambda: now)
    with pytest.raises(DeskError, match="Tanda kunci desa hilang"):
        again.do(Register(form))


def test_the_log_itself_only_grows(desk: Desk) -> None:
    desk.do(VILLAGE)
    with sqlite3.connect(desk.folder / "desa.db") as file:
        for statement in ("UPDATE act SET who = 'x'", "DELETE FROM act", "UPDATE change SET kind = 'del'"):
            with pytest.raises(sqlite3.IntegrityError, match="jejak hanya bertambah"):
                file.execute(statement)


def test_two_desks_on_one_folder_see_each_other(desk: Desk, form: RequestForm, now: dt.datetime) -> None:
    other = open_desk(desk.folder, lambda: now)
    before = desk.version()
    other.do(Register(form))
    assert desk.version() != before
    assert len(desk.ask(page, form.registered, Seek()).rows) == 1
    other.close()


def test_a_commit_that_failed_but_stands_counts_as_saved(
    desk: Desk, form: RequestForm, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A COMMIT that answered with an I/O error has been seen to stand after the restart: the act's id decides."""
    real: Callable[[Session], None] = Session.commit

    def commit_then_fail(session: Session) -> None:
        real(session)
        raise OperationalError("COMMIT", {}, sqlite3.OperationalError("disk I/O error"))

    monkeypatch.setattr(Session, "commit", commit_then_fail)
    done = desk.do(Register(form))
    monkeypatch.undo()
    assert desk.ask(log.has_act, done.act)
    assert len(desk.ask(page, form.registered, Seek()).rows) == 1
