"""The store keeps exactly what commands wrote, and its machinery follows the mapping."""

import datetime as dt
import sqlite3
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk import store
from desk.attachments import Attach
from desk.desk import Desk
from desk.files import Files
from desk.foi.commands import Register
from desk.foi.rules import RequestForm
from desk.guards import machinery
from desk.seal import Seal
from desk.store import Day, DeskError, Flag, Moment, Sen, new_id, rows, search_terms
from desk.village.commands import SetContact
from tests.desks import open_desk


def outside(desk: Desk) -> sqlite3.Connection:
    """The file opened by another program, past the door."""
    return sqlite3.connect(desk.folder / "desa.db", isolation_level=None)


@given(st.decimals(min_value=-(10**14), max_value=10**14, places=2))
def test_an_amount_comes_back_to_the_sen(amount: Decimal) -> None:
    stored = Sen().process_bind_param(amount, None)
    assert isinstance(stored, int)
    assert Sen().process_result_value(stored, None) == amount


@pytest.mark.parametrize("amount", ["0.001", "NaN", "Infinity", "1e15"])
def test_an_amount_finer_than_sen_or_beyond_any_budget_is_refused(amount: str) -> None:
    with pytest.raises(ValueError, match="not an amount"):
        Sen().process_bind_param(Decimal(amount), None)


@given(st.dates(), st.booleans())
def test_days_and_flags_come_back_as_they_were(day: dt.date, flag: bool) -> None:
    assert Day().process_result_value(Day().process_bind_param(day, None), None) == day
    assert Flag().process_result_value(Flag().process_bind_param(flag, None), None) is flag


@given(st.datetimes(timezones=st.just(dt.timezone(dt.timedelta(hours=7)))), st.datetimes(timezones=st.just(dt.UTC)))
def test_moments_sort_as_text_the_way_they_follow_in_time(one: dt.datetime, other: dt.datetime) -> None:
    first, second = (Moment().process_bind_param(m, None) for m in (one, other))
    assert first is not None and second is not None
    assert (first < second) == (one < other)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        Moment().process_bind_param(dt.datetime(2026, 11, 22, 9, 0), None)


def test_ids_are_unique_and_carry_version_seven() -> None:
    ids = [new_id() for _ in range(2000)]
    assert len(set(ids)) == len(ids)
    assert all(len(i) == 16 and i[6] >> 4 == 7 and i[8] >> 6 == 2 for i in ids)
    assert [i[:6] for i in ids] == sorted(i[:6] for i in ids)


def test_every_table_is_strict_and_has_its_log_triggers(desk: Desk) -> None:
    names = {name for name, _sql in machinery()}
    with outside(desk) as file:
        strict = {name for name, kind in file.execute("SELECT name, strict FROM pragma_table_list") if kind}
        triggers = {name for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")}
    assert set(rows()) | {"act", "change", "writing", "incarnation"} <= strict
    for table in rows():
        assert {f"{table}_log_i", f"{table}_log_u", f"{table}_log_d"} <= names & triggers


def test_nothing_is_written_past_a_command(desk: Desk) -> None:
    desk.do(SetContact(address="Jalan Raya 1", complaints=""))
    with outside(desk) as file:
        for statement in (
            "INSERT INTO printer (id, paper) VALUES (randomblob(16), 'A4')",
            "UPDATE contact SET address = 'x'",
            "DELETE FROM contact",
        ):
            with pytest.raises(sqlite3.IntegrityError, match="tulis di luar perintah"):
                file.execute(statement)


def test_bookkeeping_of_sync_is_not_journalled(desk: Desk) -> None:
    desk.do(SetContact(address="Jalan Raya 1", complaints=""))
    with outside(desk) as file:
        file.execute("UPDATE contact SET rev = 7")
        assert file.execute("SELECT count(*) FROM change").fetchone() == (1,)


def test_an_identity_of_a_row_never_changes(desk: Desk) -> None:
    desk.do(SetContact(address="Jalan Raya 1", complaints=""))
    with outside(desk) as file, pytest.raises(sqlite3.IntegrityError, match="id tetap"):
        file.execute("UPDATE contact SET id = randomblob(16)")


def test_insert_only_rows_stay_as_they_were_written(desk: Desk, today: dt.date) -> None:
    filed = RequestForm(today, today, "Siti", "Krajan", "RAB", "ingin tahu", phone="0812")
    desk.do(Register(filed))
    with outside(desk) as file:
        for statement in ("UPDATE request_event SET kind = 'x'", "DELETE FROM request_event"):
            with pytest.raises(sqlite3.IntegrityError, match="hanya bertambah"):
                file.execute(statement)


def test_a_trigger_removed_behind_the_desk_is_back_at_the_next_start(desk: Desk, now: dt.datetime) -> None:
    desk.close()
    with outside(desk) as file:
        file.execute("DROP TRIGGER request_log_u")
    again = open_desk(desk.folder, lambda: now)
    with outside(again) as file:
        assert file.execute("SELECT 1 FROM sqlite_master WHERE name = 'request_log_u'").fetchone() == (1,)
    again.close()


def test_the_reader_cannot_write(desk: Desk) -> None:
    with pytest.raises(DeskError, match="hanya bisa dibaca"):
        desk.ask(lambda conn: conn.exec_driver_sql("DELETE FROM request"))


def test_a_newer_file_is_refused_with_a_sentence_and_left_alone(desk: Desk, now: dt.datetime) -> None:
    desk.close()
    path = desk.folder / "desa.db"
    with outside(desk) as file:
        file.execute(f"PRAGMA user_version = {store.SCHEMA + 1}")
        file.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = path.read_bytes()
    with pytest.raises(DeskError, match="lebih baru"):
        open_desk(desk.folder, lambda: now)
    assert path.read_bytes() == before


@pytest.mark.parametrize("harm", ["DROP TABLE contact", "ALTER TABLE contact DROP COLUMN complaints"])
def test_a_file_that_lacks_a_table_or_a_column_is_refused_with_its_name(
    desk: Desk, now: dt.datetime, harm: str
) -> None:
    desk.close()
    with sqlite3.connect(desk.folder / "desa.db") as file:
        for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            file.execute(f"DROP TRIGGER {name}")
        file.execute(harm)
    with pytest.raises(DeskError, match="tabel contact hilang atau berubah"):
        open_desk(desk.folder, lambda: now)


def test_a_file_of_another_program_is_refused(tmp_path: Path, now: dt.datetime) -> None:
    with sqlite3.connect(tmp_path / "desa.db") as other:
        other.execute("CREATE TABLE penduduk (nik TEXT)")
    with pytest.raises(DeskError, match="bukan data Meja Desa"):
        open_desk(tmp_path, lambda: now)


def test_a_damaged_file_is_refused_with_a_sentence(tmp_path: Path, now: dt.datetime) -> None:
    (tmp_path / "desa.db").write_bytes(b"bukan basis data" * 300)
    with pytest.raises(DeskError, match="rusak"):
        open_desk(tmp_path, lambda: now)


@given(st.text())
def test_no_search_text_is_an_error(text: str) -> None:
    with sqlite3.connect(":memory:") as db:
        db.execute("CREATE VIRTUAL TABLE t USING fts5(a)")
        terms = search_terms(text)
        if terms:
            assert db.execute("SELECT a FROM t WHERE t MATCH ?", (terms,)).fetchall() == []


def test_of_an_insert_only_row_only_what_it_may_forget_can_be_emptied(desk: Desk, today: dt.date) -> None:
    filed = RequestForm(today, today, "Siti", "Krajan", "RAB", "ingin tahu", phone="0812")
    request = desk.do(Register(filed)).value.id
    files = Files(desk.folder, Seal(bytes(32)))
    desk.do(Attach(files, files.keep(b"%PDF-x", "KTP.pdf", is_sealed=True), "request", request, "identity", today))
    with outside(desk) as file:
        file.execute("INSERT INTO writing(act, outgoing) VALUES (1, 0)")
        for change in ("name = x'00'", "name = x'', size = 1", "size = 1", "address = '" + "0" * 64 + "'"):
            with pytest.raises(sqlite3.IntegrityError, match="hanya bertambah"):
                file.execute(f"UPDATE attachment SET {change}")
        assert file.execute("UPDATE attachment SET name = x''").rowcount == 1
