"""Books as villages have them, and rows as they should never be."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

from desk.paper.book.records import (
    AnnualReport,
    Count,
    Cover,
    DipBook,
    DipEntry,
    DisputeLine,
    MonthLine,
    ObjectionBook,
    ObjectionRow,
    RequestBook,
    RequestRow,
)
from tests.paper.samples import NOTE, PRINTED, VILLAGE

COVER = Cover(
    VILLAGE, dt.date(2026, 1, 1), dt.date(2026, 12, 31), dt.date(2026, 11, 22), PRINTED, ppid="Sri Wahyuni", note=NOTE
)

NASTY = (
    "<b>RAB</b> &amp; (kurung) \\ %s {nama}",
    "atas\x00\x07\x1b \u202ebalik\u202c\u200b bawah",
    "salam \U0001f642 dari \ua9b2\ua98f\ua9a4 \u2192 \u20ac",
    "kata " * 2000,
    "tanpaspasi" * 1000,
    "=1+1",
    "",
    " \n\t ",
)


def request(number: int, **other: Any) -> RequestRow:
    """The request with this number; every field can be another."""
    row = RequestRow(
        number=f"{number:03d}/PI/A/2026",
        received=dt.date(2026, 1, 1) + dt.timedelta(days=number % 320),
        name=f"Warga {number}",
        address="Dusun Krajan RT 03/RW 01",
        contact=f"0812-3456-{number:04d}",
        occupation="Petani",
        sought="Salinan RAB jalan usaha tani beserta gambar teknisnya",
        purpose="Bahan musyawarah RT",
        held=True,
        soft=True,
        copy=True,
        decision="Dikabulkan",
        notified=dt.date(2026, 11, 20),
        handed=dt.date(2026, 11, 22),
        fee=Decimal(12500),
        payment="tunai",
    )
    return replace(row, **other)


def requests(count: int, **other: Any) -> RequestBook:
    """A register of so many requests."""
    return RequestBook(COVER, tuple(request(i, **other) for i in range(1, count + 1)))


def objections(count: int) -> ObjectionBook:
    """A register of so many objections."""
    rows = tuple(
        ObjectionRow(
            number=f"{i:03d}/KB/A/2026",
            received=dt.date(2026, 6, 1),
            identity=f"Warga {i}, kuasa: Ani",
            request_number=f"{i:03d}/PI/A/2026",
            sought="Salinan RAB jalan usaha tani",
            purpose="Bahan musyawarah RT",
            grounds="a, c",
            decision="Menguatkan sebagian",
            answered=dt.date(2026, 7, 3),
            superior="Sutrisno, Kepala Desa",
            response="Menerima",
        )
        for i in range(1, count + 1)
    )
    return ObjectionBook(COVER, rows)


def dip() -> DipBook:
    """A public list with three of the four classes filled."""
    titles = (
        ("periodic", "Peraturan Desa tentang APB Desa 2026"),
        ("periodic", "Laporan realisasi APB Desa semester I"),
        ("immediate", "Pengumuman bahaya banjir"),
        ("anytime", "Daftar perjanjian dengan pihak ketiga"),
    )
    entries = tuple(
        DipEntry(category, title, "Kaur Keuangan", "Sekretaris Desa", "Januari 2026, Contoh", "kertas", "5 tahun")
        for category, title in titles
    )
    return DipBook(VILLAGE, dt.date(2026, 11, 22), PRINTED, entries, "Sri Wahyuni", NOTE)


def report() -> AnnualReport:
    """The report of a year with eleven requests a month."""
    months = tuple(
        MonthLine(m, 11, 6, 2, 1, 1, 1, 1, Decimal("6.5"), Decimal(6), objections=1, disputes=m % 2)
        for m in range(1, 13)
    )
    return AnnualReport(
        village=VILLAGE,
        year=2026,
        as_of=dt.date(2026, 12, 31),
        printed_at=PRINTED,
        months=months,
        mean_days=Decimal("6.54"),
        median_days=Decimal(6),
        reasons=(Count("Pasal 17 huruf h", 9), Count("belum dikuasai", 3)),
        topics=(Count("APBDes dan keuangan desa", 100), Count("lainnya", 32)),
        dispute_lines=(DisputeLine("12/KI-JATIM/2026", "007/PI/A/2026", dt.date(2026, 5, 4), "mediasi", "sepakat"),),
        policy="Peraturan Desa Nomor 3 Tahun 2024 tentang keterbukaan informasi.\nMaklumat pelayanan dipasang.",
        service="Satu meja informasi, dua petugas, anggaran Rp 3.500.000.",
        internal="Petugas merangkap jabatan.",
        external="Sambungan internet sering putus.",
        recommendations="Tambah satu petugas.",
        follow_up="Pelatihan petugas pada Maret 2027.",
        ppid="Sri Wahyuni",
        note=NOTE,
    )
