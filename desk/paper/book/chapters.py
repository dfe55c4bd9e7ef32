"""What the annual report says: article 12's four figures first, then the six parts, each with its tables."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from gettext import gettext as _

from desk.dates import MONTHS, long_date
from desk.paper.book.contents import Column, Kind, Listing, Section, Value, foot, letterhead, signers
from desk.paper.book.records import AnnualReport, Count
from desk.paper.text import clean


@dataclass(frozen=True)
class Chapter:
    """A numbered part: its texts, each under a heading of its own or none, then its tables."""

    title: str
    parts: tuple[tuple[str, str], ...]
    listings: tuple[Listing, ...] = ()


@dataclass(frozen=True)
class Report:
    """The report, ready to be set."""

    title: str
    lines: tuple[str, ...]
    mark: str
    opening: tuple[str, ...]
    chapters: tuple[Chapter, ...]
    signers: tuple[tuple[str, str], ...]
    foot: str
    author: str


def annual_report(report: AnnualReport) -> Report:
    """The report of one year, ready to be set."""
    opening = _(
        "Laporan ini dibuat menurut Pasal 12 UU 14/2008 dan Pasal 56 Peraturan Komisi Informasi 1/2021, "
        "diumumkan, dan disampaikan kepada Komisi Informasi paling lambat {due}."
    ).format(due=long_date(report.due))
    return Report(
        title=_("LAPORAN LAYANAN INFORMASI PUBLIK TAHUN {year}").format(year=report.year),
        lines=(letterhead(report.village), _("Keadaan per {day}").format(day=long_date(report.as_of))),
        mark="",
        opening=(opening,),
        chapters=(_four_figures(report), *_six_parts(report)),
        signers=signers(report.village, report.printed_at.date(), report.ppid),
        foot=foot(report.printed_at, report.note),
        author=clean(report.village.place),
    )


def days(value: Decimal | None) -> str:
    """Working days as people say them: `6,5 hari kerja`."""
    if value is None:
        return _("belum ada yang dijawab")
    rounded = value.quantize(Decimal("0.1"))
    figure = f"{rounded:f}".removesuffix(".0").replace(".", ",")
    return _("{days} hari kerja").format(days=figure)


def _four_figures(report: AnnualReport) -> Chapter:
    """The yearly announcement of article 12, letters a to d."""
    total = report.total
    reasons = "; ".join(f"{clean(reason.name)} ({reason.times})" for reason in report.reasons)
    rows = (
        (_("a. Permohonan yang diterima"), f"{total('received')}"),
        (_("b. Waktu memenuhi permohonan, rata-rata"), days(report.mean_days)),
        (_("b. Waktu memenuhi permohonan, nilai tengah"), days(report.median_days)),
        (_("c. Permohonan yang dikabulkan seluruhnya"), f"{total('granted')}"),
        (_("c. Permohonan yang dikabulkan sebagian"), f"{total('partly')}"),
        (_("c. Permohonan yang ditolak"), f"{total('refused')}"),
        (_("d. Alasan penolakan"), reasons or _("tidak ada penolakan")),
    )
    listing = Listing(
        _("Angka tahunan"),
        (Column(_("Menurut Pasal 12 UU 14/2008"), lambda r: r[0]), Column(_("Tahun ini"), lambda r: r[1])),
        (Section("", rows),),
    )
    return Chapter(_("Ringkasan"), (), (listing,))


def _six_parts(report: AnnualReport) -> Iterator[Chapter]:
    """The least a report holds, in the order of article 56."""
    yield Chapter(_("I. Gambaran umum kebijakan pelayanan informasi"), (("", report.policy),))
    yield Chapter(_("II. Gambaran umum pelaksanaan pelayanan informasi"), (("", report.service),))
    yield Chapter(
        _("III. Rincian pelayanan informasi"),
        (("", report.details),) if report.details else (),
        tuple(_details(report)),
    )
    yield Chapter(
        _("IV. Rincian penyelesaian sengketa informasi"),
        (("", report.disputes),) if report.disputes else (),
        (_disputes(report),),
    )
    yield Chapter(_("V. Kendala"), ((_("Dari dalam"), report.internal), (_("Dari luar"), report.external)))
    yield Chapter(
        _("VI. Rekomendasi dan rencana tindak lanjut"),
        ((_("Rekomendasi"), report.recommendations), (_("Rencana tindak lanjut"), report.follow_up)),
    )


def _details(report: AnnualReport) -> Iterator[Listing]:
    """The tables of the third part."""
    yield _by_month(report)
    yield _pace(report)
    yield _counts(_("Alasan penolakan"), report.reasons, _("Tidak ada penolakan."))
    if report.topics:
        yield _counts(_("Pokok permohonan"), report.topics, "")


def _count_column(title: str, figure: str) -> Column:
    return Column(title, lambda month: getattr(month, figure), Kind.COUNT)


def _by_month(report: AnnualReport) -> Listing:
    """What became of the requests registered in each month."""
    columns = (
        Column(_("Bulan"), lambda month: MONTHS[month.month - 1]),
        _count_column(_("Diterima"), "received"),
        _count_column(_("Dikabulkan"), "granted"),
        _count_column(_("Dikabulkan sebagian"), "partly"),
        _count_column(_("Ditolak"), "refused"),
        _count_column(_("Lainnya"), "other"),
        _count_column(_("Belum dijawab"), "open"),
    )
    figures = ("received", "granted", "partly", "refused", "other", "open")
    return Listing(
        _("Permohonan per bulan"),
        columns,
        (Section("", report.months),),
        total=(_("Jumlah"), *(report.total(figure) for figure in figures)),
    )


def _pace(report: AnnualReport) -> Listing:
    """How long it took, and what followed, by month."""
    columns = (
        Column(_("Bulan"), lambda month: MONTHS[month.month - 1]),
        Column(_("Waktu rata-rata (hari kerja)"), lambda month: _figure(month.mean_days), Kind.NUMBER),
        Column(_("Nilai tengah (hari kerja)"), lambda month: _figure(month.median_days), Kind.NUMBER),
        _count_column(_("Terlambat"), "late"),
        _count_column(_("Keberatan"), "objections"),
        _count_column(_("Sengketa"), "disputes"),
    )
    total: tuple[Value, ...] = (
        _("Jumlah"),
        _figure(report.mean_days),
        _figure(report.median_days),
        *(report.total(figure) for figure in ("late", "objections", "disputes")),
    )
    return Listing(_("Waktu dan kelanjutan per bulan"), columns, (Section("", report.months),), total=total)


def _figure(value: Decimal | None) -> str:
    return "" if value is None else f"{value.quantize(Decimal('0.1')):f}".removesuffix(".0").replace(".", ",")


def _counts(name: str, counts: Sequence[Count], empty: str) -> Listing:
    columns = (
        Column(_("Uraian"), lambda count: count.name),
        Column(_("Jumlah"), lambda count: count.times, Kind.COUNT),
    )
    total = (_("Jumlah"), sum(count.times for count in counts)) if counts else ()
    return Listing(name, columns, (Section("", counts),), empty, total)


def _disputes(report: AnnualReport) -> Listing:
    columns = (
        Column(_("No. sengketa"), lambda line: line.number, Kind.NUMBER),
        Column(_("No. pendaftaran permohonan"), lambda line: line.request_number, Kind.NUMBER),
        Column(_("Tanggal diajukan"), lambda line: line.filed, Kind.DAY),
        Column(_("Tahap"), lambda line: line.stage),
        Column(_("Hasil"), lambda line: line.result),
    )
    return Listing(
        _("Sengketa di Komisi Informasi"), columns, (Section("", report.dispute_lines),), _("Tidak ada sengketa.")
    )
