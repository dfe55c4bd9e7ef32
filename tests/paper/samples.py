"""Posters and receipts as villages have them, and as they should never be: long names, huge sums, nothing filled in."""

import datetime as dt
import random
from dataclasses import replace
from decimal import Decimal

from desk.dates import WIB
from desk.money import rupiah
from desk.paper.records import (
    ApbdesPoster,
    BudgetItem,
    BudgetPart,
    Figures,
    ProjectLine,
    ProjectPoster,
    Receipt,
    VillageHead,
)
from desk.workdays import calendar, due

PHONE = "0812-3456-7890"
NOTE = "CONTOH: nama, nomor dan kegiatan tidak nyata; angka APBDes Belantih 2022"
PRINTED = dt.datetime(2026, 11, 22, 9, 15, tzinfo=WIB)

VILLAGE = VillageHead(
    place="Desa Contoh",
    district="Sumberrejo",
    regency="Bojonegoro",
    address="Jalan Raya Contoh Nomor 1",
    complaints="Kantor Desa Contoh, Senin–Jumat 08.00–15.00; www.lapor.go.id",
    head_title="Kepala Desa",
    head_name="Sutrisno",
    phone=PHONE,
)

LONG_VILLAGE = replace(
    VILLAGE,
    place="Desa Sumbersari Wonosalam Lor",
    district="Kedungadem Selatan",
    regency="Bojonegoro",
    address="Jalan Raya Sumbersari Wonosalam Lor Kilometer 17, di sebelah barat lapangan dan pasar desa",
    head_title="Pj. Kepala Desa",
    head_name="Prof. Dr. Ir. H. Raden Mas Abdurrahman Wijayakusuma Notonegoro, S.Sos., S.H., M.Si., M.M.",
)

KELURAHAN = replace(VILLAGE, place="Kelurahan Kadipaten", district="Bojonegoro", head_title="Lurah")


def _figures(amount: str | None, before: str | None = None, realised: str | None = None) -> Figures:
    return Figures(*(Decimal(text) if text is not None else None for text in (amount, before, realised)))


REVENUE = (
    ("Pendapatan Asli Desa", "8075000", "11600000", False),
    ("Hasil Usaha Desa", "8075000", "11600000", True),
    ("Pendapatan Transfer", "2350765000", "2350765000", False),
    ("Dana Desa", "952269000", "952269000", True),
    ("Bagi Hasil Pajak dan Retribusi", "98738000", "98738000", True),
    ("Alokasi Dana Desa", "1057758000", "1057758000", True),
    ("Bantuan Keuangan Provinsi", "138000000", "138000000", True),
    ("Bantuan Keuangan Kabupaten/Kota", "104000000", "104000000", True),
    ("Pendapatan Lain-lain", "6479296", "6250419", False),
    ("Bunga Bank", "5000000", "4771123", True),
    ("Lain-lain Pendapatan Desa yang Sah", "1479296", "1479296", True),
)
EXPENDITURE = (
    ("Bidang Penyelenggaraan Pemerintahan Desa", "1205345194", "1144903559", False),
    ("Bidang Pelaksanaan Pembangunan Desa", "356286000", "312174000", False),
    ("Bidang Pembinaan Kemasyarakatan", "305352870", "301406086", False),
    ("Bidang Pemberdayaan Masyarakat", "253789000", "253789000", False),
    ("Bidang Penanggulangan Bencana, Darurat dan Mendesak Desa", "419756520", "408009000", False),
)
FINANCING = (
    ("Penerimaan Pembiayaan", "175210288", "175210288", False),
    ("Pengeluaran Pembiayaan", "0", "0", False),
)


def apbdes(
    *, realised: bool = False, before: bool = False, times: str = "1", village: VillageHead = VILLAGE
) -> ApbdesPoster:
    """The budget Belantih published for 2022, every amount multiplied by `times`."""

    def times_(text: str, real: str | None = None) -> Figures:
        amount = Decimal(text) * Decimal(times)
        now = Decimal(real) * Decimal(times) if realised and real is not None else None
        return Figures(amount, amount - Decimal(1500) if before else None, now)

    def part(name: str, gloss: str, total: tuple[str, str], rows: tuple[tuple[str, str, str, bool], ...]) -> BudgetPart:
        items = tuple(BudgetItem(title, times_(amount, real), detail) for title, amount, real, detail in rows)
        return BudgetPart(name, gloss, times_(*total), items)

    return ApbdesPoster(
        village=village,
        year=2026,
        revenue=part("PENDAPATAN", "dari mana uangnya", ("2365319296", "2368615419"), REVENUE),
        expenditure=part("BELANJA", "untuk apa dipakai", ("2540529584", "2420281645"), EXPENDITURE),
        financing=part("PEMBIAYAAN", "penutup selisih", ("175210288", "175210288"), FINANCING),
        surplus=times_("-175210288", "-51666226"),
        balance=times_("0", "123544062"),
        printed_at=PRINTED,
        legal_basis="Peraturan Desa Nomor 7 Tahun 2025 tanggal 30 Desember 2025",
        executors="TPK Desa Contoh (Budi Santoso); Kaur Umum; Kasi Pelayanan",
        note=NOTE,
    )


def printed_amounts(poster: ApbdesPoster) -> dict[str, Decimal]:
    """Every amount of a budget poster by the text it must stand there with."""
    known = [a for f in poster.every_figure for a in (f.amount, f.before, f.realised) if a is not None]
    return {rupiah(amount).replace("\u00a0", " "): amount for amount in known}


NAMES = (
    "Rabat beton jalan lingkungan",
    "Pembangunan saluran drainase",
    "Rehabilitasi gedung posyandu",
    "Pengadaan lampu jalan tenaga surya",
    "Pelatihan kader kesehatan dan pencegahan stunting",
    "Penyelenggaraan PAUD/TK/TPA/TKA/TPQ/Madrasah Nonformal Milik Desa",
    "Bantuan bibit padi dan pupuk organik kelompok tani",
)


def projects(count: int, *, long_names: bool = False, village: VillageHead = VILLAGE) -> ProjectPoster:
    """A list of so many activities, the same ones every time, the largest amount first."""
    dice = random.Random(count)
    lines = [_project(dice, i, long_names) for i in range(count)]
    return ProjectPoster(
        village=village,
        year=2026,
        projects=tuple(sorted(lines, key=lambda line: -(line.cost or 0))),
        printed_at=PRINTED,
        legal_basis="Peraturan Desa Nomor 7 Tahun 2025 tanggal 30 Desember 2025",
        note=NOTE,
    )


def _project(dice: random.Random, number: int, long_names: bool) -> ProjectLine:
    name = f"{dice.choice(NAMES)} paket {number + 1}"
    if long_names and number % 3 == 0:
        name += " " + " dan ".join(dice.choice(NAMES).lower() for _ in range(5))
    return ProjectLine(
        name=name,
        place=f"Dusun {dice.choice(('Krajan', 'Sumberjo'))} RT 0{dice.randint(1, 9)}/RW 0{dice.randint(1, 4)}",
        volume=dice.choice(("120 m × 3 m", "1 unit", "12 titik", "350 m²", "")),
        cost=Decimal(dice.randint(3_000_000, 240_000_000)) if number % 11 else None,
        fund_source=dice.choice(("Dana Desa", "Alokasi Dana Desa", "Bantuan Keuangan Kabupaten", "")),
        executor=dice.choice(("TPK Desa (Budi Santoso)", "Kasi Kesejahteraan", "CV Contoh Jaya", "")),
        responsible="Kasi Kesejahteraan" if long_names else "",
        starts=dt.date(2026, dice.randint(1, 6), dice.randint(1, 28)) if number % 7 else None,
        ends=dt.date(2026, dice.randint(7, 12), dice.randint(1, 28)) if number % 5 else None,
        percent=dice.choice((0, 10, 45, 80, 100, None)),
    )


def receipt(
    received: dt.date = dt.date(2026, 11, 22), details: str = "Salinan RAB jalan usaha tani tahun 2026"
) -> Receipt:
    """The receipt of an invented request."""
    term = due(received, 10, calendar())
    return Receipt(
        village=VILLAGE,
        number="007/PI/A/2026",
        received=received,
        name="Siti Aminah",
        address="Dusun Krajan RT 03/RW 01",
        occupation="Petani",
        contact="0813-1111-2222",
        details=details,
        purpose="Bahan musyawarah RT",
        obtain="mendapat salinan (kertas)",
        delivery="mengambil langsung",
        due=term.date,
        due_certain=term.certain,
        days=term.days,
        printed_at=PRINTED,
        ppid="Sri Wahyuni",
        officer="Petugas",
        note=NOTE,
    )


LONG_NAME = (
    "Penyelenggaraan Belanja Siltap, Tunjangan dan Operasional Pemerintahan Desa serta Penyediaan Jaminan Sosial "
)
"""What budgets call their lines, and as long as files let them."""


def _long(name: str) -> str:
    """A name of 120 characters that ends as the short one does."""
    return (LONG_NAME + LONG_NAME)[: 119 - len(name)].rstrip() + " " + name


def very_long(poster: ApbdesPoster) -> ApbdesPoster:
    """The same budget with lines of 120 characters."""
    parts = {
        key: replace(part, items=tuple(replace(item, name=_long(item.name)) for item in part.items))
        for key, part in zip(("revenue", "expenditure", "financing"), poster.parts, strict=True)
    }
    return replace(poster, **parts)


def very_long_list(poster: ProjectPoster) -> ProjectPoster:
    """The same list with names of 120 characters and amounts of twelve digits."""
    lines = (replace(p, name=_long(p.name), cost=p.cost and p.cost + 900_000_000_000) for p in poster.projects)
    return replace(poster, projects=tuple(lines))
