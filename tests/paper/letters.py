"""One invented letter of every kind, as a village would print it."""

import datetime as dt
from dataclasses import fields, is_dataclass, replace
from decimal import Decimal

from desk.dates import WIB, long_date
from desk.paper.letters import records as r
from desk.paper.letters import slips as s
from desk.paper.letters.press import Paper
from tests.paper.samples import NOTE, PRINTED, VILLAGE

PPID = r.Signature("PPID Desa Contoh", "Sri Wahyuni", "NIPD 3522170003")
HEAD = r.Signature("Kepala Desa Contoh", "Sutrisno")
DAY = dt.date(2026, 11, 23)
SUPERIOR = "Kepala Desa Contoh selaku atasan PPID"


def issue(number: str = "470/031/PPID/XI/2026", signer: r.Signature = PPID) -> r.Issue:
    """A letter of the Monday after the first request."""
    return r.Issue(VILLAGE, number, DAY, signer, PRINTED, NOTE)


ASKER = r.Asker(
    name="Siti Aminah",
    address="Dusun Krajan RT 03/RW 01, Desa Contoh",
    occupation="Petani",
    contact="0813-1111-2222",
    kind="person",
    identity="3522170101800001",
    proxy="Budi Santoso, Dusun Sumberjo RT 02/RW 04, surat kuasa 20 November 2026",
)
ASKED = r.Asked("007/PI/A/2026", dt.date(2026, 11, 20), "Salinan RAB jalan usaha tani tahun 2026")
ENTRY = r.RequestEntry(
    number="007/PI/A/2026",
    received=dt.date(2026, 11, 20),
    asker=ASKER,
    details=("Salinan RAB jalan usaha tani tahun 2026", "Daftar penerima BLT Dana Desa tahun 2026"),
    purpose="Bahan musyawarah RT",
    access="copy",
    copy_form="hard",
    delivery="collect",
    enclosed=("salinan KTP", "surat kuasa khusus"),
)
GIVEN = r.ItemNotice(
    asked="Salinan RAB jalan usaha tani tahun 2026",
    decision="partly",
    material="RAB lengkap, 12 halaman",
    forms=frozenset({"hard"}),
    costs=r.Costs(Decimal(500), 12, Decimal(9000), Decimal(2500), "map", "tunai di meja informasi"),
    ready_days=2,
    ready=dt.date(2026, 11, 25),
    blackened="Nomor rekening pemasok pada halaman 3, Pasal 17 huruf h angka 3",
)
NOT_HELD = r.ItemNotice(
    asked="Sertifikat tanah jalan kabupaten",
    decision="not_held",
    holder="Dinas Pekerjaan Umum Kabupaten Bojonegoro",
    reason="Jalan itu aset kabupaten",
)
NOT_YET = r.ItemNotice(
    asked="Laporan realisasi bulan November 2026",
    decision="not_documented",
    reason="Pembukuan bulan ini belum ditutup",
    ready=dt.date(2026, 12, 10),
)
REFUSED = r.ItemNotice(
    asked="Daftar penyakit warga penerima bantuan",
    decision="refused",
    reason="Pasal 17 huruf h angka 2, Keputusan 470/032/PPID/XI/2026",
)
REFUSED_ITEM = r.RefusedItem(
    information="Daftar penyakit warga penerima bantuan",
    basis=("Pasal 17 huruf h angka 2 UU 14/2008", "Pasal 4 ayat (2) UU 27/2022"),
    if_open="Riwayat kesehatan warga diketahui orang lain dan dapat dipakai merugikan mereka",
    if_closed="Bantuan tetap dapat diawasi dari jumlah penerima dan besar anggarannya",
    test="Nomor 470/030/UK/XI/2026 tanggal 21 November 2026",
)
OBJECTION = s.ObjectionEntry(
    number="002/KB/A/2026",
    received=DAY,
    request_number="007/PI/A/2026",
    purpose="Bahan musyawarah RT",
    asker=ASKER,
    grounds=frozenset({"c", "g"}),
    case="Permohonan tanggal 2 November 2026 tidak dijawab sampai hari ini.",
    answer_by=dt.date(2027, 1, 8),
    proxy_name="Budi Santoso",
    proxy_address="Dusun Sumberjo RT 02/RW 04",
    proxy_contact="budi@contoh.desa.id",
    oral=True,
    late=True,
)

NOTICE = r.WrittenNotice(
    issue(), ASKER, replace(ASKED, details=GIVEN.asked), (GIVEN,), "mengambil langsung", dt.date(2027, 1, 8)
)
KNOWN = dt.datetime(2026, 11, 22, 8, 30, tzinfo=WIB)

LETTERS: dict[str, Paper] = {
    "form": r.RequestForm(issue(signer=r.Signature("Petugas", "Dewi Lestari")), ENTRY, SUPERIOR, "5 tahun"),
    "form-blank": r.RequestForm(issue("")),
    "missing": r.MissingParts(
        issue(), ASKER, DAY, ASKED.details, ("salinan KTP", "surat kuasa khusus bermeterai"), 3,
        dt.date(2026, 11, 26), "Peraturan Kepala Desa Nomor 4 Tahun 2026",
    ),
    "notice-a": NOTICE,
    "notice-b": replace(NOTICE, items=(NOT_HELD,)),
    "notice-items": replace(NOTICE, items=(GIVEN, NOT_HELD, NOT_YET, REFUSED)),
    "extension": r.Extension(
        issue(), ASKER, ASKED, frozenset({"not_documented"}), "Berkas RAB masih disusun pelaksana kegiatan",
        dt.date(2026, 12, 4), dt.date(2026, 12, 15), certain=False,
    ),
    "changed-due": s.ChangedDue(
        issue(), ASKER, ASKED, dt.date(2026, 12, 4), dt.date(2026, 12, 7),
        "Cuti bersama ditetapkan pada 3 Desember 2026",
    ),
    "refusal": r.Refusal(issue(), ASKER, ASKED, (REFUSED_ITEM,), SUPERIOR, dt.date(2027, 1, 8)),
    "consideration": r.Consideration(
        issue(), HEAD, ASKED, "Memberikan RAB dan menghitamkan nomor rekening pemasok",
        (
            ("Sosial", "Warga dapat mengawasi pekerjaan jalan"),
            ("Ekonomi", "Harga satuan sudah diumumkan dalam APB Desa"),
            ("Politik", "Tidak ada"),
            ("Budaya", "Sesuai kebiasaan musyawarah dusun"),
            ("Pertahanan dan keamanan negara", "Tidak menyangkut"),
        ),
        ("Pasal 7 ayat (4) UU 14/2008", "Pasal 17 huruf h angka 3 UU 14/2008"),
    ),
    "classification": r.Classification(
        issue(), HEAD, "Data kesehatan warga penerima bantuan", "Rahasia pribadi (Pasal 17 huruf h angka 2)",
        "Pemerintah Desa Contoh", "Sekretariat Desa", "Selama diperlukan untuk melindungi pemilik data",
        "Mengungkap riwayat kesehatan perorangan", ("Pasal 17 huruf h UU 14/2008",), dt.date(2031, 11, 23),
        REFUSED_ITEM.if_open, REFUSED_ITEM.if_closed, REFUSED_ITEM.test, "470/011/PPID/II/2025",
    ),
    "blackened": r.BlackenedList(
        issue(), ASKER, ASKED,
        (
            r.BlackenedPart("RAB jalan usaha tani", "halaman 3, baris 4", "Nomor rekening pemasok",
                            "Keterangan keuangan perorangan", "Pasal 17 huruf h angka 3 UU 14/2008"),
            r.BlackenedPart("Daftar hadir musyawarah", "kolom 5", "NIK warga",
                            "Data pribadi yang tidak diperlukan", "Pasal 17 huruf j UU 14/2008; UU 23/2006 Pasal 84"),
        ),
        SUPERIOR,
    ),
    "handover": s.Handover(
        issue(), ASKER, ASKED, (s.GivenItem("RAB jalan usaha tani tahun 2026", "kertas", "12 lembar"),),
        "diambil langsung di kantor desa", "Budi Santoso", Decimal(17500), "tunai",
    ),
    "payment": s.Payment(issue(), ASKER, ASKED, GIVEN.costs, DAY),
    "withdrawal": s.Withdrawal(issue(), ASKER, ASKED, DAY, "Sudah melihat di papan informasi"),
    "void": s.VoidSlip(issue(), ASKED, "Tercatat dua kali", "Dewi Lestari", "Sri Wahyuni", "008/PI/A/2026"),
    "holder-note": s.HolderNote(
        issue(), "Kasi Kesejahteraan", ASKED, ENTRY.details, dt.date(2026, 11, 27), dt.date(2026, 12, 4),
        "Sertakan gambar rencana",
    ),
    "objection": s.ObjectionForm(issue(), OBJECTION, SUPERIOR),
    "objection-blank": s.ObjectionForm(issue("")),
    "objection-receipt": s.ObjectionReceipt(issue(), OBJECTION, SUPERIOR, certain=False),
    "answer": s.ObjectionAnswer(
        issue(signer=HEAD), ASKER, OBJECTION.number, DAY, ASKED, frozenset({"a", "d"}), "upheld",
        "Keputusan PPID tetap berlaku", "Data kesehatan adalah rahasia pribadi dan pemiliknya tidak memberi izin",
        ("Memberikan jumlah penerima per dusun",), dt.date(2026, 12, 1), dt.date(2026, 12, 14),
    ),
    "agreement": s.Agreement(
        issue(), ASKER, HEAD, OBJECTION.number, ASKED, frozenset({"c", "f"}), "Balai Desa Contoh",
        "Keterlambatan jawaban dan biaya salinan", ("Salinan diberikan tanpa biaya", "Jawaban diserahkan hari ini"),
        dt.date(2026, 11, 30),
    ),
    "breach": s.BreachNotice(
        issue(signer=HEAD), "Siti Aminah", ASKER.address, KNOWN, KNOWN + dt.timedelta(hours=72),
        ("nama dan alamat", "nomor telepon"), "Antara 20 dan 21 November 2026",
        "Buku register dibawa keluar kantor tanpa izin", ("Buku ditemukan dan dikunci", "Kejadian dilaporkan ke camat"),
        ("Waspadai telepon yang mengaku dari desa",), "Sri Wahyuni, 0812-3456-7890", "Baru diketahui pada hari libur",
    ),
}  # fmt: skip


CODES = {"decision", "outcome", "kind", "access", "copy_form", "delivery", "grounds", "forms"}
"""Fields that hold one of a few codes, never a person's words; elsewhere some of these names hold words."""


def spoilt(paper: Paper, text: str, *, only: frozenset[str] = frozenset()) -> Paper:
    """The same letter with what a person can type replaced, in all fields or only in those named."""
    return _spoilt(paper, text, only, "")


def _spoilt(value, text, only, name):
    if is_dataclass(value):
        return replace(value, **{f.name: _spoilt(getattr(value, f.name), text, only, f.name) for f in fields(value)})
    if isinstance(value, tuple):
        return tuple(_spoilt(part, text, only, name) for part in value)
    free = name in only if only else name not in CODES
    return text if isinstance(value, str) and free else value


def typed(value: object, name: str = "") -> list[str]:
    """Every text and date of a record, but codes and the sheet's own notes."""
    if isinstance(value, r.Issue):
        return [value.number, value.note, value.signer.name, value.village.address]
    if is_dataclass(value):
        return [text for f in fields(value) for text in typed(getattr(value, f.name), f.name)]
    if isinstance(value, tuple):
        return [text for part in value for text in typed(part, name)]
    if isinstance(value, dt.date):
        return [long_date(value)]
    return [value] if isinstance(value, str) and name not in CODES else []
