"""Papers of what is not given: refusal, classification, written consideration and the list of blackened parts."""

from collections.abc import Iterator
from gettext import gettext as _

from desk.dates import long_date
from desk.paper.letters.frame import STAMP, Letter, identity, numbered, place_and_day, signed
from desk.paper.letters.notice import asked, day_of
from desk.paper.letters.parts import Fact, Facts, Gap, Grid, Numbered, Part, Rule, Say, Signatures, Title
from desk.paper.letters.records import (
    BlackenedList,
    Classification,
    Consideration,
    Refusal,
    RefusedItem,
    Signature,
)


def refusal(paper: Refusal) -> Letter:
    """Keputusan PPID tentang penolakan."""
    issue, several = paper.issue, len(paper.items) > 1
    title = Title(_("KEPUTUSAN PPID TENTANG PENOLAKAN PERMOHONAN INFORMASI"), numbered(issue))
    until = _(", paling lambat {day}").format(day=day_of(paper.objection_until)) if paper.objection_until else ""
    parts: tuple[Part, ...] = (
        title,
        Facts((*identity(paper.asker, occupation=True), *asked(paper.request))),
        Gap(0.4),
        Say(_("PPID memutuskan bahwa informasi di bawah ini adalah:"), keep=True),
        Gap(0.3),
        Say(_("INFORMASI YANG DIKECUALIKAN"), bold=True, middle=True, scale=1.2),
        *(part for i, item in enumerate(paper.items, 1) for part in _refused(item, i if several else 0)),
        Gap(0.3),
        Say(_("Karena itu PPID menyatakan:"), keep=True),
        Gap(0.3),
        Say(_("PERMOHONAN INFORMASI DITOLAK"), bold=True, middle=True, scale=1.2),
        Gap(0.4),
        Say(
            _(
                "Bila Anda keberatan atas penolakan ini, ajukan keberatan tertulis kepada {superior} dalam 30 hari "
                "kerja sejak keputusan ini Anda terima{until} (Pasal 35 ayat (1) huruf a dan Pasal 36 ayat (1) "
                "UU 14/2008)."
            ).format(superior=paper.superior, until=until)
        ),
        Signatures((signed(issue, dated=True),), STAMP),
    )
    return Letter(issue, _("Keputusan penolakan"), parts)


def _refused(item: RefusedItem, number: int) -> Iterator[Part]:
    yield Gap(0.3)
    label = _("Informasi {n}").format(n=number) if number else _("Informasi")
    facts = [
        Fact(label, item.information),
        Fact(_("Pengecualian berdasarkan"), "\n".join(item.basis)),
        Fact(_("Akibat bila dibuka"), item.if_open),
    ]
    if item.if_closed:
        facts.append(Fact(_("Akibat bila ditutup"), item.if_closed))
    if item.test:
        facts.append(Fact(_("Uji konsekuensi (Pasal 19)"), item.test))
    yield Facts(tuple(facts), bold=True)


def consideration(paper: Consideration) -> Letter:
    """Pertimbangan tertulis with the PPID's and the head's signature."""
    issue = paper.issue
    parts: tuple[Part, ...] = (
        Title(
            _("PERTIMBANGAN TERTULIS"),
            numbered(issue),
            _("Pasal 7 ayat (4) dan (5) UU 14/2008; Pasal 2 PP 61/2010"),
        ),
        Facts(asked(paper.request)),
        Gap(0.4),
        Say(_("Kebijakan yang diambil untuk memenuhi hak pemohon"), bold=True, keep=True),
        Say(paper.policy),
        Gap(0.4),
        *((Say(_("Dasar hukum"), bold=True, keep=True), Numbered(paper.basis), Gap(0.4)) if paper.basis else ()),
        Say(_("Pertimbangan"), bold=True, keep=True),
        Facts(tuple(Fact(kind, text) for kind, text in paper.grounds or ((_("Pertimbangan"), ""),)), indent=0.5),
        Gap(0.4),
        Say(
            _(
                "Pertimbangan ini ditetapkan oleh PPID atas persetujuan pimpinan badan publik dan dapat dibaca oleh "
                "setiap pemohon informasi."
            )
        ),
        _two(paper.approver, issue.signer, place_and_day(issue)),
    )
    return Letter(issue, _("Pertimbangan tertulis"), parts)


def _two(approver: Signature, ppid: Signature, day: str) -> Signatures:
    """The head agrees on the left, the PPID sets on the right."""
    agreed = Signature(approver.role, approver.name, approver.number, _("Menyetujui,"))
    return Signatures((agreed, Signature(ppid.role, ppid.name, ppid.number, day)), STAMP)


def classification(paper: Classification) -> Letter:
    """Surat penetapan klasifikasi, its six fields lettered as in the article."""
    issue, signer = paper.issue, paper.issue.signer
    ends = _("{period}, berakhir {day}").format(period=paper.period, day=long_date(paper.ends)) if paper.ends else ""
    under = _("mengubah {letter} (Pasal 10 PP 61/2010)").format(letter=paper.replaces) if paper.replaces else ""
    more = (
        (_("Dasar hukum"), "\n".join(paper.basis)), (_("Akibat bila dibuka"), paper.if_open),
        (_("Akibat bila ditutup"), paper.if_closed), (_("Uji konsekuensi"), paper.test),
    )  # fmt: skip
    further = tuple(Fact(label, text) for label, text in more if text)
    parts: tuple[Part, ...] = (
        Title(_("SURAT PENETAPAN KLASIFIKASI INFORMASI YANG DIKECUALIKAN"), numbered(issue), under),
        Say(_("Menurut Pasal 4 PP 61/2010 ditetapkan:")),
        Gap(0.3),
        Facts((Fact(_("Informasi"), paper.information),), bold=True),
        Gap(0.2),
        Facts(
            (
                Fact(_("a. Jenis klasifikasi"), paper.kind),
                Fact(_("b. PPID yang menetapkan"), " · ".join(filter(None, (signer.name, signer.role, signer.number)))),
                Fact(_("c. Badan publik dan unit kerja"), ", ".join(t for t in (paper.body, paper.unit) if t)),
                Fact(_("d. Jangka waktu pengecualian"), ends or paper.period),
                Fact(_("e. Alasan pengecualian"), paper.reason),
                Fact(_("f. Tempat dan tanggal penetapan"), place_and_day(issue)),
            )
        ),
        *((Rule(), Facts(further)) if further else ()),
        Gap(0.4),
        Say(
            _(
                "Paling lama 30 hari kerja sebelum jangka waktu berakhir, PPID menetapkan informasi ini terbuka. Bila "
                "tidak ditetapkan, informasi ini menjadi informasi publik pada saat jangka waktunya berakhir (Pasal 11 "
                "PP 61/2010)."
            ),
            scale=0.95,
        ),
        _two(paper.approver, signer, place_and_day(issue)),
    )
    return Letter(issue, _("Penetapan klasifikasi"), parts)


def blackened(paper: BlackenedList) -> Letter:
    """Daftar bagian yang dihitamkan."""
    issue = paper.issue
    rows = tuple(
        (str(i), part.document, part.place, part.what, "\n".join(t for t in (part.reason, part.basis) if t))
        for i, part in enumerate(paper.parts, 1)
    )
    heads = (_("No"), _("Dokumen"), _("Tempat"), _("Yang dihitamkan"), _("Alasan dan dasar"))
    parts: tuple[Part, ...] = (
        Title(_("DAFTAR BAGIAN YANG DIHITAMKAN"), numbered(issue), _("Pasal 22 ayat (7) huruf e UU 14/2008")),
        Facts((*identity(paper.asker), *asked(paper.request))),
        Gap(0.4),
        Say(
            _(
                "Dokumen di bawah ini diberikan. Bagian yang dikecualikan dihitamkan; bagian lainnya dapat dibaca "
                "utuh. Aslinya tetap disimpan."
            )
        ),
        Gap(0.4),
        Grid(heads, (0.06, 0.23, 0.16, 0.22, 0.33), rows),
        Say(
            _("Bila Anda tidak setuju, ajukan keberatan tertulis kepada {superior} (Pasal 35 dan 36).").format(
                superior=paper.superior
            ),
        ),
        Signatures((signed(issue, dated=True),), STAMP),
    )
    return Letter(issue, _("Daftar penghitaman"), parts)
