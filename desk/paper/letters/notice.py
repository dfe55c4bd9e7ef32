"""Letters on the way to an answer: what is missing, more time, another day, and the written notice itself."""

import datetime as dt
from collections.abc import Iterator
from gettext import gettext as _

from desk.dates import WEEKDAYS, long_date
from desk.money import rupiah
from desk.paper.letters.frame import STAMP, Letter, identity, numbered, opening, signed
from desk.paper.letters.parts import Choices, Fact, Facts, Gap, Grid, Numbered, Part, Rule, Say, Signatures, Title
from desk.paper.letters.records import Asked, Costs, Extension, ItemNotice, MissingParts, WrittenNotice
from desk.paper.letters.slips import ChangedDue
from desk.paper.text import NBSP

WAITING = {
    "not_held": _("informasi yang diminta belum kami kuasai"),
    "not_documented": _("informasi yang diminta belum kami dokumentasikan"),
    "not_decided": _("belum dapat diputuskan apakah informasi itu dikecualikan"),
}
GIVEN = ("granted", "partly", "public")


def day_of(day: dt.date) -> str:
    """`Jumat, 4 Desember 2026`."""
    return f"{WEEKDAYS[day.weekday()]}, {long_date(day)}"


def asked(request: Asked) -> tuple[Fact, ...]:
    """The request a letter speaks of, as fields."""
    return (
        Fact(_("Nomor pendaftaran"), request.number),
        Fact(_("Tanggal diterima"), long_date(request.received)),
        Fact(_("Informasi yang diminta"), request.details),
    )


def missing_parts(paper: MissingParts) -> Letter:
    """Surat pemberitahuan kekurangan."""
    issue, asker = paper.issue, paper.asker
    rule = _(" Tenggang ini mengikuti {rule}.").format(rule=paper.rule) if paper.rule else ""
    parts: tuple[Part, ...] = (
        *opening(issue, _("Pemberitahuan kekurangan permohonan informasi"), asker.name, asker.address),
        Say(_("Permohonan informasi Anda sudah kami terima, dan sudah bernomor, tetapi belum lengkap.")),
        Gap(0.5),
        Facts(
            (
                *identity(asker),
                Fact(_("Tanggal diterima"), long_date(paper.received)),
                Fact(_("Informasi yang diminta"), paper.details),
            )
        ),
        Gap(0.5),
        Say(_("Yang masih perlu dilengkapi:"), bold=True, keep=True),
        Numbered(paper.missing, indent=0.5),
        Gap(0.5),
        Say(
            _("Mohon dilengkapi dalam {days} hari kerja, paling lambat {day}.").format(
                days=paper.days, day=day_of(paper.until)
            ),
            bold=True,
        ),
        Say(
            _(
                "Setelah lengkap, Anda mendapat tanda bukti pendaftaran; waktu menjawab dihitung sejak itu. "
                "Petugas meja informasi siap membantu Anda melengkapinya."
            )
            + rule
        ),
        Signatures((signed(issue),), STAMP),
    )
    return Letter(issue, _("Pemberitahuan kekurangan"), parts)


def extension(paper: Extension) -> Letter:
    """Surat perpanjangan."""
    issue, asker = paper.issue, paper.asker
    guess = "" if paper.certain else _(" (perkiraan: hari libur sampai hari itu belum ditetapkan)")
    parts: tuple[Part, ...] = (
        *opening(issue, _("Perpanjangan waktu jawaban permohonan informasi"), asker.name, asker.address),
        Say(
            _(
                "Kami memperpanjang waktu untuk menjawab permohonan informasi Anda paling lambat 7 hari kerja "
                "berikutnya (Pasal 22 ayat (8) UU 14/2008)."
            )
        ),
        Gap(0.5),
        Facts((*identity(asker), *asked(paper.request))),
        Gap(0.5),
        Say(_("Sebab perpanjangan"), bold=True, keep=True),
        Choices(tuple((text, code in paper.grounds) for code, text in WAITING.items())),
        Facts((Fact(_("Alasan"), paper.reason),)),
        Gap(0.5),
        Facts(
            (
                Fact(_("Batas jawaban semula"), day_of(paper.old_due)),
                Fact(_("Batas jawaban baru"), day_of(paper.new_due) + guess),
            ),
            bold=True,
        ),
        Gap(0.5),
        Say(
            _(
                "Perpanjangan ini hanya satu kali. Bila sampai batas baru Anda belum dijawab, Anda dapat mengajukan "
                "keberatan (Pasal 35 ayat (1) huruf c dan g)."
            )
        ),
        Signatures((signed(issue),), STAMP),
    )
    return Letter(issue, _("Surat perpanjangan"), parts)


def changed_due(paper: ChangedDue) -> Letter:
    """Pemberitahuan perubahan tanggal jawaban."""
    issue, asker = paper.issue, paper.asker
    guess = "" if paper.certain else _(" (perkiraan: hari libur sampai hari itu belum ditetapkan)")
    later = (
        _("Tanggal yang tercetak pada tanda bukti Anda tidak berlaku lagi. Mohon maaf atas perubahan ini.")
        if paper.new_due > paper.old_due
        else _("Tanggal yang tercetak pada tanda bukti Anda menjadi lebih awal.")
    )
    parts: tuple[Part, ...] = (
        *opening(issue, _("Perubahan tanggal jawaban permohonan informasi"), asker.name, asker.address),
        Say(_("Batas tanggal jawaban permohonan Anda berubah, karena daftar hari kerja berubah.") + " " + later),
        Gap(0.5),
        Facts((*identity(asker), *asked(paper.request))),
        Gap(0.5),
        Facts(
            (
                Fact(_("Batas jawaban semula"), day_of(paper.old_due)),
                Fact(_("Batas jawaban baru"), day_of(paper.new_due) + guess),
                Fact(_("Sebab perubahan"), paper.reason),
            ),
            bold=True,
        ),
        Gap(0.5),
        Say(
            _(
                "Lama waktu menjawab tidak berubah, yaitu {days} hari kerja; hanya hari yang dihitung yang berubah. "
                "Bila Anda berkeberatan, sampaikan kepada kami (Pasal 35 dan 36 UU 14/2008)."
            ).format(days=paper.days)
        ),
        Signatures((signed(issue),), STAMP),
    )
    return Letter(issue, _("Perubahan tanggal jawaban"), parts)


def written(paper: WrittenNotice) -> Letter:
    """Pemberitahuan tertulis, each item with its own decision."""
    issue, request = paper.issue, paper.request
    several = len(paper.items) > 1
    shown = several or request.details != paper.items[0].asked
    until = _(", paling lambat {day}").format(day=day_of(paper.objection_until)) if paper.objection_until else ""
    parts: tuple[Part, ...] = (
        Title(_("PEMBERITAHUAN TERTULIS"), numbered(issue), _("Pasal 22 ayat (7) UU 14/2008")),
        Facts(
            (
                *identity(paper.asker),
                Fact(_("Nomor pendaftaran"), request.number),
                Fact(_("Tanggal diterima"), long_date(request.received)),
                *((Fact(_("Informasi yang diminta"), request.details),) if shown else ()),
            )
        ),
        *(part for i, item in enumerate(paper.items, 1) for part in _item(item, i if several else 0)),
        Rule(),
        *((Facts((Fact(_("Cara penyampaian"), paper.delivery),)),) if paper.delivery else ()),
        Say(
            _(
                "Bila Anda tidak puas dengan pemberitahuan ini, Anda dapat mengajukan keberatan tertulis kepada "
                "atasan PPID dalam 30 hari kerja setelah alasannya ditemukan{until} (Pasal 35 dan 36)."
            ).format(until=until),
            scale=0.92,
        ),
        Signatures((signed(issue, dated=True),), STAMP),
    )
    return Letter(issue, _("Pemberitahuan tertulis"), parts)


def _item(item: ItemNotice, number: int) -> Iterator[Part]:
    """One item: on a paper with a single one both halves of the form, else the half that applies."""
    given = item.decision in GIVEN
    yield Rule()
    heading = _("Permintaan {n}").format(n=number) if number else _("Informasi yang diminta")
    yield Facts((Fact(heading, item.asked),), bold=True)
    yield Gap(0.3)
    if given or not number:
        yield Choices(((_("A. Informasi dapat diberikan"), given),))
        yield from _can(item, given)
    if not (given and number):
        yield Gap(0.3)
        yield Choices(((_("B. Informasi tidak dapat diberikan, karena:"), not given),))
        yield from _cannot(item, given)


CAN = (
    _("1. Penguasaan informasi"), _("2. Bentuk fisik yang tersedia"), _("3. Biaya yang dibutuhkan"),
    _("4. Waktu penyediaan"), _("5. Penjelasan penghitaman"), _("6. Materi yang diberikan"),
)  # fmt: skip
"""Part A of the statutory form, with the material of article 22(7)d."""


def _can(item: ItemNotice, given: bool) -> Iterator[Part]:
    if not given:
        yield Facts(tuple(Fact(label, "") for label in CAN), indent=1.6)
        return
    other = bool(item.holder)
    yield Say(CAN[0], indent=1.6, keep=True)
    yield Choices(
        ((_("kami"), not other), (_("badan publik lain: {name}").format(name=item.holder or "–"), other)),
        indent=3,
        across=2,
    )
    yield Say(CAN[1], indent=1.6, keep=True)
    yield Choices(
        (
            (_("berkas komputer, termasuk rekaman (softcopy)"), "soft" in item.forms),
            (_("kertas (hardcopy)"), "hard" in item.forms),
        ),
        indent=3,
        across=2,
    )
    yield Say(CAN[2], indent=1.6, keep=True)
    yield Gap(0.2)
    yield cost_table(item.costs)
    facts = (_ready(item), item.blackened, _material(item))
    payment = Fact(_("Cara membayar"), item.costs.payment)
    yield Facts((payment, *(Fact(label, text) for label, text in zip(CAN[3:], facts, strict=True))), indent=1.6)


def _material(item: ItemNotice) -> str:
    if item.decision == "public":
        return _("sudah diumumkan: {where}").format(where=item.material)
    partly = _("sebagian: {material}") if item.decision == "partly" else "{material}"
    return partly.format(material=item.material) if item.material else ""


def _ready(item: ItemNotice) -> str:
    days = _("{days} hari").format(days=item.ready_days) if item.ready_days is not None else ""
    return ", ".join(text for text in (days, day_of(item.ready) if item.ready else "") if text)


def cost_table(costs: Costs) -> Part:
    """What is charged, summed up in the last row."""
    other = _("Lain-lain: {name}").format(name=costs.other_name) if costs.other_name else _("Lain-lain")
    rows = (
        (_("Penyalinan"), rupiah(costs.copy_each), _("{n} lembar").format(n=costs.sheets), rupiah(costs.copying)),
        (_("Pengiriman"), NBSP, NBSP, rupiah(costs.sending)),
        (other, NBSP, NBSP, rupiah(costs.other)),
        (_("Jumlah"), NBSP, NBSP, rupiah(costs.total)),
    )
    heads = (_("Biaya"), _("Satuan"), _("Banyaknya"), _("Jumlah"))
    return Grid(heads, (0.4, 0.2, 0.18, 0.22), rows, frozenset({1, 2, 3}), indent=3, total=True)


def _cannot(item: ItemNotice, given: bool) -> Iterator[Part]:
    reasons = (
        (_("informasi yang diminta belum dikuasai"), item.decision == "not_held"),
        (_("informasi yang diminta belum didokumentasikan"), item.decision == "not_documented"),
        (_("informasi dikecualikan (Pasal 17), dengan keputusan penolakan tersendiri"), item.decision == "refused"),
    )
    yield Choices(reasons, indent=1.6)
    rows = [Fact(_("Penjelasan"), "" if given else item.reason)]
    if not given and item.holder:
        rows.append(Fact(_("Badan publik yang menguasai"), item.holder))
    rows.append(Fact(_("Waktu penyediaan"), "" if given else _ready(item)))
    yield Facts(tuple(rows), indent=1.6)
