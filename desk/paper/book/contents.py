"""What stands in which column of which book: one description that the PDF and the spreadsheet are both made from."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from gettext import gettext as _
from typing import Any

from desk.dates import WEEKDAYS, clock, long_date
from desk.money import rupiah
from desk.paper.book.records import CLASSES, Cover, DipBook, DipEntry, ObjectionBook, RequestBook, RequestRow
from desk.paper.records import VillageHead
from desk.paper.text import clean

Value = str | dt.date | Decimal | int | bool | None

NOTHING = "-"
"""What stands where nothing does: a column left out of a copy, a field nobody filled in."""
TICK = "√"

GROUNDS = (
    _("a: ditolak berdasarkan Pasal 17"),
    _("b: informasi berkala tidak disediakan"),
    _("c: tidak ditanggapi"),
    _("d: ditanggapi tidak sebagaimana diminta"),
    _("e: tidak dipenuhi"),
    _("f: biaya tidak wajar"),
    _("g: melebihi jangka waktu"),
)
"""UU 14/2008, article 35(1)."""


class Kind(Enum):
    """How a column's values are written, and where their lines may break."""

    TEXT = "text"
    NUMBER = "number"
    """An identifier: stands on one line."""
    CONTACT = "contact"
    """Phones and addresses of mail: a line may break between two of them only."""
    DAY = "day"
    WEEKDAY = "weekday"
    MONEY = "money"
    COUNT = "count"
    TICK = "tick"


@dataclass(frozen=True)
class Column:
    """One column: its heading, the heading over it, and how a row fills it."""

    title: str
    value: Callable[[Any], Value]
    kind: Kind = Kind.TEXT
    group: str = ""


@dataclass(frozen=True)
class Section:
    """Rows that belong together under a heading of their own; "" where there is only one."""

    name: str
    rows: Sequence[Any]


@dataclass(frozen=True)
class Listing:
    """A table: what it is called, its columns, its rows."""

    name: str
    """Short enough for the tab of a spreadsheet."""
    columns: tuple[Column, ...]
    sections: tuple[Section, ...]
    empty: str = _("Tidak ada.")
    """Stands where a section has no row."""
    total: tuple[Value, ...] = ()
    """A last row that adds up the others."""


@dataclass(frozen=True)
class Register:
    """A book that is one table: what stands over it and under it."""

    title: str
    lines: tuple[str, ...]
    """Letterhead and period."""
    mark: str
    """Says what kind of copy it is; "" for the book itself."""
    listing: Listing
    closing: tuple[str, ...]
    """How many rows there are, and what the letters mean."""
    signers: tuple[tuple[str, str], ...]
    """Office and name; the place and the day stand over the second office."""
    foot: str
    author: str


def shown(kind: Kind, value: Value) -> str:
    """A value as paper says it."""
    if isinstance(value, str):
        return value or NOTHING
    if value is None:
        return NOTHING
    if isinstance(value, bool):
        return TICK if value else ""
    if isinstance(value, dt.date):
        day = f"{value:%d-%m-%Y}"
        return f"{WEEKDAYS[value.weekday()]}, {day}" if kind is Kind.WEEKDAY else day
    return rupiah(Decimal(value)) if kind is Kind.MONEY else f"{value:,}".translate(_INDONESIAN)


_INDONESIAN = str.maketrans(",.", ".,")


def _open(value: Callable[[Any], Value], identities: bool) -> Callable[[Any], Value]:
    """The value itself, or a dash for every row of a copy without identities."""
    return value if identities else lambda row: NOTHING


def _not_held(row: RequestRow) -> Value:
    """The name of who has it, of one thing or of some among several; a tick where nobody knows."""
    return row.holder or row.held is False


def request_columns(identities: bool) -> tuple[Column, ...]:
    """The twenty cells of the register of requests."""
    status, form, kind = _("Di bawah penguasaan"), _("Bentuk yang dikuasai"), _("Jenis permohonan")
    when, cost = _("Hari dan tanggal"), _("Biaya dan cara pembayaran")
    return (
        Column(_("No."), lambda r: r.number, Kind.NUMBER),
        Column(_("Tanggal"), lambda r: r.received, Kind.DAY),
        Column(_("Nama"), _open(lambda r: r.name, identities)),
        Column(_("Alamat"), _open(lambda r: r.address, identities)),
        Column(_("Nomor kontak"), _open(lambda r: r.contact, identities), Kind.CONTACT),
        Column(_("Pekerjaan"), _open(lambda r: r.occupation, identities)),
        Column(_("Informasi yang diminta"), lambda r: r.sought),
        Column(_("Tujuan penggunaan"), lambda r: r.purpose),
        Column(_("Ya"), lambda r: r.held is True, Kind.TICK, status),
        Column(_("Tidak"), _not_held, Kind.TEXT, status),
        Column(_("Soft copy"), lambda r: r.soft, Kind.TICK, form),
        Column(_("Hard copy"), lambda r: r.hard, Kind.TICK, form),
        Column(_("Melihat"), lambda r: r.view, Kind.TICK, kind),
        Column(_("Minta salinan"), lambda r: r.copy, Kind.TICK, kind),
        Column(_("Keputusan"), lambda r: r.decision),
        Column(_("Alasan penolakan"), lambda r: r.reason),
        Column(_("Pemberitahuan tertulis"), lambda r: r.notified, Kind.WEEKDAY, when),
        Column(_("Pemberian informasi"), lambda r: r.handed, Kind.WEEKDAY, when),
        Column(_("Biaya"), lambda r: r.fee, Kind.MONEY, cost),
        Column(_("Cara"), lambda r: r.payment, Kind.TEXT, cost),
    )


def objection_columns(identities: bool) -> tuple[Column, ...]:
    """The eleven columns of the register of objections."""
    return (
        Column(_("No. registrasi"), lambda r: r.number, Kind.NUMBER),
        Column(_("Tanggal diterima"), lambda r: r.received, Kind.DAY),
        Column(_("Identitas pemohon atau kuasa"), _open(lambda r: r.identity, identities)),
        Column(_("No. pendaftaran permohonan"), lambda r: r.request_number, Kind.NUMBER),
        Column(_("Informasi yang diminta"), lambda r: r.sought),
        Column(_("Tujuan penggunaan"), lambda r: r.purpose),
        Column(_("Alasan keberatan (Pasal 35)"), lambda r: r.grounds),
        Column(_("Keputusan atasan PPID"), lambda r: r.decision),
        Column(_("Hari dan tanggal tanggapan"), lambda r: r.answered, Kind.WEEKDAY),
        Column(_("Nama dan jabatan atasan PPID"), lambda r: r.superior),
        Column(_("Tanggapan pemohon"), lambda r: r.response),
    )


def dip_columns() -> tuple[Column, ...]:
    """The seven columns of the public list; rows are numbers with their entries."""
    return (
        Column(_("No."), lambda r: r[0], Kind.COUNT),
        Column(_("Ringkasan isi informasi"), lambda r: r[1].summary),
        Column(_("Pejabat atau perangkat desa yang menguasai"), lambda r: r[1].holder),
        Column(_("Penanggung jawab pembuatan atau penerbitan"), lambda r: r[1].producer),
        Column(_("Waktu dan tempat pembuatan"), lambda r: r[1].made),
        Column(_("Format yang tersedia"), lambda r: r[1].formats),
        Column(_("Jangka waktu penyimpanan"), lambda r: r[1].retention),
    )


def request_register(book: RequestBook) -> Register:
    """The register of requests, ready to be set."""
    rows = book.rows
    listing = Listing(
        _("Permohonan"), request_columns(book.identities), (Section("", rows),), _("Tidak ada permohonan.")
    )
    closing = (_("Jumlah permohonan: {count}.").format(count=len(rows)),)
    return _register(_("REGISTER PERMOHONAN INFORMASI"), book.cover, book.identities, listing, closing)


def objection_register(book: ObjectionBook) -> Register:
    """The register of objections, ready to be set."""
    rows = book.rows
    listing = Listing(
        _("Keberatan"), objection_columns(book.identities), (Section("", rows),), _("Tidak ada keberatan.")
    )
    closing = (
        _("Jumlah keberatan: {count}.").format(count=len(rows)),
        _("Alasan menurut Pasal 35 ayat (1) UU 14/2008: {grounds}.").format(grounds="; ".join(GROUNDS)),
    )
    return _register(_("REGISTER KEBERATAN"), book.cover, book.identities, listing, closing)


def dip_register(book: DipBook) -> Register:
    """The public list, one section for each class, ready to be set."""
    sections = []
    for letter, (category, name) in zip("ABCD", CLASSES.items(), strict=True):
        entries: list[DipEntry] = [entry for entry in book.entries if entry.category == category]
        sections.append(Section(f"{letter}. {name}", tuple(enumerate(entries, 1))))
    told = _("Keadaan per {day}").format(day=long_date(book.as_of))
    return Register(
        title=_("DAFTAR INFORMASI PUBLIK {place}").format(place=clean(book.village.place).upper()),
        lines=(letterhead(book.village), told),
        mark="",
        listing=Listing("DIP", dip_columns(), tuple(sections), _("Belum ada.")),
        closing=(_("Jumlah informasi: {count}.").format(count=len(book.entries)),),
        signers=signers(book.village, book.printed_at.date(), book.ppid),
        foot=foot(book.printed_at, book.note),
        author=clean(book.village.place),
    )


def _register(title: str, cover: Cover, identities: bool, listing: Listing, closing: tuple[str, ...]) -> Register:
    period = _("{first} sampai {last}, keadaan per {day}").format(
        first=long_date(cover.first), last=long_date(cover.last), day=long_date(cover.as_of)
    )
    return Register(
        title=title,
        lines=(letterhead(cover.village), period),
        mark="" if identities else _("SALINAN TANPA IDENTITAS PEMOHON"),
        listing=listing,
        closing=closing,
        signers=signers(cover.village, cover.printed_at.date(), cover.ppid),
        foot=foot(cover.printed_at, cover.note),
        author=clean(cover.village.place),
    )


def letterhead(village: VillageHead) -> str:
    """The village on one line: its name, where it lies, where its office stands."""
    return " · ".join(clean(text) for text in (village.place, *village.region, village.address) if text.strip())


def signers(village: VillageHead, day: dt.date, ppid: str) -> tuple[tuple[str, str], ...]:
    """Who answers for a book, on the day it is printed: the PPID, and beside it the village head, its superior."""
    place = clean(village.place).split(" ", 1)[-1]
    return (
        (_("Mengetahui,\n{office}").format(office=clean(village.head_title)), clean(village.head_name)),
        (_("{place}, {day}\nPPID").format(place=place, day=long_date(day)), clean(ppid)),
    )


def foot(printed_at: dt.datetime, note: str) -> str:
    """When it was printed, and the note that stands on every page."""
    printed = _("dicetak {day} {hour}").format(day=long_date(printed_at.date()), hour=clock(printed_at))
    return " | ".join(text for text in (printed, clean(note)) if text)
