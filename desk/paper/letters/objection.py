"""Papers of an objection: form, receipt, the superior's answer, and the agreement found by talking."""

from dataclasses import replace
from gettext import gettext as _

from desk.dates import WEEKDAYS, long_date
from desk.paper.letters.frame import STAMP, Letter, identity, numbered, opening, place_and_day, signed
from desk.paper.letters.notice import asked, day_of
from desk.paper.letters.parts import Choices, Fact, Facts, Gap, Numbered, Part, Rule, Say, Signatures, Title
from desk.paper.letters.records import Asker, Signature
from desk.paper.letters.slips import Agreement, ObjectionAnswer, ObjectionEntry, ObjectionForm, ObjectionReceipt

GROUNDS = {
    "a": _("permohonan ditolak karena informasi dikecualikan (Pasal 17)"),
    "b": _("informasi berkala tidak disediakan"),
    "c": _("permohonan tidak ditanggapi"),
    "d": _("permohonan ditanggapi tidak sebagaimana yang diminta"),
    "e": _("permohonan tidak dipenuhi"),
    "f": _("biaya yang dikenakan tidak wajar"),
    "g": _("informasi disampaikan melebihi waktu yang ditentukan"),
}
"""Article 35(1) of UU 14/2008."""

OUTCOMES = {
    "upheld": _("menguatkan keputusan PPID"),
    "changed": _("mengubah keputusan PPID"),
    "partly": _("mengubah sebagian keputusan PPID"),
}


def _grounds(chosen: frozenset[str]) -> tuple[tuple[str, bool], ...]:
    return tuple((f"{letter}. {text}", letter in chosen) for letter, text in GROUNDS.items())


def _named(chosen: frozenset[str]) -> str:
    return "\n".join(f"{letter}. {GROUNDS[letter]}" for letter in sorted(chosen) if letter in GROUNDS)


def form(paper: ObjectionForm) -> Letter:
    """Formulir keberatan, parts A to D; the second copy is the applicant's."""
    entry, issue = paper.entry, paper.issue
    blank = entry is None
    answer = None if entry is None else day_of(entry.answer_by)
    parts: tuple[Part, ...] = (
        Title(_("PERNYATAAN KEBERATAN ATAS PERMOHONAN INFORMASI"), under=_("Pasal 35 UU 14/2008")),
        Say(_("A. Informasi pengaju keberatan"), bold=True, keep=True),
        _identity(entry),
        Gap(0.3),
        Say(_("B. Alasan pengajuan keberatan (Pasal 35 ayat (1))"), bold=True, keep=True),
        Choices(_grounds(entry.grounds if entry else frozenset()), indent=1),
        Gap(0.3),
        Say(_("C. Kasus posisi (apa yang terjadi)"), bold=True, keep=True),
        *(_case(entry)),
        Gap(0.3),
        Say(_("D. Hari dan tanggal tanggapan akan diberikan (diisi petugas)"), bold=True, keep=True),
        Facts((Fact(_("Paling lambat"), answer),), indent=1),
        *_marks(entry),
        Say(
            _(
                "Keberatan ditujukan kepada {superior} dan ditanggapi paling lambat 30 hari kerja sejak diterima "
                "secara tertulis (Pasal 36 ayat (2)). Salinan formulir ini adalah tanda terima keberatan."
            ).format(superior=paper.superior),
            scale=0.92,
        ),
        _signatures(paper),
    )
    copies = ("",) if blank else (_("Lembar untuk pengaju keberatan"), _("Lembar untuk arsip meja informasi"))
    return Letter(issue, _("Formulir keberatan"), parts, copies=copies)


def _identity(entry: ObjectionEntry | None) -> Part:
    asker = entry.asker if entry else Asker("", "")
    officer = "" if entry else _(" (petugas)")
    values: tuple[tuple[str, str | None], ...] = (
        (_("Nomor registrasi keberatan") + officer, entry.number if entry else None),
        (_("Tanggal diterima") + officer, long_date(entry.received) if entry else None),
        (_("Nomor pendaftaran permohonan"), entry.request_number if entry else None),
        (_("Tujuan penggunaan informasi"), entry.purpose if entry else None),
        (_("Nama pemohon"), asker.name if entry else None),
        (_("Alamat pemohon"), asker.address if entry else None),
        (_("Pekerjaan pemohon"), asker.occupation if entry else None),
        (_("Telepon/e-mail pemohon"), asker.contact if entry else None),
        (_("Nama kuasa"), entry.proxy_name if entry else None),
        (_("Alamat kuasa"), entry.proxy_address if entry else None),
        (_("Telepon/e-mail kuasa"), entry.proxy_contact if entry else None),
    )
    return Facts(tuple(Fact(label, value) for label, value in values), indent=1)


def _case(entry: ObjectionEntry | None) -> tuple[Part, ...]:
    return (Say(entry.case or "–", indent=1),) if entry else (Facts((Fact(_("Uraian"), None, 4),), indent=1),)


def _marks(entry: ObjectionEntry | None) -> tuple[Part, ...]:
    """What the officer notes about how and when it was brought."""
    if entry is None:
        return (Gap(0.3),)
    notes = [_("Disampaikan lisan dan ditulis oleh petugas.")] if entry.oral else []
    if entry.late:
        notes.append(_("Diajukan lewat 30 hari kerja (Pasal 36 ayat (1)); tetap dicatat."))
    return (Gap(0.3), *(Say(note, bold=True) for note in notes))


def _signatures(paper: ObjectionForm) -> Part:
    entry, signer = paper.entry, paper.issue.signer
    clear = _("(nama jelas)")
    name = (entry.proxy_name or entry.asker.name) if entry else clear
    day = place_and_day(paper.issue) if entry else _("......................, ..............................")
    officer = Signature(_("Petugas pelayanan informasi"), (signer.name if entry else "") or clear)
    return Signatures((officer, Signature(_("Pengaju keberatan"), name or clear, above=day)))


def receipt(paper: ObjectionReceipt) -> Letter:
    """Tanda terima keberatan."""
    issue, entry = paper.issue, paper.entry
    guess = "" if paper.certain else _(" (perkiraan: hari libur sampai hari itu belum ditetapkan)")
    parts: tuple[Part, ...] = (
        Title(_("TANDA TERIMA KEBERATAN"), _("Nomor registrasi {number}").format(number=entry.number)),
        Facts(
            (
                Fact(_("Diterima"), day_of(entry.received)),
                *identity(replace(entry.asker, proxy="")),
                *((Fact(_("Nama kuasa"), entry.proxy_name),) if entry.proxy_name else ()),
                Fact(_("Nomor pendaftaran permohonan"), entry.request_number),
                Fact(_("Alasan keberatan"), _named(entry.grounds)),
            )
        ),
        *_marks(entry),
        Rule(1),
        Facts((Fact(_("Ditanggapi paling lambat"), day_of(entry.answer_by) + guess),), bold=True),
        Say(
            _(
                "Keberatan ditanggapi oleh {superior} dalam 30 hari kerja sejak diterima (Pasal 36 ayat (2)). Bila "
                "tanggapannya tidak memuaskan, Anda dapat mengajukan sengketa kepada Komisi Informasi paling lambat "
                "14 hari kerja setelah menerima tanggapan tertulis (Pasal 37 ayat (2)). Keberatan dengan alasan huruf "
                "b sampai g dapat diselesaikan dengan musyawarah (Pasal 35 ayat (2))."
            ).format(superior=paper.superior)
        ),
        Signatures((signed(issue), Signature(_("Pengaju keberatan"), entry.proxy_name or entry.asker.name,
                                             above=place_and_day(issue))), STAMP),
    )  # fmt: skip
    copies = (_("Lembar untuk pengaju keberatan"), _("Lembar untuk arsip meja informasi"))
    return Letter(issue, _("Tanda terima keberatan"), parts, copies=copies)


def answer(paper: ObjectionAnswer) -> Letter:
    """Surat tanggapan atasan PPID."""
    issue, asker = paper.issue, paper.asker
    by = paper.carried_out_by
    until = _(", paling lambat {day}").format(day=day_of(paper.dispute_until)) if paper.dispute_until else ""
    heading = Say(_("Perintah kepada PPID"), bold=True, keep=True)
    orders: tuple[Part, ...] = (Gap(0.4), heading, Numbered(paper.orders, indent=0.5)) if paper.orders else ()
    parts: tuple[Part, ...] = (
        *opening(issue, _("Tanggapan atas keberatan"), asker.name, asker.address),
        Facts(
            (
                *identity(asker),
                Fact(_("Nomor registrasi keberatan"), paper.number),
                Fact(_("Keberatan diterima"), long_date(paper.received)),
                *asked(paper.request),
                Fact(_("Alasan keberatan"), _named(paper.grounds)),
            )
        ),
        Gap(0.4),
        Say(_("Atas keberatan itu, kami selaku atasan PPID memutuskan untuk:"), keep=True),
        Choices(tuple((text, code == paper.outcome) for code, text in OUTCOMES.items())),
        Facts((Fact(_("Keputusan"), paper.decision), Fact(_("Alasan"), paper.reasons)), bold=True),
        *orders,
        *((Say(_("Dilaksanakan paling lambat {day}.").format(day=day_of(by)), bold=True),) if by else ()),
        Gap(0.4),
        Say(
            _(
                "Tanggapan ini diberikan menurut Pasal 36 UU 14/2008. Bila tanggapan ini tidak memuaskan, Anda dapat "
                "mengajukan sengketa kepada Komisi Informasi dalam 14 hari kerja setelah menerimanya{until} (Pasal 37)."
            ).format(until=until)
        ),
        Signatures((signed(issue),), STAMP),
    )
    return Letter(issue, _("Tanggapan atas keberatan"), parts)


def agreement(paper: Agreement) -> Letter:
    """Berita acara musyawarah, signed by both sides and the superior."""
    issue = paper.issue
    by = paper.carried_out_by
    carried = (Facts((Fact(_("Dilaksanakan paling lambat"), day_of(by)),), bold=True),) if by else ()
    parts: tuple[Part, ...] = (
        Title(_("BERITA ACARA MUSYAWARAH"), numbered(issue), _("penyelesaian keberatan, Pasal 35 ayat (2) UU 14/2008")),
        Say(
            _("Pada hari {weekday} tanggal {day} di {place} kedua belah pihak bermusyawarah dan bersepakat.").format(
                weekday=WEEKDAYS[issue.day.weekday()], day=long_date(issue.day), place=paper.place
            )
        ),
        Gap(0.3),
        Facts(
            (
                *identity(paper.asker),
                Fact(_("Nomor registrasi keberatan"), paper.number),
                *asked(paper.request),
                Fact(_("Alasan keberatan"), _named(paper.grounds)),
                Fact(_("Yang dibicarakan"), paper.talked),
            )
        ),
        Gap(0.4),
        Say(_("Kesepakatan"), bold=True, keep=True),
        Numbered(paper.agreed, indent=0.5),
        *carried,
        Gap(0.3),
        Say(
            _(
                "Dengan kesepakatan ini keberatan selesai. Bila kesepakatan tidak dilaksanakan, pemohon dapat menempuh "
                "haknya menurut Pasal 36 dan 37."
            )
        ),
        _three(paper),
    )
    copies = (_("Lembar untuk pengaju keberatan"), _("Lembar untuk arsip meja informasi"))
    return Letter(issue, _("Berita acara musyawarah"), parts, copies=copies)


def _three(paper: Agreement) -> Signatures:
    """Both sides and the superior."""
    superior = paper.superior
    return Signatures(
        (
            Signature(_("Pemohon"), paper.asker.name),
            signed(paper.issue),
            Signature(superior.role, superior.name, superior.number, place_and_day(paper.issue)),
        )
    )
