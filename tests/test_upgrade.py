"""A village that worked with an older program opens its folder, finds everything, and leaves no name lying about."""

import datetime as dt
import json
import re
import resource
import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import Connection, select

from desk import log, outbox, upgrade
from desk.desk import Desk
from desk.foi.commands import Register
from desk.foi.rules import RequestForm
from desk.foi.tables import ItemDecision, Request, RequestEvent, RequestItem
from desk.seal import Seal
from desk.store import SCHEMA, DeskError
from tests.desks import open_desk
from tests.past.old import PEOPLE, SECRETS, faults, found_in, found_in_clear, rows_of, schema_of, unpack


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """The folder of schema 1."""
    return unpack(tmp_path / "lama")


@pytest.fixture
def upgraded(old: Path, now: dt.datetime) -> Iterator[Desk]:
    """The same folder, opened with this program."""
    opened = open_desk(old, lambda: now)
    yield opened
    opened.close()


def test_the_old_folder_holds_every_secret_in_clear(old: Path) -> None:
    assert found_in_clear(old) == list(SECRETS)


def test_everybody_is_there_and_nobody_in_clear(upgraded: Desk) -> None:
    assert faults(upgraded) == []
    upgraded.close()
    assert faults(upgraded) == []


def test_every_row_is_what_it_was_but_for_the_identities(old: Path, now: dt.datetime) -> None:
    before = rows_of(old)
    open_desk(old, lambda: now).close()
    after = rows_of(old)
    for name, told in before.items():
        known = [{column: row[column] for column in told[0] if column in row} for row in after[name][: len(told)]]
        still = [{column: row[column] for column in row if column in known[0]} for row in told]
        assert known == still
        assert name in ("act", "change") or len(after[name]) == len(told)
    assert set(before["applicant"][0]) - set(after["applicant"][0]) == {
        "name", "address", "occupation", "phone", "email", "identity_number"
    }  # fmt: skip
    assert set(before["request"][0]) < set(after["request"][0])


def test_the_file_is_the_same_as_a_new_one(upgraded: Desk, desk: Desk) -> None:
    def made(conn: Connection) -> list[tuple[object, ...]]:
        return [tuple(row) for row in conn.exec_driver_sql("SELECT type, name, tbl_name, sql FROM sqlite_master")]

    assert sorted(upgraded.ask(made), key=str) == sorted(desk.ask(made), key=str)
    assert upgraded.renewed == []


def test_the_old_log_stands_and_the_step_is_one_act_more(old: Path, now: dt.datetime) -> None:
    before = rows_of(old)
    desk = open_desk(old, lambda: now)
    assert desk.ask(log.check) == []
    desk.close()
    after = rows_of(old)
    assert after["act"][: len(before["act"])] == before["act"]
    assert after["change"][: len(before["change"])] == before["change"]
    (step,) = after["act"][len(before["act"]) :]
    assert (step["who"], step["name"], step["legal"]) == ("Meja Desa", "upgrade.from_1", 1)


def test_a_request_has_its_term_its_item_and_its_decision(upgraded: Desk) -> None:
    def read(conn: Connection) -> list[tuple[object, ...]]:
        wanted = select(Request, RequestItem.sought, RequestItem.place).join(RequestItem)
        return [
            (r.clock_from == r.received, r.target == r.due, r.project, r.holder, r.sought == r.sought_1, r.place)
            for r in conn.execute(wanted)
        ]

    def promised(conn: Connection) -> list[bool]:
        joined = select(Request.due, RequestEvent.due).join(RequestEvent).where(RequestEvent.kind == "registered")
        return [due == told for due, told in conn.execute(joined)]

    def decided(conn: Connection) -> list[tuple[object, ...]]:
        d = ItemDecision
        joined = select(RequestEvent.kind, d.outcome).join(RequestEvent).join(RequestItem)
        return [tuple(row) for row in conn.execute(joined.where(RequestItem.request == RequestEvent.request))]

    assert upgraded.ask(read) == [(True, True, None, "", True, 1)] * len(PEOPLE)
    assert upgraded.ask(promised) == [True] * len(PEOPLE)
    assert upgraded.ask(decided) == [("answered", "granted")] * (len(PEOPLE) * 2 // 3)


def test_work_goes_on_where_it_stopped(upgraded: Desk, now: dt.datetime) -> None:
    today = now.date()
    form = RequestForm(today, today, "Siti", "Krajan", "RAB", "ingin tahu", phone="0812")
    assert upgraded.do(Register(form)).value.label == "031/PI/A/2026"
    assert upgraded.ask(log.check) == []
    step = upgraded.ask(lambda conn: conn.scalar(select(log.act.c.id).where(log.act.c.name == "upgrade.from_1")))
    with pytest.raises(DeskError, match="register resmi"):
        upgraded.undo(step)


def test_two_pcs_of_a_village_make_the_same_items(tmp_path: Path, now: dt.datetime) -> None:
    made = []
    for name in ("satu", "dua"):
        open_desk(unpack(tmp_path / name), lambda: now).close()
        after = rows_of(tmp_path / name)
        made.append([row["id"] for row in (*after["request_item"], *after["item_decision"])])
    assert made[0] == made[1] and len(set(made[0])) == len(made[0]) > len(PEOPLE)


def test_the_district_is_told_of_the_new_columns_and_of_nobody(upgraded: Desk) -> None:
    told = [one.told for one in upgraded.ask(outbox.pending, "x", 0, 0, 2**40)]
    assert found_in(json.dumps(told, ensure_ascii=False).encode()) == []
    kinds = Counter((one["e"], one["k"]) for one in told)
    answered = kinds["item_decision", "put"]
    assert kinds["request", "put"] == kinds["request_item", "put"] == len(PEOPLE)
    assert kinds["request", "patch"] == answered + len(PEOPLE) and answered == len(PEOPLE) * 2 // 3


def test_too_little_room_is_told_and_nothing_changes(
    old: Path, now: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = rows_of(old)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(free=5 * 2**20))
    with pytest.raises(DeskError, match=r"butuh ruang \d+ MB di disk; yang kosong baru 5 MB"):
        open_desk(old, lambda: now)
    assert [path.name for path in old.iterdir()] == ["desa.db"]
    assert rows_of(old) == before and schema_of(old) == 1
    monkeypatch.undo()
    desk = open_desk(old, lambda: now)
    assert faults(desk) == []
    desk.close()


@contextmanager
def files_up_to(size: int) -> Iterator[None]:
    """No file may grow beyond that: what a disk does that fills up."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("size", range(100_000, 1_500_000, 100_000))
def test_a_disk_that_fills_up_midway_costs_nothing(tmp_path: Path, now: dt.datetime, size: int) -> None:
    folder = unpack(tmp_path / "lama")
    before, said = rows_of(folder), ""
    try:
        with files_up_to(size):
            open_desk(folder, lambda: now).close()
    except DeskError as error:
        said = str(error)
    assert re.match("$|Data desa belum selesai diperbarui dan tetap utuh|Data desa sudah diperbarui|Disk", said)
    if schema_of(folder) == 1:
        assert said and rows_of(folder) == before
        assert [path.name for path in folder.iterdir()] == ["desa.db"]
    desk = open_desk(folder, lambda: now)
    assert faults(desk) == []
    desk.close()


def test_a_second_program_at_work_is_told_of(old: Path, now: dt.datetime) -> None:
    with closing(sqlite3.connect(old / "desa.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(DeskError, match=r"tetap utuh\. Program lain sedang menulis"):
            open_desk(old, lambda: now)
    assert schema_of(old) == 1


def test_a_program_that_still_reads_the_old_rows_is_told_of_and_the_next_start_ends_it(
    old: Path, now: dt.datetime
) -> None:
    with closing(sqlite3.connect(old / "desa.db", isolation_level=None)) as other:
        other.execute("BEGIN")
        assert other.execute("SELECT count(*) FROM applicant").fetchone() == (len(PEOPLE),)
        with pytest.raises(DeskError, match="Tutup jendela Meja Desa yang lain"):
            open_desk(old, lambda: now)
        assert (old / f"desa.db{upgrade.COPY}").exists()
    desk = open_desk(old, lambda: now)
    assert faults(desk) == []
    desk.close()


def test_without_a_place_for_the_key_nothing_changes(old: Path, now: dt.datetime) -> None:
    def unlock(_check: bytes | None) -> Seal:
        raise DeskError("Kunci desa belum tersimpan.")

    before = rows_of(old)
    with pytest.raises(DeskError, match="Kunci desa"):
        Desk(old, lambda: now, unlock)
    assert rows_of(old) == before and [path.name for path in old.iterdir()] == ["desa.db"]


def test_the_last_copy_is_kept_where_the_file_was_lost(old: Path, now: dt.datetime) -> None:
    copy = old / f"desa.db{upgrade.COPY}"
    with closing(sqlite3.connect(old / "desa.db")) as file, closing(sqlite3.connect(copy)) as target:
        file.backup(target)
    (old / "desa.db").unlink()
    for _start in range(2):
        with pytest.raises(DeskError, match="Jangan hapus"):
            open_desk(old, lambda: now)
    assert copy.exists()


def test_a_damaged_old_file_is_left_as_it_is(old: Path, now: dt.datetime) -> None:
    with closing(sqlite3.connect(old / "desa.db")) as file:
        (root,) = file.execute("SELECT rootpage FROM sqlite_master WHERE name = 'ix_request_open'").fetchone()
        file.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with (old / "desa.db").open("r+b") as raw:
        raw.seek((root - 1) * 4096 + 8)
        raw.write(b"\x0f" * 40)
    before = (old / "desa.db").read_bytes()
    with pytest.raises(DeskError, match="rusak"):
        open_desk(old, lambda: now)
    assert (old / "desa.db").read_bytes() == before


def test_a_file_of_this_schema_is_not_touched(desk: Desk, now: dt.datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.close()
    monkeypatch.setattr(upgrade, "_step", None)
    monkeypatch.setattr(upgrade, "_leave_nothing_clear", None)
    open_desk(desk.folder, lambda: now).close()
    assert schema_of(desk.folder) == SCHEMA
