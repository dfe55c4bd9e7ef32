"""The command line, for district staff, scripts and tests; every command answers one JSON object with `--json`."""

import argparse
import datetime as dt
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from gettext import gettext as _
from pathlib import Path
from typing import Any, NoReturn

from desk import log
from desk.budget.queries import years
from desk.desk import Command, Desk, Together
from desk.exchange.apbdes import import_budget
from desk.paper import board
from desk.paper.queries import poster
from desk.store import DeskError
from desk.village.commands import AppointOfficial, SetContact, SetPaper, SetVillage
from desk.village.queries import profile, setup
from desk.village.rules import HEAD_TITLES, PAPERS, check_code, kind_of, show_phone
from desk.workdays import calendar, due
from sync.client.round import enrol, sync
from ui.clock import now
from ui.demo import demo
from ui.folder import data_folder

Answer = dict[str, Any]


class MisusedError(DeskError):
    """A command that cannot be run as it was typed."""


class _Parser(argparse.ArgumentParser):
    """Says what is wrong with a command the way every other error is said."""

    def error(self, message: str) -> NoReturn:
        """Leave the answering to `main`."""
        said = _("Perintah ini belum lengkap atau salah tulis ({what}). Lihat {program} --help.")
        raise MisusedError(said.format(what=message, program=self.prog))


def main(arguments: list[str]) -> int:
    """Run one command and answer its exit status: 0 only where it did what was asked."""
    is_json = "--json" in arguments
    try:
        options = parser().parse_args(arguments)
        answer = options.run(options)
    except (DeskError, OSError) as error:
        sentence = str(error) if isinstance(error, DeskError) else f"{error.strerror}: {error.filename}"
        if is_json:
            print(json.dumps({"error": sentence}, ensure_ascii=False))
        print(sentence, file=sys.stderr)
        return 2 if isinstance(error, MisusedError) else 1
    for line in answer if isinstance(answer, list) else [answer]:
        print(json.dumps(line, ensure_ascii=False) if is_json else _plain(line))
    return int(any("error" in line for line in answer)) if isinstance(answer, list) else int(answer.get("ok") is False)


Add = Callable[[str, Callable[[argparse.Namespace], Any], str], argparse.ArgumentParser]
"""Adds one command: name, the function below that runs it, and what it does."""


def parser() -> argparse.ArgumentParser:
    """Every command with its options; each is one function below."""
    top = _Parser("meja", description=_("Meja informasi desa. Tanpa perintah: membuka jendela."))
    top.add_argument("--data", metavar="DIR", help=_("folder data (atau MEJA_DATA)"))
    commands = top.add_subparsers(required=True, metavar=_("PERINTAH"))

    def command(name: str, run: Callable[[argparse.Namespace], Any], what: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=what, description=what)
        sub.add_argument("--json", action="store_true", help=_("jawab satu objek JSON di baris terakhir"))
        sub.set_defaults(run=run)
        return sub

    _village_command(command)
    sub = command("demo", run_demo, _("seluruh pekerjaan sekali jalan dengan desa contoh, tanpa layar"))
    sub.add_argument("--out", type=Path, required=True, metavar="DIR")
    sub = command("due", legal_term, _("hitung batas waktu hari kerja"))
    sub.add_argument("--from", dest="start", required=True, metavar="DATE", help=_("YYYY-MM-DD, atau - untuk baris"))
    sub.add_argument("--days", type=int, required=True, metavar="N")
    sub = command("import-budget", load_budget, _("muat APBDes dari csv, xlsx, atau ods"))
    sub.add_argument("file", type=Path)
    sub.add_argument("--year", type=int, required=True)
    sub.add_argument("--dry-run", action="store_true", help=_("periksa saja, tidak mengubah apa-apa"))
    _poster_command(command)
    sub = command("enrol", join_district, _("sambungkan ke server kabupaten"))
    sub.add_argument("url")
    sub.add_argument("code")
    command("sync", exchange, _("satu putaran kirim dan terima"))
    command("check", verify, _("periksa berkas, jejak, dan catatan"))
    return top


def _village_command(command: Add) -> None:
    sub = command("village", set_village, _("isi data desa, seperti langkah pertama di jendela"))
    sub.add_argument("--code", required=True, help=_("kode wilayah, misalnya 35.22.12.2015"))
    sub.add_argument("--name", default="", help=_("nama desa; untuk Bojonegoro diambil dari kode"))
    sub.add_argument("--district", default="", help=_("kecamatan"))
    sub.add_argument("--regency", default="", help=_("kabupaten"))
    sub.add_argument("--head", required=True, help=_("nama kepala desa atau lurah"))
    sub.add_argument("--phone", required=True, help=_("nomor HP kepala desa, misalnya 0812-3456-7890"))
    sub.add_argument("--since", type=dt.date.fromisoformat, help=_("menjabat sejak, YYYY-MM-DD"))
    sub.add_argument("--ppid", help=_("nama petugas PPID"))
    sub.add_argument("--address", default="", help=_("alamat kantor"))
    sub.add_argument("--complaints", default="", help=_("alamat pengaduan"))
    sub.add_argument("--paper", choices=PAPERS, help=_("kertas pencetak"))


def _poster_command(command: Add) -> None:
    sub = command("poster", print_poster, _("cetak poster papan pengumuman ke PDF"))
    sub.add_argument("kind", choices=("apbdes", "projects"))
    sub.add_argument("--year", type=int, help=_("tahun anggaran; bawaan: yang terakhir ada"))
    sub.add_argument("--size", default="A3", choices=PAPERS)
    sub.add_argument("--tile", choices=("A4", "F4"), help=_("potong menjadi lembar sebesar ini"))
    sub.add_argument("--out", type=Path, required=True, metavar="FILE")


@contextmanager
def opened(options: argparse.Namespace) -> Iterator[Desk]:
    """The desk in the chosen data folder."""
    desk = Desk(data_folder(options.data), now)
    try:
        yield desk
    finally:
        desk.close()


def set_village(options: argparse.Namespace) -> Answer:
    """What the first-run wizard does, all or nothing; answers with the profile."""
    today = now().date()
    since = options.since or today
    title = HEAD_TITLES[kind_of(check_code(options.code))]
    acts: list[Command[Any]] = [
        SetVillage(options.code, options.name, options.district, options.regency),
        AppointOfficial("head", title, options.head, options.phone, since),
    ]
    if options.ppid:
        acts.append(AppointOfficial("ppid", "PPID", options.ppid, None, since))
    if options.paper:
        acts.append(SetPaper(options.paper))
    with opened(options) as desk:
        known = desk.ask(setup, today)
        acts.append(SetContact(options.address or known.address, options.complaints or known.complaints))
        desk.do(Together(tuple(acts)))
        seen = desk.ask(profile, max(today, since))
    assert seen is not None and seen.head is not None and seen.head.phone is not None
    return {
        "code": seen.code, "name": seen.name, "kind": seen.kind, "district": seen.district, "regency": seen.regency,
        "head": seen.head.name, "head_title": seen.head_title, "phone": show_phone(seen.head.phone),
        "ppid": seen.ppid.name if seen.ppid else None, "address": seen.address, "complaints": seen.complaints,
        "paper": seen.paper,
    }  # fmt: skip


def run_demo(options: argparse.Namespace) -> Answer:
    """The whole job without a screen."""
    return demo(options.out, now)


def legal_term(options: argparse.Namespace) -> Answer | list[Answer]:
    """A legal term with its days; with `--from -` one date a line, one answer a line, an error in its own line."""
    if options.start != "-":
        return _term(options.start, options.days)
    answers: list[Answer] = []
    for line in filter(None, (line.strip("\ufeff \t\r\n") for line in sys.stdin)):
        try:
            answers.append(_term(line, options.days))
        except DeskError as error:
            answers.append({"from": line, "error": str(error)})
    return answers


def _term(start: str, days: int) -> Answer:
    try:
        first = dt.datetime.strptime(start, "%Y-%m-%d").date()
    except ValueError:
        raise DeskError(_("Tanggal {text} tidak ada. Tulis seperti 2026-11-22.").format(text=start)) from None
    term = due(first, days, calendar())
    strip = [{"date": d.date.isoformat(), "counted": d.counted, "reason": d.reason} for d in term.days]
    return {"from": first.isoformat(), "due": term.date.isoformat(), "certain": term.certain, "days": strip}


def load_budget(options: argparse.Namespace) -> Answer:
    """Import a budget file; amounts answer as decimal strings, null where the file does not say."""
    with opened(options) as desk:
        report = import_budget(desk, options.file, options.year, dry_run=options.dry_run)
    return report.as_json()


def print_poster(options: argparse.Namespace) -> Answer:
    """Write a poster, whole or tiled, as PDF."""
    with opened(options) as desk:
        held = desk.ask(years)
        year = options.year or (held[-1] if held else now().year)
        moment = now()
        record = desk.ask(poster, options.kind, year, moment.date(), moment)
    paper = board.render(record, options.size, tile=options.tile)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_bytes(paper.pdf)
    return {
        "file": str(options.out.absolute()), "pages": paper.pages, "sheets": paper.sheets,
        "warnings": [notice.text for notice in paper.warnings],
    }  # fmt: skip


def join_district(options: argparse.Namespace) -> Answer:
    """Enrol this desk with the code the district gave."""
    with opened(options) as desk:
        joined = enrol(desk, options.url, options.code)
    return {"village": joined.village, "name": joined.name, "device": joined.device}


def exchange(options: argparse.Namespace) -> Answer:
    """One round with the district."""
    with opened(options) as desk:
        done = sync(desk, now)
    return {
        "sent": done.sent, "received": done.received, "conflicts": done.conflicts, "bytes_up": done.bytes_up,
        "bytes_down": done.bytes_down, "requests": done.requests,
    }  # fmt: skip


def verify(options: argparse.Namespace) -> Answer:
    """Compare file, log and rows."""
    with opened(options) as desk:
        guards = _("Penjaga {name} hilang atau berubah di luar aplikasi; sudah dipasang lagi.")
        problems = [guards.format(name=name) for name in desk.renewed] + desk.ask(log.check)
    return {"ok": not problems, "problems": problems}


def _plain(answer: Answer) -> str:
    """An answer for eyes: one line a field."""
    return "\n".join(f"{key}: {_word(value)}" for key, value in answer.items())


def _word(value: Any) -> str:
    if isinstance(value, bool):
        return _("ya") if value else _("tidak")
    if isinstance(value, list):
        return "".join(f"\n  {_word(item)}" for item in value) or "-"
    if isinstance(value, dict):
        return "  ".join(_word(item) for item in value.values())
    return "-" if value is None else str(value)
