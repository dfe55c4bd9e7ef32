"""The check opens every identity and reads every file, and tells nothing of them."""

import datetime as dt
import json
import sqlite3
from pathlib import Path

import pytest

from desk import sealed
from desk.attachments import Attach
from desk.desk import Desk
from desk.files import Files
from desk.foi.commands import Register
from desk.foi.rules import RequestForm
from desk.key import beside
from desk.vault import seal_of
from tests.desks import open_desk
from ui.cli import main


@pytest.fixture
def desk(tmp_path: Path, now: dt.datetime) -> Desk:
    """A desk with a request and a file of it."""
    made, today = open_desk(tmp_path / "desa", lambda: now), now.date()
    form = RequestForm(today, today, "Siti Rahasia", "RT 03", "RAB jalan", "ingin tahu", phone="0812-0000-0000")
    request = made.do(Register(form)).value.id
    files = Files(made.folder, made.ask(seal_of))
    kept = files.keep(b"%PDF-1.4 Siti Rahasia", "KTP Siti Rahasia.pdf", is_sealed=True)
    made.do(Attach(files, kept, "request", request, "identity", today))
    return made


def problems(desk: Desk, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """What the command says; never who is meant."""
    desk.close()
    status = main(["--data", str(desk.folder), "check", "--json"])
    said = capsys.readouterr()
    assert "Rahasia" not in said.out + said.err
    told: list[str] = json.loads(said.out)["problems"]
    assert status == bool(told)
    return told


def attached_file(desk: Desk) -> Path:
    """The one file on the disk."""
    (place,) = (desk.folder / "files").glob("*/*")
    return place


def test_where_all_is_well_nothing_is_told(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    assert problems(desk, capsys) == []


def test_a_file_that_is_missing_or_altered_is_told(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    place = attached_file(desk)
    place.write_bytes(place.read_bytes()[:-1])
    assert desk.ask(sealed.check, desk.folder) == [
        f"Berkas files/{place.parent.name}/{place.name} rusak atau diubah; ambil dari cadangan."
    ]
    place.unlink()
    (told,) = problems(desk, capsys)
    assert "hilang; ambil dari cadangan" in told


def test_an_identity_that_does_not_open_is_told_by_its_number(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    with sqlite3.connect(desk.folder / "desa.db", isolation_level=None) as file:
        for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            file.execute(f"DROP TRIGGER {name}")
        file.execute("UPDATE applicant SET sealed = CAST(substr(sealed, 1, 40) AS BLOB)")
    file.close()
    told = problems(desk, capsys)
    assert "Identitas pada permohonan 001/PI/A/2026 rusak atau diubah; ambil dari cadangan." in told


def test_a_lost_key_is_one_sentence_however_much_it_had_sealed(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    for key in beside(desk.folder).parent.rglob("*"):
        if key.is_file() and desk.folder not in key.parents:
            key.unlink()
    told = problems(desk, capsys)
    assert len(told) == 1 and "kunci" in told[0].casefold()
