"""Slips of the desk: what was handed over, taken back, voided, and the note to whoever holds the information."""

from gettext import gettext as _

from desk.dates import WEEKDAYS, long_date
from desk.money import rupiah, words
from desk.paper.letters.frame import STAMP, Letter, identity, numbered, place_and_day, signed
from desk.paper.letters.notice import asked, cost_table, day_of
from desk.paper.letters.parts import Fact, Facts, Gap, Grid, Numbered, Part, Rule, Say, Signatures, Title
from desk.paper.letters.records import Signature
from desk.paper.letters.slips import Handover, HolderNote, Payment, VoidSlip, Withdrawal

COPIES = (_("Lembar untuk pemohon"), _("Lembar untuk arsip meja informasi"))


def handover(paper: Handover) -> Letter:
    """Berita acara penyerahan, in duplicate: both sides keep one."""
    issue, receiver = paper.issue, paper.receiver or paper.asker.name
    paid = (
        _("{amount} ({words} rupiah){how}").format(
            amount=rupiah(paper.paid), words=words(paper.paid), how=f", {paper.payment}" if paper.payment else ""
        )
        if paper.paid
        else _("tanpa biaya")
    )
    rows = tuple((str(i), item.name, item.form, item.amount) for i, item in enumerate(paper.items, 1))
    parts: tuple[Part, ...] = (
        Title(_("BERITA ACARA PENYERAHAN INFORMASI"), numbered(issue), _("berlaku sebagai tanda terima")),
        Say(
            _("Pada hari {weekday} tanggal {day} telah diserahkan informasi kepada:").format(
                weekday=WEEKDAYS[issue.day.weekday()], day=long_date(issue.day)
            )
        ),
        Gap(0.3),
        Facts((*identity(paper.asker), *asked(paper.request))),
        Gap(0.4),
        Grid((_("No"), _("Informasi"), _("Bentuk"), _("Banyaknya")), (0.06, 0.54, 0.22, 0.18), rows),
        Facts((Fact(_("Cara penyerahan"), paper.way), Fact(_("Diterima oleh"), receiver), Fact(_("Biaya"), paid))),
        Rule(),
        Say(
            _(
                "Pemakai informasi wajib mencantumkan dari mana informasi ini diperoleh, baik untuk kepentingan "
                "sendiri maupun untuk diumumkan (Pasal 5 ayat (2) UU 14/2008). Sebutkan: {source}."
            ).format(source=_source(paper))
        ),
        Signatures(
            (
                Signature(issue.signer.role, issue.signer.name, issue.signer.number, _("Yang menyerahkan,")),
                Signature(_("Penerima"), receiver, above=place_and_day(issue)),
            ),
            STAMP,
        ),
    )
    return Letter(issue, _("Berita acara penyerahan"), parts, copies=COPIES)


def _source(paper: Handover) -> str:
    village = paper.issue.village
    return _("Pemerintah {place}, {region}, permohonan nomor {number}").format(
        place=village.place, region=", ".join(village.region), number=paper.request.number
    )


def payment(paper: Payment) -> Letter:
    """Kuitansi, in duplicate."""
    issue, costs = paper.issue, paper.costs
    facts = (
        Fact(_("Telah diterima dari"), paper.asker.name),
        Fact(_("Uang sejumlah"), rupiah(costs.total)),
        Fact(_("Terbilang"), _("{words} rupiah").format(words=words(costs.total))),
        Fact(_("Untuk"), _("biaya salinan informasi, permohonan nomor {number}").format(number=paper.request.number)),
        Fact(_("Tanggal bayar"), day_of(paper.paid)),
        Fact(_("Cara membayar"), costs.payment),
    )
    parts: tuple[Part, ...] = (
        Title(_("KUITANSI"), numbered(issue)),
        Facts(facts),
        Gap(0.4),
        cost_table(costs),
        Signatures((Signature(_("Yang membayar"), paper.asker.name), signed(issue, dated=True)), STAMP, -1),
    )
    return Letter(issue, _("Kuitansi"), parts, copies=COPIES)


def withdrawal(paper: Withdrawal) -> Letter:
    """Tanda terima pencabutan, in duplicate."""
    issue = paper.issue
    parts: tuple[Part, ...] = (
        Title(_("TANDA TERIMA PENCABUTAN PERMOHONAN"), numbered(issue)),
        Say(_("Kami menerima pencabutan permohonan informasi atas permintaan pemohon sendiri:")),
        Gap(0.3),
        Facts(
            (
                *identity(paper.asker),
                *asked(paper.request),
                Fact(_("Tanggal pencabutan"), day_of(paper.withdrawn)),
                Fact(_("Alasan"), paper.reason),
            )
        ),
        Gap(0.4),
        Say(
            _(
                "Permohonan ini tidak diproses lagi dan nomornya tetap tercatat. Pemohon dapat mengajukan permohonan "
                "baru kapan saja."
            )
        ),
        Signatures((signed(issue), Signature(_("Pemohon"), paper.asker.name, above=place_and_day(issue))), STAMP),
    )
    return Letter(issue, _("Tanda terima pencabutan"), parts, copies=COPIES)


def void(paper: VoidSlip) -> Letter:
    """Tanda batal catat."""
    issue = paper.issue
    facts = [
        Fact(_("Nomor pendaftaran"), paper.request.number),
        Fact(_("Tanggal diterima"), long_date(paper.request.received)),
        Fact(_("Informasi yang diminta"), paper.request.details),
        Fact(_("Dibatalkan tanggal"), day_of(issue.day)),
        Fact(_("Alasan"), paper.reason),
        Fact(_("Dibatalkan oleh"), paper.voided_by),
    ]
    if paper.confirmed_by:
        facts.append(Fact(_("Disetujui oleh"), paper.confirmed_by))
    if paper.replaced_by:
        facts.append(Fact(_("Dicatat ulang dengan nomor"), paper.replaced_by))
    signatures = [signed(issue, dated=True)]
    if paper.confirmed_by:
        signatures.insert(0, Signature(_("Yang menyetujui"), paper.confirmed_by))
    parts: tuple[Part, ...] = (
        Title(_("TANDA BATAL CATAT"), numbered(issue)),
        Say(_("Pencatatan permohonan informasi di bawah ini dibatalkan.")),
        Gap(0.3),
        Facts(tuple(facts)),
        Gap(0.4),
        Say(
            _(
                "Nomor ini tetap ada dalam register dan tidak dipakai lagi. Lembar tanda bukti yang sudah dicetak "
                "disimpan bersama tanda ini."
            )
        ),
        Signatures(tuple(signatures), STAMP, -1),
    )
    return Letter(issue, _("Tanda batal catat"), parts)


def holder_note(paper: HolderNote) -> Letter:
    """Nota ke penguasa informasi."""
    issue = paper.issue
    remark = (Facts((Fact(_("Catatan"), paper.remark),)), Gap(0.4)) if paper.remark else ()
    parts: tuple[Part, ...] = (
        Title(_("NOTA PERMINTAAN BAHAN JAWABAN"), numbered(issue)),
        Facts(
            (
                Fact(_("Kepada"), paper.to),
                Fact(_("Dari"), ", ".join(t for t in (issue.signer.role, issue.signer.name) if t)),
                Fact(_("Tanggal"), long_date(issue.day)),
                Fact(_("Nomor pendaftaran"), paper.request.number),
                Fact(_("Tanggal diterima"), long_date(paper.request.received)),
            )
        ),
        Rule(),
        Say(_("Mohon disiapkan informasi berikut:"), bold=True, keep=True),
        Numbered(paper.items or (paper.request.details,), indent=0.5),
        Gap(0.4),
        *remark,
        Facts(
            (
                Fact(_("Ditunggu paling lambat"), day_of(paper.wanted_by)),
                Fact(_("Batas jawaban kepada pemohon"), day_of(paper.due)),
            ),
            bold=True,
        ),
        Gap(0.4),
        Say(
            _(
                "Bila informasi ini tidak ada, belum didokumentasikan, atau menurut Anda dikecualikan, beri tahu PPID "
                "segera beserta alasannya. Identitas pemohon tidak dicantumkan dalam nota ini."
            )
        ),
        Signatures((Signature(_("Penguasa informasi"), paper.to, above=_("Diterima,")), signed(issue, dated=True))),
    )
    return Letter(issue, _("Nota ke penguasa informasi"), parts)
