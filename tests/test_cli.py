"""The command line answers one JSON object, and exit status 0 only where it did what was asked."""

import json
import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from ui.plain import WORDS

BELANTIH = Path(__file__).parents[1] / "resources/demo/belantih-2022.csv"


class Meja:
    """The installed command on a data folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, *words: object, said: str = "", status: int = 0) -> Any:
        """Run one command with --json; its last line, read."""
        run = self.plain(*words, "--json", said=said, status=status)
        return json.loads(run.splitlines()[-1])

    def plain(self, *words: object, said: str = "", status: int = 0) -> str:
        """Run one command; what it printed."""
        program = str(Path(sys.executable).with_name("meja"))
        run = subprocess.run(
            [program, "--data", str(self.folder), *map(str, words)],
            input=said,
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "PYTHONWARNINGS": "error"},
        )
        assert run.returncode == status, run.stdout + run.stderr
        return run.stdout


@pytest.fixture
def meja(tmp_path: Path) -> Meja:
    """The command with an empty data folder."""
    return Meja(tmp_path / "data")


def test_a_term_is_counted_and_explained_day_by_day(meja: Meja) -> None:
    answer = meja("due", "--from", "2026-03-09", "--days", 10)
    assert answer["due"] == "2026-03-30" and answer["certain"] is True
    assert sum(day["counted"] for day in answer["days"]) == 10
    assert {"date": "2026-03-19", "counted": False, "reason": "Hari Suci Nyepi"} in answer["days"]


def test_terms_of_many_days_are_counted_a_line_each(meja: Meja) -> None:
    printed = meja.plain("due", "--from", "-", "--days", 10, "--json", said="2026-11-22\n\n2026-02-30\n", status=1)
    first, second = map(json.loads, printed.splitlines())
    assert first["due"] == "2026-12-04"
    assert "2026-02-30" in second["error"]


def test_a_term_beyond_the_decreed_years_is_not_certain(meja: Meja) -> None:
    assert meja("due", "--from", "2029-05-02", "--days", 10)["certain"] is False


def test_a_village_is_set_up_in_one_command(meja: Meja) -> None:
    answer = meja("village", "--code", "35.22.12.2015", "--head", "Budi Contoh", "--phone", "+62 812 3456 7890")
    assert (answer["name"], answer["district"], answer["kind"]) == ("Pejambon", "Sumberrejo", "desa")
    assert answer["phone"] == "0812-3456-7890" and answer["head_title"] == "Kepala Desa"


def test_a_kelurahan_has_a_lurah(meja: Meja) -> None:
    answer = meja("village", "--code", "35.22.15.1001", "--head", "Budi Contoh", "--phone", "081234567890")
    assert (answer["kind"], answer["head_title"]) == ("kelurahan", "Lurah")


def test_a_wrong_phone_number_leaves_the_village_unset(meja: Meja) -> None:
    answer = meja("village", "--code", "35.22.12.2015", "--head", "Budi", "--phone", "0812", status=1)
    assert "0812 3456 7890" in answer["error"]
    with sqlite3.connect(meja.folder / "desa.db") as file:
        assert file.execute("SELECT count(*) FROM village").fetchone() == (0,)


def test_a_budget_is_imported_once(meja: Meja) -> None:
    rehearsed = meja("import-budget", BELANTIH, "--year", 2022, "--dry-run")
    answer = meja("import-budget", BELANTIH, "--year", 2022)
    assert rehearsed == answer
    assert (answer["revenue"], answer["expenditure"]) == ("2365319296", "2540529584")
    assert (answer["financing"], answer["balance"]) == ("175210288", "0")
    assert answer["revenue_realised"] == "2368615419"
    with sqlite3.connect(meja.folder / "desa.db") as file:
        acts = file.execute("SELECT count(*) FROM act").fetchone()
    meja("import-budget", BELANTIH, "--year", 2022)
    with sqlite3.connect(meja.folder / "desa.db") as file:
        assert file.execute("SELECT count(*) FROM act").fetchone() == acts


def test_a_file_that_is_no_budget_is_refused_with_a_sentence(meja: Meja, tmp_path: Path) -> None:
    (tmp_path / "foto.csv").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(500))
    assert meja("import-budget", tmp_path / "foto.csv", "--year", 2022, status=1)["error"]
    assert meja("import-budget", tmp_path / "tidak-ada.csv", "--year", 2022, status=1)["error"]


def test_a_poster_is_written_whole_and_in_tiles(meja: Meja, tmp_path: Path) -> None:
    meja("village", "--code", "35.22.12.2015", "--head", "Budi Contoh", "--phone", "081234567890")
    meja("import-budget", BELANTIH, "--year", 2022)
    whole = meja("poster", "apbdes", "--size", "A3", "--out", tmp_path / "poster.pdf")
    assert whole["pages"] == 1 and Path(whole["file"]).read_bytes().startswith(b"%PDF")
    tiled = meja("poster", "apbdes", "--size", "A3", "--tile", "A4", "--out", tmp_path / "lembar.pdf")
    assert tiled["sheets"] == 4


def test_the_check_tells_an_honest_desk_from_a_forged_one(meja: Meja) -> None:
    meja("import-budget", BELANTIH, "--year", 2022)
    assert meja("check") == {"ok": True, "problems": []}
    with sqlite3.connect(meja.folder / "desa.db", isolation_level=None) as file:
        for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            file.execute(f"DROP TRIGGER {name}")
        file.execute("UPDATE budget_line SET amount = amount + 100 WHERE amount > 0")
    forged = meja("check", status=1)
    assert forged["ok"] is False and any("amount" in problem for problem in forged["problems"])


def test_syncing_a_desk_that_never_joined_says_what_to_do(meja: Meja) -> None:
    assert "kode" in meja("sync", status=1)["error"]


def test_a_command_typed_wrong_is_answered_like_every_other_error(meja: Meja) -> None:
    for words in (["due"], ["due", "--from", "2026-11-22", "--days", "x"], ["poster", "baliho", "--out", "x"]):
        assert "--help" in meja(*words, status=2)["error"]


ENGLISH = re.compile(r"\b(usage|options?|positional|show|this|help|message|exit|error|argument|invalid|choose|expected|"
                     r"required|default|file|date|dir|code|year|out)\b(?!-)")  # fmt: skip


@pytest.mark.parametrize("command", ["", "village", "demo", "due", "import-budget", "poster", "enrol", "sync", "check"])
def test_the_help_is_indonesian_all_through(meja: Meja, command: str) -> None:
    said = meja.plain(*filter(None, [command]), "--help")
    assert said.startswith("pemakaian: meja") and "tampilkan bantuan ini" in said
    assert ENGLISH.findall(re.sub(r"--\w[\w-]*|import-budget", "", said)) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["due"], "belum diisi: --from, --days"),
        (["due", "--from", "2026-11-22", "--days", "x"], "--days: 'x' bukan angka"),
        (["due", "--from", "2026-11-22", "--days"], "--days belum diikuti isinya"),
        (["check", "--cepat"], "tidak dikenal: --cepat"),
        (["check", "--json=ya"], "--json tidak memakai isi 'ya'"),
        (["poster", "apbdes", "--year", "9" * 20, "--out", "x.pdf"], "99' bukan tahun seperti 2026"),
        (["export", "oc4ids", "--year", "0", "--out", "x.json"], "--year: '0' bukan tahun seperti 2026"),
        (["terbang"], "PERINTAH: 'terbang' tidak ada; pilih dari "),
        (["village", "--code", "1", "--head", "B", "--phone", "1", "--since", "kemarin"], "'kemarin' bukan tanggal"),
        (["village", "--p", "x"], "--p dapat berarti --phone, --ppid, --paper"),
    ],
)
def test_what_is_wrong_with_a_command_is_said_in_indonesian(meja: Meja, words: list[str], said: str) -> None:
    assert said in meja(*words, status=2)["error"]


def test_a_reader_who_has_seen_enough_ends_the_answers_quietly(meja: Meja) -> None:
    program = Path(sys.executable).with_name("meja")
    dates = "2026-11-22\n" * 2000
    with subprocess.Popen(
        [program, "due", "--from", "-", "--days", "10", "--json"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as run:  # fmt: skip
        assert run.stdin is not None and run.stdout is not None and run.stderr is not None
        run.stdin.write(dates)
        run.stdin.close()
        assert json.loads(run.stdout.readline())["due"] == "2026-12-04"
        run.stdout.close()
        assert run.stderr.read() == ""
        assert run.wait() == 0


def test_every_later_poster_of_the_demos_village_says_that_it_is_an_example(meja: Meja, tmp_path: Path) -> None:
    meja("village", "--code", "99.99.99.2999", "--name", "Contoh", "--district", "Contoh", "--regency", "Contoh",
         "--head", "Budi Contoh", "--phone", "081234567890")  # fmt: skip
    meja("import-budget", BELANTIH, "--year", 2022)
    meja("poster", "apbdes", "--out", tmp_path / "poster.pdf")
    text = pypdfium2.PdfDocument(tmp_path / "poster.pdf")[0].get_textpage().get_text_bounded()
    assert "CONTOH: nama, nomor dan kegiatan tidak nyata" in " ".join(text.split())


def test_the_check_says_that_a_guard_had_been_removed(meja: Meja) -> None:
    meja("import-budget", BELANTIH, "--year", 2022)
    with sqlite3.connect(meja.folder / "desa.db", isolation_level=None) as file:
        file.execute("DROP TRIGGER village_log_u")
    assert any("village_log_u" in problem for problem in meja("check", status=1)["problems"])
    assert meja("check")["ok"] is True


def test_an_old_register_is_taken_over_and_rows_that_cannot_be_read_are_told(meja: Meja, tmp_path: Path) -> None:
    register = tmp_path / "register.csv"
    register.write_text(
        "No;Tanggal;Nama;Informasi;Keputusan\n"
        "1;2/1/2024;Siti Rahasia;RAB;dikabulkan\n"
        "2;kapan;Budi Rahasia;BLT;proses\n",
        encoding="utf-8",
    )
    dry = meja("import-requests", register, "--dry-run")
    assert (dry["added"], dry["unchanged"], [p["row"] for p in dry["problems"]]) == (1, 0, [3])
    first, second = (meja("import-requests", register, status=1) for _time in range(2))
    assert (first["added"], first["unchanged"]) == (1, 0) and (second["added"], second["unchanged"]) == (0, 1)
    assert "Rahasia" not in json.dumps([dry, first, second])
    register.write_text(register.read_text(encoding="utf-8").replace("kapan", "3/1/2024"), encoding="utf-8")
    assert meja("import-requests", register)["added"] == 1
    assert meja("check")["ok"] is True


def test_without_json_every_field_is_said_in_words(meja: Meja, tmp_path: Path) -> None:
    said = meja.plain("village", "--code", "35.22.12.2015", "--head", "Budi Contoh", "--phone", "0812-3456-7890")
    said += meja.plain("due", "--from", "2026-03-09", "--days", 3)
    said += meja.plain("import-budget", BELANTIH, "--year", 2022)
    said += meja.plain("register", "--year", 2026, "--out", tmp_path / "register.pdf")
    said += meja.plain("poster", "apbdes", "--year", 2022, "--out", tmp_path / "poster.pdf")
    said += meja.plain("check")
    keys = {line.split(":")[0] for line in said.splitlines() if line and not line.startswith(" ")}
    assert {"kepala", "batas waktu", "realisasi pendapatan", "halaman", "beres"} <= keys
    assert keys <= {word for known in WORDS.values() for word in (known, f"realisasi {known}")}
    assert "beres: ya" in said and "yang perlu dilihat: -" in said
    assert not re.search(r"\b(gone|before|amount|realised)\b", said)


def test_taking_over_says_plainly_what_was_kept_out(meja: Meja, tmp_path: Path) -> None:
    register = tmp_path / "lama.csv"
    register.write_text(
        "No,Tanggal,Nama,Informasi yang diminta\n1,3/3/2025,Siti,RAB\n1,4/3/2025,Budi,Perdes\n", encoding="utf-8"
    )
    said = meja.plain("import-requests", register, status=1)
    assert "ditambahkan: 1" in said and "beres: tidak" in said
    assert "(baris ini tidak diambil)" in said and "Siti" not in said
