"""The command line, for district staff, scripts and tests; every command answers one JSON object with `--json`."""

import argparse
import datetime as dt
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from gettext import gettext as _
from pathlib import Path
from typing import Any

from desk import log, sealed
from desk.budget.queries import years
from desk.desk import Command, Desk, Together
from desk.durable import hand_out
from desk.exchange.apbdes import import_budget
from desk.exchange.binding import FORMATS, bind
from desk.exchange.opendata.export import KINDS as DATA_KINDS
from desk.exchange.opendata.export import Wanted, check_ending, gather, write
from desk.exchange.register import import_requests
from desk.exchange.siskeudes.postings import Choice
from desk.key import beside, stores, unlocker
from desk.money import Style
from desk.paper import board
from desk.paper.booking import book, rows_of
from desk.paper.queries import POSTERS, poster
from desk.reports import rules as books
from desk.reports.commands import MakeNamed
from desk.store import DeskError
from desk.village.commands import AppointOfficial, SetContact, SetPaper, SetVillage
from desk.village.queries import prefix, profile, setup
from desk.village.rules import HEAD_TITLES, PAPERS, check_code, kind_of, show_phone
from desk.workdays import calendar, due
from sync.arguments import MisusedError, Parser
from sync.client.round import enrol, sync
from ui.clock import now
from ui.demo import demo
from ui.folder import data_folder
from ui.plain import plain

Answer = dict[str, Any]

STYLES = {"id": Style.DOT, "en": Style.COMMA}
"""How the command line calls the two ways of writing an amount."""


def main(arguments: list[str]) -> int:
    """Run one command and answer its exit status: 0 only where it did what was asked."""
    is_json = "--json" in arguments
    try:
        options = parser().parse_args(arguments)
        answer = options.run(options)
    except (DeskError, MisusedError, OSError) as error:
        sentence = f"{error.strerror}: {error.filename}" if isinstance(error, OSError) else str(error)
        if is_json:
            print(json.dumps({"error": sentence}, ensure_ascii=False))
        print(sentence, file=sys.stderr)
        return 2 if isinstance(error, MisusedError) else 1
    lines = answer if isinstance(answer, list) else [answer]
    _print(json.dumps(line, ensure_ascii=False) if is_json else plain(line) for line in lines)
    return int(any("error" in line for line in answer)) if isinstance(answer, list) else int(answer.get("ok") is False)


def _print(lines: Iterable[str]) -> None:
    """Print the answer; whoever reads it may have seen enough after the first line, as `head -1` has."""
    try:
        for line in lines:
            print(line)
        sys.stdout.flush()
    except BrokenPipeError:
        # Python flushes once more as it ends: by then there must be somewhere to write to.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


Add = Callable[[str, Callable[[argparse.Namespace], Any], str], argparse.ArgumentParser]
"""Adds one command: name, the function below that runs it, and what it does."""


def parser() -> argparse.ArgumentParser:
    """Every command with its options; each is one function below."""
    top = Parser(prog="meja", description=_("Meja informasi desa. Tanpa perintah: membuka jendela."))
    top.add_argument("--data", metavar=_("FOLDER"), help=_("folder data (atau MEJA_DATA)"))
    commands = top.add_subparsers(required=True, metavar=_("PERINTAH"), prog="meja")

    def command(name: str, run: Callable[[argparse.Namespace], Any], what: str) -> argparse.ArgumentParser:
        sub: Parser = commands.add_parser(name, help=what, description=what)
        sub.add_argument("--json", action="store_true", help=_("jawab satu objek JSON di baris terakhir"))
        sub.set_defaults(run=run)
        return sub

    _village_command(command)
    sub = command("demo", run_demo, _("seluruh pekerjaan sekali jalan dengan desa contoh, tanpa layar"))
    sub.add_argument("--out", type=Path, required=True, metavar=_("FOLDER"), help=_("folder hasilnya"))
    sub = command("due", legal_term, _("hitung batas waktu hari kerja"))
    sub.add_argument(
        "--from",
        dest="start",
        required=True,
        metavar=_("TANGGAL"),
        help=_("seperti 2026-11-22; - membaca satu tanggal tiap baris"),
    )
    sub.add_argument("--days", type=int, required=True, metavar=_("HARI"), help=_("jumlah hari kerja"))
    _budget_command(command)
    _takeover_command(command)
    _poster_command(command)
    _register_command(command)
    _export_command(command)
    sub = command("enrol", join_district, _("sambungkan ke server kabupaten"))
    sub.add_argument("url", metavar=_("ALAMAT"), help=_("alamat server kabupaten"))
    sub.add_argument("code", metavar=_("KODE"), help=_("kode undangan"))
    command("sync", exchange, _("satu putaran kirim dan terima"))
    command("check", verify, _("periksa berkas, jejak, dan catatan"))
    return top


def year(text: str) -> int:
    """A year as it is typed; which of them have a budget or a register is said later.

    Raises:
        ValueError: of none that calendars know, and that the file could be asked for.
    """
    number = int(text)
    if not dt.MINYEAR <= number <= dt.MAXYEAR:
        raise ValueError(text)
    return number


def _village_command(command: Add) -> None:
    sub = command("village", set_village, _("isi data desa, seperti langkah pertama di jendela"))
    sub.add_argument("--code", required=True, metavar=_("KODE"), help=_("kode wilayah, misalnya 35.22.12.2015"))
    sub.add_argument("--name", default="", metavar=_("NAMA"), help=_("nama desa; untuk Bojonegoro diambil dari kode"))
    sub.add_argument("--district", default="", metavar=_("KECAMATAN"), help=_("kecamatan"))
    sub.add_argument("--regency", default="", metavar=_("KABUPATEN"), help=_("kabupaten"))
    sub.add_argument("--head", required=True, metavar=_("NAMA"), help=_("nama kepala desa atau lurah"))
    sub.add_argument(
        "--phone", required=True, metavar=_("NOMOR"), help=_("nomor HP kepala desa, misalnya 0812-3456-7890")
    )
    since = _("menjabat sejak, misalnya 2020-02-01")
    sub.add_argument("--since", type=dt.date.fromisoformat, metavar=_("TANGGAL"), help=since)
    sub.add_argument("--ppid", metavar=_("NAMA"), help=_("nama petugas PPID"))
    sub.add_argument("--address", default="", metavar=_("ALAMAT"), help=_("alamat kantor"))
    sub.add_argument("--complaints", default="", metavar=_("ALAMAT"), help=_("alamat pengaduan"))
    sub.add_argument("--paper", choices=PAPERS, help=_("kertas pencetak"))


def _budget_command(command: Add) -> None:
    sub = command("import-budget", load_budget, _("muat APBDes dari csv, xlsx, ods, atau Siskeudes"))
    files = _("lembar kerja APBDes, berkas Siskeudes (.mde, .mdb), atau zip atau folder tabelnya (csv)")
    sub.add_argument("file", type=Path, metavar=_("BERKAS"), help=files)
    sub.add_argument("--year", type=year, required=True, metavar=_("TAHUN"), help=_("tahun anggaran"))
    sub.add_argument("--dry-run", action="store_true", help=_("periksa saja, tidak mengubah apa-apa"))
    numbers = _("gaya angka bila berkas tidak menunjukkannya: id (1.234,50) atau en (1,234.50)")
    sub.add_argument("--numbers", choices=tuple(STYLES), help=numbers)
    village = _("desa di berkas Siskeudes yang berisi beberapa desa, misalnya 24.2005")
    sub.add_argument("--village", default="", metavar=_("KODE"), help=village)
    posting = _("posting Siskeudes: 2 APBDes, 3 perubahan, 1 usulan, 0 yang belum diposting")
    sub.add_argument("--posting", type=int, metavar=_("NOMOR"), help=posting)


def _poster_command(command: Add) -> None:
    sub = command("poster", print_poster, _("cetak poster papan pengumuman ke PDF"))
    kinds = _("APBDes, realisasi (realisation), daftar kegiatan (projects), atau layanan informasi (ppid, dip)")
    sub.add_argument("kind", choices=POSTERS, help=kinds)
    sub.add_argument("--year", type=year, metavar=_("TAHUN"), help=_("tahun anggaran; bawaan: yang terakhir ada"))
    sub.add_argument("--size", default="A3", choices=PAPERS, help=_("ukuran poster; bawaan: A3"))
    sub.add_argument("--tile", choices=("A4", "F4"), help=_("potong menjadi lembar sebesar ini"))
    sub.add_argument("--out", type=Path, required=True, metavar=_("BERKAS"), help=_("berkas PDF hasilnya"))


def _takeover_command(command: Add) -> None:
    sub = command("import-requests", load_requests, _("ambil alih register permohonan lama dari csv, xlsx, atau ods"))
    sub.add_argument("file", type=Path, metavar=_("BERKAS"), help=_("lembar kerja register lama"))
    sub.add_argument("--start", type=int, metavar=_("NOMOR"), help=_("nomor pertama di meja ini tahun ini"))
    sub.add_argument("--dry-run", action="store_true", help=_("periksa saja, tidak mengubah apa-apa"))


def _register_command(command: Add) -> None:
    sub = command("register", make_register, _("buat buku register atau laporan tahunan, pdf atau xlsx"))
    sub.add_argument("--year", type=year, required=True, metavar=_("TAHUN"), help=_("tahun register"))
    sub.add_argument(
        "--out", type=Path, required=True, metavar=_("BERKAS"), help=_("berkas hasilnya, berakhiran .pdf atau .xlsx")
    )
    kinds = _("permohonan (bawaan), keberatan, daftar informasi publik, atau laporan tahunan")
    sub.add_argument("--kind", default="requests", choices=tuple(books.KINDS), help=kinds)
    day = _("keadaan pada hari itu, seperti 2026-11-22; bawaan: hari ini")
    sub.add_argument("--as-of", type=dt.date.fromisoformat, metavar=_("TANGGAL"), help=day)
    period = _("bagian tahun: year (bawaan), s1, s2, atau bulan 01 sampai 12")
    sub.add_argument("--period", default=books.WHOLE_YEAR, choices=tuple(books.PERIODS), help=period)
    sub.add_argument("--with-names", action="store_true", help=_("dengan identitas pemohon; dicatat, perlu --purpose"))
    sub.add_argument("--purpose", default="", metavar=_("TUJUAN"), help=_("untuk apa register dengan nama dibuat"))
    sub.add_argument("--size", choices=("A4", "F4"), help=_("kertas; bawaan: kertas pencetak desa"))


def _export_command(command: Add) -> None:
    sub = command("export", export, _("simpan data terbuka: APBDes, atau kegiatan dan kontrak"))
    kinds = _("apbdes-xlsx (lampiran Perdes), apbdes-csv, datapackage (zip), atau oc4ids (kegiatan, json)")
    sub.add_argument("kind", choices=tuple(DATA_KINDS), help=kinds)
    sub.add_argument("--year", type=year, required=True, metavar=_("TAHUN"), help=_("tahun anggaran"))
    sub.add_argument("--out", type=Path, required=True, metavar=_("BERKAS"), help=_("berkas hasilnya"))
    version = _("versi APBDes: 0 awal, 1 perubahan pertama; bawaan: yang berlaku, untuk datapackage semuanya")
    sub.add_argument("--version", type=int, metavar=_("NOMOR"), help=version)
    day = _("keadaan pada hari itu, seperti 2026-11-22; bawaan: hari ini")
    sub.add_argument("--as-of", type=dt.date.fromisoformat, metavar=_("TANGGAL"), help=day)
    known = _("awalan kode OC4IDS yang terdaftar, seperti oc4ids-ab12cd; bawaan: yang disimpan di jendela")
    sub.add_argument("--prefix", default="", metavar=_("AWALAN"), help=known)


@contextmanager
def opened(options: argparse.Namespace) -> Iterator[Desk]:
    """The desk in the chosen data folder."""
    folder = data_folder(options.data)
    desk = Desk(folder, now, unlocker(stores(beside(folder))))
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
        numbers = STYLES.get(options.numbers)
        wanted = Choice(options.village, options.posting)
        report = import_budget(
            desk, options.file, options.year, dry_run=options.dry_run, numbers=numbers, wanted=wanted
        )
    return report.as_json()


def load_requests(options: argparse.Namespace) -> Answer:
    """Take over an old register; it is all done only where no row had to be kept out."""
    with opened(options) as desk:
        report = import_requests(desk, options.file, starts=options.start, dry_run=options.dry_run)
    return report.as_json() | {"ok": options.dry_run or not any(problem.blocks for problem in report.problems)}


def print_poster(options: argparse.Namespace) -> Answer:
    """Write a poster, whole or tiled, as PDF."""
    with opened(options) as desk:
        held = desk.ask(years)
        year = options.year or (held[-1] if held else now().year)
        moment = now()
        record = desk.ask(poster, options.kind, year, moment.date(), moment)
    paper = board.render(record, options.size, tile=options.tile)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    hand_out(options.out, paper.pdf)
    return {
        "file": str(options.out.absolute()), "pages": paper.pages, "sheets": paper.sheets,
        "warnings": [notice.text for notice in paper.warnings],
    }  # fmt: skip


def make_register(options: argparse.Namespace) -> Answer:
    """Write a book as PDF or spreadsheet; one with names is noted first, with its purpose."""
    ending, moment = options.out.suffix.casefold(), now()
    if ending not in FORMATS:
        raise DeskError(_("Nama berkas harus berakhiran .pdf atau .xlsx, misalnya register-2026.pdf."))
    wanted = books.of_year(options.kind, options.year, options.as_of or moment.date(), options.period)
    with opened(options) as desk:
        paper = options.size or desk.ask(setup, moment.date()).paper
        record = desk.ask(book, wanted, moment)
        if options.with_names:
            made = desk.do(MakeNamed(wanted, options.purpose)).value
            record = desk.ask(book, wanted, moment, made)
    bound = bind(record, ending, paper if paper in ("A4", "F4") else "A4")
    options.out.parent.mkdir(parents=True, exist_ok=True)
    hand_out(options.out, bound.content)
    return {
        "file": str(options.out.absolute()), "rows": rows_of(record), "pages": bound.pages,
        "names": options.with_names,
    }  # fmt: skip


def export(options: argparse.Namespace) -> Answer:
    """Write open data; the answer says what whoever gets the file should know of it."""
    check_ending(options.kind, options.out)
    today = now().date()
    wanted = Wanted(options.kind, options.year, options.as_of or today, options.version, options.prefix)
    with opened(options) as desk:
        if not (wanted.prefix or DATA_KINDS[wanted.kind].is_budget):
            wanted = replace(wanted, prefix=desk.ask(prefix))
        told = desk.ask(gather, wanted, today)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    made = write(told, wanted, options.out)
    return {
        "file": str(options.out.absolute()), "rows": made.rows, "as_of": wanted.as_of.isoformat(),
        "warnings": list(made.warnings),
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
    """Compare file, log and rows; open every sealed identity without telling it, and read every attached file."""
    with opened(options) as desk:
        guards = _("Penjaga {name} hilang atau berubah di luar aplikasi; sudah dipasang lagi.")
        problems = [guards.format(name=name) for name in desk.renewed] + desk.ask(log.check)
        problems += desk.ask(sealed.check, desk.folder)
    return {"ok": not problems, "problems": problems}
