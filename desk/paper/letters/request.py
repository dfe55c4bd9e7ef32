"""Formulir permohonan informasi: blank or filled, with the requester's rights on its back."""

from collections.abc import Sequence
from gettext import gettext as _

from desk.dates import long_date
from desk.paper.letters.frame import Letter, numbered, place_and_day
from desk.paper.letters.parts import Choices, Fact, Facts, Gap, Numbered, Part, Rule, Say, Signatures, Title
from desk.paper.letters.records import RequestEntry, RequestForm, Signature

KINDS = {"person": _("perorangan"), "body": _("badan hukum"), "group": _("kelompok orang")}
ACCESS = {"view": _("melihat/membaca/mendengarkan/mencatat"), "copy": _("mendapatkan salinan informasi")}
COPY_FORMS = {"hard": _("salinan kertas (hardcopy)"), "soft": _("salinan berkas komputer (softcopy)")}
DELIVERIES = {
    "collect": _("mengambil langsung"), "courier": _("kurir"), "post": _("pos"),
    "fax": _("faksimili"), "email": _("surel (e-mail)"),
}  # fmt: skip

ROMAN = ("I.", "II.", "III.", "IV.", "V.", "VI.")


def letter(form: RequestForm) -> Letter:
    """The form in duplicate where it is filled; blank it is printed once, for the copier."""
    copies = (_("Lembar untuk pemohon"), _("Lembar untuk arsip meja informasi")) if form.entry else ("",)
    return Letter(form.issue, _("Formulir permohonan informasi"), _front(form), _back(form), copies)


def _front(form: RequestForm) -> tuple[Part, ...]:
    entry = form.entry
    number = numbered(form.issue) if entry is None else _("Nomor pendaftaran {number}").format(number=entry.number)
    hand = _("Nomor pendaftaran (diisi petugas) ......................")
    title = Title(_("FORMULIR PERMOHONAN INFORMASI"), hand if entry is None else number, _("dibuat rangkap dua"))
    return (
        title,
        *(_blank() if entry is None else _filled(entry)),
        Gap(0.3),
        Say(_("Cara memperoleh informasi"), bold=True, keep=True),
        Choices(_boxes(ACCESS, entry.access if entry else ""), across=2),
        Choices(_boxes(COPY_FORMS, entry.copy_form if entry else ""), across=2),
        Gap(0.3),
        Say(_("Cara mendapatkan salinan informasi"), bold=True, keep=True),
        Choices(_boxes(DELIVERIES, entry.delivery if entry else ""), across=3),
        Rule(),
        Say(_("Data pribadi Anda"), bold=True, scale=0.88, keep=True),
        Say(_privacy(form.kept), scale=0.88),
        _signatures(form),
    )


def _boxes(options: dict[str, str], crossed: str) -> tuple[tuple[str, bool], ...]:
    return tuple((text, code == crossed) for code, text in options.items())


def _blank() -> Sequence[Part]:
    return (
        Facts((Fact(_("Tanggal diterima (diisi petugas)"), None),)),
        Say(_("Pemohon"), bold=True, keep=True),
        Choices(_boxes(KINDS, ""), across=3),
        Facts(
            (
                Fact(_("Nama"), None),
                Fact(_("NIK, atau nomor keputusan badan hukum"), None),
                Fact(_("Alamat"), None, 2),
                Fact(_("Pekerjaan"), None),
                Fact(_("Telepon/e-mail"), None),
                Fact(_("Kuasa (nama, alamat, surat kuasa)"), None),
                Fact(_("Rincian informasi yang diminta"), None, 4),
                Fact(_("Tujuan penggunaan informasi"), None, 2),
                Fact(_("Surat yang dilampirkan"), None),
            )
        ),
    )


def _filled(entry: RequestEntry) -> Sequence[Part]:
    asker = entry.asker
    several = len(entry.details) > 1
    first = "" if several else "\n".join(entry.details)
    counted = _("{n} permintaan").format(n=len(entry.details))
    sought = Fact(_("Rincian informasi yang diminta"), counted if several else first)
    return (
        Facts((Fact(_("Tanggal diterima"), long_date(entry.received)),)),
        Say(_("Pemohon"), bold=True, keep=True),
        Choices(_boxes(KINDS, asker.kind), across=3),
        Facts(
            (
                Fact(_("Nama"), asker.name),
                Fact(_("NIK, atau nomor keputusan badan hukum"), asker.identity),
                Fact(_("Alamat"), asker.address),
                Fact(_("Pekerjaan"), asker.occupation),
                Fact(_("Telepon/e-mail"), asker.contact),
                Fact(_("Kuasa (nama, alamat, surat kuasa)"), asker.proxy),
                sought,
            )
        ),
        *((Numbered(entry.details, indent=1.5),) if several else ()),
        Facts(
            (
                Fact(_("Tujuan penggunaan informasi"), entry.purpose),
                Fact(_("Surat yang dilampirkan"), "; ".join(entry.enclosed)),
            )
        ),
    )


def _privacy(kept: str) -> str:
    """The purpose notice of UU 27/2022; the term is the village's own, so no article is named for it."""
    unsaid = _("Lama penyimpanannya dapat Anda tanyakan di sini.")
    term = _("Data disimpan {kept}.").format(kept=kept) if kept else unsaid
    return " ".join(
        (
            _(
                "Nama, alamat, nomor identitas, dan kontak Anda dipakai hanya untuk mencatat permohonan ini, "
                "menjawabnya, dan mengirimkan jawabannya, karena undang-undang mewajibkan kami mencatatnya "
                "(UU 14/2008 Pasal 22 ayat (2); UU 27/2022 Pasal 20). Data tidak diumumkan dan tidak diberikan "
                "kepada pihak lain kecuali undang-undang mewajibkannya."
            ),
            term,
            _(
                "Anda berhak melihat data Anda dan meminta data yang keliru dibetulkan, masing-masing paling lambat "
                "3 × 24 jam (Pasal 32 dan 30), serta meminta data dihapus bila tidak diperlukan lagi (Pasal 43)."
            ),
        )
    )


def _signatures(form: RequestForm) -> Part:
    entry, signer = form.entry, form.issue.signer
    day = place_and_day(form.issue) if entry else _("......................, ..............................")
    name = (entry.asker.name if entry else "") or _("(nama jelas)")
    officer = signer.name if entry and signer.name else _("(nama jelas)")
    return Signatures(
        (
            Signature(_("Petugas pelayanan informasi"), officer, signer.number if entry else ""),
            Signature(_("Pemohon informasi"), name, above=day),
        )
    )


def _back(form: RequestForm) -> tuple[Part, ...]:
    return (
        Title(_("HAK-HAK PEMOHON INFORMASI"), under=_("menurut UU 14/2008 tentang Keterbukaan Informasi Publik")),
        Numbered(tuple(text.format(superior=form.superior) for text in RIGHTS), ROMAN),
        Gap(0.5),
        Rule(),
        Say(
            _(
                "Kewajiban Anda: memakai informasi sesuai peraturan dan mencantumkan dari mana informasi itu "
                "diperoleh (Pasal 5). Bila ada yang belum jelas, tanyakan kepada petugas meja informasi."
            )
        ),
    )


RIGHTS = (
    _(
        "Sebagai warga negara atau badan hukum Indonesia Anda berhak melihat, mengetahui, dan mendapat salinan "
        "informasi publik, dengan menyebutkan alasan permintaan (Pasal 1 angka 12 dan Pasal 4). Yang tidak dapat "
        "diberikan hanya: (a) informasi yang dikecualikan, yaitu yang bila dibuka dapat menghambat penegakan hukum; "
        "mengganggu perlindungan hak atas kekayaan intelektual dan persaingan usaha yang sehat; membahayakan "
        "pertahanan dan keamanan negara; mengungkapkan kekayaan alam Indonesia; merugikan ketahanan ekonomi nasional; "
        "merugikan hubungan luar negeri; mengungkapkan isi akta pribadi dan wasiat; mengungkapkan rahasia pribadi; "
        "surat-surat di dalam atau antarbadan publik yang menurut sifatnya dirahasiakan; atau yang tidak boleh "
        "diungkapkan menurut undang-undang (Pasal 17); dan (b) informasi yang belum dikuasai atau belum "
        "didokumentasikan (Pasal 6 ayat (3) huruf e)."
    ),
    _(
        "Anda boleh meminta secara tertulis atau lisan; permintaan lisan dicatat oleh petugas (Pasal 22 ayat (1) "
        "dan (3)). Pastikan Anda mendapat tanda bukti berupa nomor pendaftaran: saat itu juga bila Anda datang "
        "sendiri atau mengirim surel; bila lewat surat, nomor itu dapat dikirim bersama jawabannya "
        "(Pasal 22 ayat (4) sampai (6))."
    ),
    _(
        "Anda mendapat pemberitahuan tertulis paling lambat 10 hari kerja sejak permintaan diterima. Waktu itu "
        "dapat diperpanjang paling lambat 7 hari kerja berikutnya, dengan alasan tertulis. Isinya: informasi itu "
        "dikuasai atau tidak, dan siapa yang menguasainya bila diketahui; diterima atau ditolak beserta alasannya; "
        "materi yang diberikan; bagian yang dihitamkan beserta alasannya; cara penyampaian dan bentuknya; serta "
        "biaya dan cara membayarnya (Pasal 22 ayat (7) dan (8))."
    ),
    _(
        "Informasi diberikan secara cepat, tepat waktu, dan dengan biaya ringan (Pasal 21). Biaya dan cara "
        "membayarnya diberitahukan secara tertulis (Pasal 22 ayat (7) huruf g); biaya yang tidak wajar "
        "dapat Anda keberatani (Pasal 35 ayat (1) huruf f)."
    ),
    _(
        "Anda dapat mengajukan keberatan tertulis kepada {superior} bila permintaan ditolak karena "
        "dikecualikan, informasi berkala tidak disediakan, permintaan tidak ditanggapi, ditanggapi tidak sebagaimana "
        "diminta, tidak dipenuhi, biayanya tidak wajar, atau jawabannya terlambat (Pasal 35). Keberatan diajukan "
        "paling lambat 30 hari kerja setelah alasan itu ditemukan, dan ditanggapi paling lambat 30 hari kerja sejak "
        "diterima secara tertulis (Pasal 36)."
    ),
    _(
        "Bila tanggapan atas keberatan tidak memuaskan, Anda dapat mengajukan sengketa kepada Komisi Informasi "
        "paling lambat 14 hari kerja setelah menerima tanggapan tertulis itu (Pasal 37). Komisi Informasi mulai "
        "mengupayakan penyelesaiannya paling lambat 14 hari kerja setelah menerima permohonan Anda, dan paling "
        "lambat selesai dalam 100 hari kerja (Pasal 38)."
    ),
)
"""After UU 14/2008, in plain words; the numbers are those of the annex's back side."""
