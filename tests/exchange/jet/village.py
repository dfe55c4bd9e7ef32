"""An invented village as Siskeudes V2 is said to keep it, its sums known by construction; every name in it is made up.

Decided (posting 2): revenue 1.210.000.000,50; expenditure 1.240.000.000,50; receipts 50 million; payments 20 million.
Amended (posting 3): 13 million move from cement (activity 2.3.10) to paint (2.2.02); all sums stay.
"""

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from desk.exchange.access.cells import DATE, DOUBLE, OLE
from desk.exchange.access.whitelist import DAYS, NUMBERS
from tests.exchange.jet.writer import Column, Made, jet_file

REVENUE, SPENDING = Decimal("1210000000.50"), Decimal("1240000000.50")
RECEIPTS, PAYMENTS = Decimal(50_000_000), Decimal(20_000_000)
RECEIVED = Decimal(420_000_000)
"""Two receipts; the interest of the bank (125.000,75) has no budget."""
INTEREST = Decimal("125000.75")
SPENT = Decimal("156000000.25")
"""10,5 million of pay, 100 million of health posts, and of an advance of 50 million the 45.500.000,25 accounted for."""
LAST_DAY = dt.date(2026, 6, 30)

Row = dict[str, Any]

# activity, account, sub-item, number, fund, words, volume, unit, price; then volume and price as amended, if at all
PLAN: tuple[tuple[Any, ...], ...] = (
    ("00.00.", "4.1.1.01.", "", "01", "PAD", "Bagi hasil BUM Desa – Maju", 1, "Tahun", 10_000_000.50),
    ("00.00.", "4.2.1.01.", "", "01", "DDS", "Dana Desa", 1, "Tahun", 800_000_000),
    ("00.00.", "4.2.3.01.", "", "01", "ADD", "Alokasi Dana Desa", 1, "Tahun", 400_000_000),
    ("01.01.01.", "5.1.1.01.", "01", "01", "ADD", "Penghasilan tetap kepala desa", 12, "OB", 3_000_000),
    ("01.01.01.", "5.1.1.01.", "01", "02", "ADD", "Tunjangan kepala desa", 12, "OB", 500_000),
    ("02.03.10.", "5.3.5.03.", "01", "01", "DDS", "Semen 40 kg", 1_200, "Zak", 65_000, 1_000, 65_000),
    ("02.03.10.", "5.3.5.03.", "01", "02", "DDS", "Pasir", 600, "m³", 120_000),
    ("02.03.10.", "5.3.5.03.", "02", "01", "DDS", "Semen 40 kg", 400, "Zak", 65_000),
    ("02.03.10.", "5.3.5.03.", "02", "02", "ADD", "Batu belah", 100, "m³", 250_000),
    ("02.02.02.", "5.2.1.01.", "01", "01", "DDS", "Alat tulis dan makanan tambahan", 1, "Paket", 889_000_000.50),
    ("05.03.00.", "5.4.1.01.", "01", "01", "DDS", "BLT Desa", 360, "KPM", 300_000),
    ("00.00.", "6.1.1.01.", "", "01", "DDS", "SiLPA tahun sebelumnya", 1, "Tahun", 50_000_000),
    ("00.00.", "6.2.2.01.", "", "01", "DDS", "Penyertaan modal BUM Desa", 1, "Tahun", 20_000_000),
)  # fmt: skip
NEW_IN_AMENDMENT = ("02.02.02.", "5.2.1.01.", "01", "02", "DDS", "Cat dinding", 130, "Galon", 100_000)
DATED = dt.datetime(2025, 12, 29), dt.datetime(2026, 7, 13)


def tables(
    village: str = "24.2005.", name: str = "Sumberasri", year: str = "2026", postings: Iterable[int] = (1, 2, 3)
) -> dict[str, list[Row]]:
    """Every row of a village's year, by table."""
    place = {"Tahun": year, "Kd_Desa": village}
    made: dict[str, list[Row]] = {"Ref_Version": [{"Versi": "V2.0 R2.0.6"}], **_books(place, village)}
    made["Ta_Pemda"] = [{"Tahun": year, "Kd_Prov": "35", "Kd_Kab": "22", "Logo": b'BM\x00\x01\xff\n\r,"' * 40}]
    made["Ref_Kecamatan"] = [{"Kd_Kec": "24.", "Nama_Kecamatan": "Contoh"}]
    made["Ref_Desa"] = [{"Kd_Kec": "24.", "Kd_Desa": village, "Nama_Desa": name}]
    made["Ref_Sumber"] = [
        {"Kode": k, "Nama_Sumber": n} for k, n in (("DDS", "Dana Desa"), ("ADD", "Alokasi Dana Desa"))
    ]
    made["Ref_Rek4"] = [{"Jenis": "5.3.5.", "Obyek": "5.3.5.03.", "Nama_Obyek": "Bahan Baku Jalan"}]
    made["Ta_Desa"] = [place | {"No_Perdes": "5 Tahun 2025", "Tgl_Perdes": DATED[0], "Nm_Kades": "Nama Orang"}]
    if 3 in postings:
        made["Ta_Desa"][0] |= {"No_Perdes_PB": "3 Tahun 2026", "Tgl_Perdes_PB": DATED[1]}
    made["Ta_Kegiatan"] = [
        place | {"Kd_Keg": f"{village}02.03.10.", "ID_Keg": "02.03.10.", "Nama_Kegiatan": "Rabat beton jalan"}
    ]
    made["Ta_RABSub"] = [
        place | {"Kd_Keg": f"{village}02.03.10.", "Kd_Rincian": "5.3.5.03.", "Kd_SubRinci": sub, "Nama_SubRinci": road}
        for sub, road in (("01", "Jalan Krajan"), ("02", "Jalan Sawah"))
    ]
    made["Ta_RABRinci"] = [_line(place, village, row, 3 in postings) for row in _rows(3 in postings)]
    made["Ta_AnggaranRinci"], made["Ta_Anggaran"], made["Ta_AnggaranLog"] = [], [], []
    for number in postings:
        lines = [_line(place, village, row, number == 3) for row in _rows(number == 3)]
        made["Ta_AnggaranRinci"] += [{"KdPosting": str(number)} | line for line in lines]
        made["Ta_Anggaran"] += _posted(place, number, lines)
        day = DATED[number == 3] + dt.timedelta(days=1)
        made["Ta_AnggaranLog"].append({"KdPosting": str(number), **place, "TglPosting": day, "UserID": "operator"})
    return made


def _rows(amended: bool) -> list[tuple[Any, ...]]:
    return [*PLAN, *([(*NEW_IN_AMENDMENT[:6], 0, "Galon", 0, 130, 100_000)] if amended else [])]


def _line(place: Row, village: str, row: Sequence[Any], amended: bool) -> Row:
    activity, account, sub, number, fund, words, volume, unit, price, *after = row
    volume_after, price_after = after if after and amended else (volume, price)
    before, now = round(volume * price, 2), round(volume_after * price_after, 2)
    line = place | {"Kd_Keg": village + activity, "Kd_Rincian": account, "Kd_SubRinci": sub, "No_Urut": number}
    line |= {"SumberDana": fund, "Uraian": words, "Satuan": unit, "JmlSatuan": float(volume), "HrgSatuan": float(price)}
    line |= {"Anggaran": float(before), "JmlSatuanPAK": float(volume_after), "HrgSatuanPAK": float(price_after)}
    return line | {"AnggaranStlhPAK": float(now), "AnggaranPAK": None if not amended else float(now - before)}


def _posted(place: Row, number: int, lines: Iterable[Row]) -> list[Row]:
    """The sums Siskeudes posts: one row an activity, account and fund source."""
    sums: dict[tuple[str, str, str], list[float]] = {}
    for line in lines:
        key = line["Kd_Keg"], line["Kd_Rincian"], line["SumberDana"]
        before, after = sums.get(key, [0.0, 0.0])
        sums[key] = [before + line["Anggaran"], after + line["AnggaranStlhPAK"]]
    return [
        {"KdPosting": str(number), **place, "Kd_Keg": activity, "KD_Rincian": account, "SumberDana": fund,
         "Anggaran": before, "AnggaranStlhPAK": after, "AnggaranPAK": after - before}
        for (activity, account, fund), (before, after) in sums.items()
    ]  # fmt: skip


def _books(place: Row, village: str) -> dict[str, list[Row]]:
    """What was received and spent until the end of June."""

    def when(month: int, day: int) -> dt.datetime:
        return dt.datetime(int(place["Tahun"]), month, day)

    def entry(number: str, code: str, account: str, fund: str, amount: float, activity: str = "00.00.") -> Row:
        there = {"Kd_Keg": village + activity, "Kd_Rincian": account, "SumberDana": fund}
        return place | {number: code} | there | {"Nilai": amount}

    return {
        "Ta_TBP": [place | {"No_Bukti": f"{n}/TBP", "Tgl_Bukti": d, "Nm_Penyetor": "Nama Orang"}
                   for n, d in ((1, when(3, 5)), (2, when(5, 10)))],
        "Ta_TBPRinci": [entry("No_Bukti", "1/TBP", "4.2.1.01.", "DDS", 320_000_000.0),
                        entry("No_Bukti", "2/TBP", "4.2.3.01.", "ADD", 100_000_000.0)],
        "Ta_SPP": [place | {"No_SPP": f"{n}/SPP", "Tgl_SPP": d, "Nm_Penerima": "Nama Orang", "Rek_Bank": "0123"}
                   for n, d in ((1, when(4, 1)), (2, when(5, 2)), (3, when(2, 1)))],
        "Ta_SPPRinci": [entry("No_SPP", "1/SPP", "5.2.1.01.", "DDS", 100_000_000.0, "02.02.02."),
                        entry("No_SPP", "2/SPP", "5.3.5.03.", "DDS", 50_000_000.0, "02.03.10."),
                        entry("No_SPP", "3/SPP", "5.1.1.01.", "ADD", 10_500_000.0, "01.01.01.")],
        "Ta_SPJ": [place | {"No_SPJ": "1/SPJ", "Tgl_SPJ": when(6, 15), "No_SPP": "2/SPP"}],
        "Ta_SPJRinci": [entry("No_SPJ", "1/SPJ", "5.3.5.03.", "DDS", 45_500_000.25, "02.03.10.")
                        | {"Kd_SubRinci": "01", "No_SPP": "2/SPP"}],
        "Ta_Mutasi": [place | {"No_Bukti": "1/M", "Tgl_Bukti": when(6, 20), "Kd_Rincian": "4.3.6.01.",
                               "Kd_Keg": village + "00.00.", "SumberDana": "DLL", "Nilai": 125_000.75}],
        "Ta_JurnalUmum": [place | {"NoBukti": f"{n}/JU", "Tanggal": d} for n, d in ((1, when(1, 2)), (2, when(6, 30)))],
        "Ta_JurnalUmumRinci": [
            place | {"NoBukti": "1/JU", "Kd_Rincian": "6.1.1.01.", "SumberDana": "DDS", "Debet": 0.0,
                     "Kredit": 50_000_000.0},
            place | {"NoBukti": "2/JU", "Kd_Rincian": "6.2.2.01.", "SumberDana": "DDS", "Debet": 20_000_000.0,
                     "Kredit": 0.0},
        ],
    }  # fmt: skip


def together(*villages: Mapping[str, list[Row]]) -> dict[str, list[Row]]:
    """Several villages or years as one file has them."""
    names = dict.fromkeys(name for village in villages for name in village)
    shared = {"Ref_Version", "Ref_Sumber", "Ref_Kecamatan", "Ref_Rek4", "Ta_Pemda"}
    return {
        name: villages[0][name] if name in shared else [row for village in villages for row in village.get(name, [])]
        for name in names
    }


def columns_of(rows: Sequence[Row]) -> list[str]:
    """The columns of some rows, in the order they come up."""
    return list(dict.fromkeys(column for row in rows for column in row))


def made(name: str, rows: Sequence[Row], **traits: Any) -> Made:
    """A table of some rows, for the writer."""
    columns = columns_of(rows)
    kinds = [_kind(column) for column in columns]
    values = [[row.get(column) for column in columns] for row in rows]
    return Made(name, [Column(c, **kind) for c, kind in zip(columns, kinds, strict=True)], values, **traits)


def _kind(column: str) -> dict[str, int]:
    if column == "Logo":
        return {"type": OLE}
    return {"type": DOUBLE if column.casefold() in NUMBERS else DATE} if column.casefold() in NUMBERS | DAYS else {}


def mde(rows: Mapping[str, list[Row]], key: int = 0, password: str = "") -> bytes:
    """A village as Siskeudes' Access file, with a table of users as every such file has."""
    users = Made("Ta_UserID", [Column("UserID"), Column("Password")], [("operator", "rahasia")])
    return jet_file([made(name, listed) for name, listed in rows.items() if listed] + [users], key, password)


def csv_tables(rows: Mapping[str, list[Row]]) -> dict[str, bytes]:
    """The same as csv files, in the form issue threads show: wide numbers, days month first with a time."""
    files = {}
    for name, listed in rows.items():
        text = io.StringIO(newline="")
        writer = csv.writer(text)
        columns = columns_of(listed)
        writer.writerow(columns)
        writer.writerows([[_told(row.get(column)) for column in columns] for row in listed])
        files[f"{name}.csv"] = text.getvalue().encode("utf-8")
    return files


def _told(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.16e}".replace("e+0", "e+00")
    if isinstance(value, dt.datetime):
        return value.strftime("%m/%d/%y %H:%M:%S")
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Files as a zip."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()
