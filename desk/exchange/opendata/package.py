"""A year's budget as csv files, alone or as a Data Package with Table Schema (specs.frictionlessdata.io, version 1).

Every column is described where the data is: type, what it may hold, what it means. Names of columns and what stands in
them are Indonesian, for they are read by Indonesians; phases have the names of the Fiscal Data Package.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from gettext import gettext as _
from types import MappingProxyType
from typing import Any

from desk.dates import long_date
from desk.exchange.opendata.inert import Value, csv_bytes, zip_bytes
from desk.exchange.opendata.published import DRAFT, ENACTED, INCOMPLETE, Edition, Line, Published

STANDINGS: Mapping[str, str] = MappingProxyType(
    {ENACTED: "ditetapkan", DRAFT: "rancangan", INCOMPLETE: "belum lengkap"}
)
SECTIONS: Mapping[str, str] = MappingProxyType(
    {
        "revenue": "pendapatan", "expenditure": "belanja", "receipts": "penerimaan pembiayaan",
        "payments": "pengeluaran pembiayaan", "financing": "pembiayaan", "surplus": "surplus/defisit",
        "balance": "sisa lebih", "other": "lain",
    }
)  # fmt: skip
"""Parts of a budget as the files call them."""
KINDS: Mapping[str, str] = MappingProxyType(
    {"section": "bagian", "line": "rincian", "unspecified": "belum dirinci", "total": "jumlah"}
)
LICENCE: Mapping[str, str] = MappingProxyType(
    {
        "name": "CC-BY-4.0",
        "path": "https://creativecommons.org/licenses/by/4.0/",
        "title": "Creative Commons Attribution 4.0 International",
    }
)
VILLAGE = r"[0-9]{2}\.[0-9]{2}\.[0-9]{2}\.[0-9]{4}"
"""A village's code (Kepmendagri 300.2.2-2138 of 2025 and those before it): province, regency, district, village."""
CODE = r"[0-9]+([.-][0-9]+)*"
INERT = _("Teks yang diawali = + - @ diberi tanda ' di depannya supaya lembar kerja tidak menghitungnya sebagai rumus.")


@dataclass(frozen=True)
class Column:
    """One column of a table: its name, its Table Schema type, what it means, and what may stand in it."""

    name: str
    type: str
    meaning: str
    constraints: Mapping[str, Any]

    @property
    def field(self) -> dict[str, Any]:
        """The column as Table Schema describes it."""
        told: dict[str, Any] = {"name": self.name, "type": self.type, "description": self.meaning}
        if self.type == "number":
            told |= {"decimalChar": ".", "bareNumber": True}
        return told | ({"constraints": dict(self.constraints)} if self.constraints else {})


def _column(name: str, kind: str, meaning: str, **constraints: Any) -> Column:
    return Column(name, kind, meaning, MappingProxyType(constraints))


_KEYS = (
    _column("kode_wilayah", "string", _("Kode wilayah desa menurut Kemendagri"), required=True, pattern=VILLAGE),
    _column("tahun", "integer", _("Tahun anggaran"), required=True, minimum=2015, maximum=2100),
    _column("versi", "integer", _("0 APBDes awal, 1 perubahan pertama, dan seterusnya"), required=True, minimum=0),
)
_NUMBER = _column("baris", "integer", _("Urutan baris dalam versinya, mulai 1"), required=True, minimum=1)
_STANDING = _column("status", "string", _("Kedudukan versi ini pada tanggal data"), required=True,
                    enum=list(STANDINGS.values()))  # fmt: skip
_LINE = (
    _NUMBER,
    _column("di_bawah", "integer", _("Baris tempat baris ini berada; kosong untuk yang teratas"), minimum=1),
    _column("tingkat", "integer", _("0 untuk bagian, bertambah satu tiap tingkat"), required=True, minimum=0),
    _column("jenis", "string", _("Jenis baris"), required=True, enum=list(KINDS.values())),
    _column("dijumlahkan", "boolean",
            _("true bila tidak ada rincian di bawahnya: hanya baris ini yang dijumlahkan"), required=True),
    _column("bagian", "string", _("Bagian APBDes"), required=True, enum=list(SECTIONS.values())),
    _column("kode_kegiatan", "string", _("Bidang, sub bidang, kegiatan (Permendagri 20/2018)"), pattern=CODE),
    _column("kode_rekening", "string", _("Kode rekening (Permendagri 20/2018)"), pattern=CODE),
    _column("kode_tercetak", "string", _("Kode seperti tertulis, bila bukan salah satu dari keduanya")),
    _column("uraian", "string", _("Uraian. {inert}").format(inert=INERT)),
    _column("sumber_dana", "string", _("Sumber dana, seperti DDS, ADD, PAD")),
    _column("volume", "string", _("Volume seperti tertulis")),
    _column("satuan", "string", _("Satuan")),
    _column("harga_satuan", "string", _("Harga satuan seperti tertulis")),
)  # fmt: skip
_AMOUNT = _column("anggaran", "number", _("Anggaran dalam rupiah; kosong bila belum diisi"))
_BEFORE = _column("semula", "number", _("Anggaran versi sebelumnya dalam rupiah"))
_CHANGE = _column("selisih", "number", _("Bertambah, atau berkurang bila negatif, dalam rupiah"))
_SPENT = _column("realisasi", "number", _("Realisasi sejak awal tahun dalam rupiah"))
_UNTIL = _column("realisasi_sampai", "date", _("Tanggal realisasi itu dihitung"))

VERSIONS = (
    *_KEYS,
    _column("nama", "string", _("Nama versi"), required=True),
    _STANDING,
    _column("fase", "string", _("Tahap menurut Fiscal Data Package: proposed rancangan, approved ditetapkan, "
                                "adjusted perubahan yang ditetapkan"), enum=["proposed", "approved", "adjusted"]),
    _column("peraturan", "string", _("Peraturan Desa yang menetapkannya")),
    _column("ditetapkan", "date", _("Tanggal penetapan")),
    _column("pendapatan", "number", _("Jumlah pendapatan dalam rupiah")),
    _column("belanja", "number", _("Jumlah belanja dalam rupiah")),
    _column("penerimaan_pembiayaan", "number", _("Jumlah penerimaan pembiayaan dalam rupiah")),
    _column("pengeluaran_pembiayaan", "number", _("Jumlah pengeluaran pembiayaan dalam rupiah")),
    _column("sisa_lebih", "number", _("Pendapatan - belanja + pembiayaan neto; nol bila APBDes menutup")),
    _column("jumlah_baris", "integer", _("Banyaknya baris versi ini"), required=True, minimum=0),
    _column("jumlah_kendali", "number", _("Jumlah semua baris yang dijumlahkan, bagian mana pun")),
    _column("sidik", "string", _("SHA-256 isi versi ini, untuk memeriksa apakah dua salinan sama")),
)  # fmt: skip
LINES = (*_KEYS, *_LINE, _AMOUNT, _SPENT, _UNTIL)
REALISATION = (
    *_KEYS,
    _NUMBER,
    _column("sampai", "date", _("Sejak awal tahun sampai tanggal ini"), required=True),
    _column("realisasi", "number", _("Realisasi sampai tanggal itu dalam rupiah"), required=True),
)


def budget_columns(edition: Edition) -> list[Column]:
    """The columns of one version as a single file: before and difference, and what was spent, where that is known."""
    amended = (_BEFORE, _AMOUNT, _CHANGE) if edition.is_amended else (_AMOUNT,)
    return [*_KEYS, _STANDING, *_LINE, *amended, *((_SPENT, _UNTIL) if edition.until else ())]


def budget_csv(told: Published, edition: Edition) -> bytes:
    """One version as a single csv file, its rows without printed totals."""
    is_amended, is_spent = edition.is_amended, edition.until is not None
    rows = []
    for line in edition.lines:
        amounts = [line.before, line.amount, line.change] if is_amended else [line.amount]
        spent = [line.realised, line.until] if is_spent else []
        rows.append([*_keys(told, edition), STANDINGS[edition.standing], *_cells(line), *amounts, *spent])
    return csv_bytes([column.name for column in budget_columns(edition)], rows)


def data_package(told: Published) -> bytes:
    """All versions of a year as a zip: `datapackage.json`, and a csv file each of versions, rows and realisation.

    A version that arrived by half is named among the versions, and none of its rows is given out.
    """
    whole = [edition for edition in told.editions if edition.standing != INCOMPLETE]
    tables = {
        "versi": (VERSIONS, [_version(told, edition) for edition in told.editions]),
        "anggaran": (LINES, [_row(told, edition, line) for edition in whole for line in edition.plain]),
        "realisasi": (REALISATION, [row for e in whole for row in _entries(told, e)]),
    }
    files = {f"data/{name}.csv": csv_bytes([c.name for c in columns], rows) for name, (columns, rows) in tables.items()}
    described = [
        _resource(name, columns, f"data/{name}.csv", files[f"data/{name}.csv"])
        for name, (columns, _rows) in tables.items()
    ]
    head = json.dumps(_package(told, described), ensure_ascii=False, indent=2).encode() + b"\n"
    return zip_bytes({"datapackage.json": head, **files})


def _keys(told: Published, edition: Edition) -> list[Value]:
    return [told.place.code, told.year, edition.version.ordinal]


def _cells(line: Line) -> list[Value]:
    return [
        line.number, line.above, line.depth, KINDS[line.kind], line.adds, SECTIONS[line.section], line.activity,
        line.account, line.code, line.title, line.fund, line.volume, line.unit, line.price,
    ]  # fmt: skip


def _row(told: Published, edition: Edition, line: Line) -> list[Value]:
    return [*_keys(told, edition), *_cells(line), line.amount, line.realised, line.until]


def _version(told: Published, edition: Edition) -> list[Value]:
    v, sums = edition.version, edition.sums
    enacted = edition.standing == ENACTED
    phase = ("adjusted" if v.ordinal else "approved") if enacted else "proposed"
    amounts = (
        [None] * 5
        if edition.standing == INCOMPLETE
        else [sums.revenue, sums.expenditure, sums.receipts, sums.payments, sums.balance]
    )
    return [
        *_keys(told, edition), edition.name, STANDINGS[edition.standing],
        "" if edition.standing == INCOMPLETE else phase, v.regulation if enacted else "",
        v.enacted_on if enacted else None, *amounts, v.line_count, v.total, v.digest,
    ]  # fmt: skip


def _entries(told: Published, edition: Edition) -> Iterator[list[Value]]:
    """Every realisation of a version up to the day of the data."""
    for entry in edition.entries:
        yield [*_keys(told, edition), entry.line, entry.until, entry.amount]


_ROW = ["kode_wilayah", "tahun", "versi", "baris"]
_PRIMARY = {"versi": _ROW[:3], "anggaran": _ROW, "realisasi": [*_ROW, "sampai"]}
_FOREIGN = {"anggaran": ("versi", _ROW[:3]), "realisasi": ("anggaran", _ROW)}
_TITLES = {
    "versi": _("Versi APBDes: awal dan setiap perubahannya"),
    "anggaran": _("Baris APBDes tiap versi"),
    "realisasi": _("Realisasi menurut tanggal, pada baris tempat ia dicatat"),
}


def _resource(name: str, columns: Sequence[Column], path: str, content: bytes) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": [column.field for column in columns], "missingValues": [""]}
    schema["primaryKey"] = _PRIMARY[name]
    if name in _FOREIGN:
        resource, fields = _FOREIGN[name]
        schema["foreignKeys"] = [{"fields": fields, "reference": {"resource": resource, "fields": fields}}]
    return {
        "name": name, "path": path, "title": _TITLES[name], "profile": "tabular-data-resource", "format": "csv",
        "mediatype": "text/csv", "encoding": "utf-8", "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "dialect": {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "lineTerminator": "\r\n", "header": True},
        "schema": schema,
    }  # fmt: skip


def _package(told: Published, resources: Sequence[dict[str, Any]]) -> dict[str, Any]:
    place, day = told.place, told.as_of
    office = _("Pemerintah {place}, Kecamatan {district}, Kabupaten {regency}").format(
        place=place.place_name, district=place.district, regency=place.regency
    )
    said = _("APBDes {place} tahun {year}, keadaan per {day}.").format(
        place=place.place_name, year=told.year, day=long_date(day)
    )
    sources = [{"title": e.version.regulation} for e in told.editions if e.standing == ENACTED and e.version.regulation]
    return {
        "profile": "tabular-data-package",
        "name": f"apbdes-{place.code.replace('.', '-')}-{told.year}",
        "title": _("APBDes {place} {year}").format(place=place.place_name, year=told.year),
        "description": " ".join(filter(None, (told.place.note, said, INERT))),
        "created": f"{day.isoformat()}T00:00:00Z",
        "kode_wilayah": place.code,
        "keywords": ["APBDes", "anggaran desa", "realisasi", "transparansi"],
        "licenses": [dict(LICENCE)],
        "sources": sources or [{"title": office}],
        "contributors": [{"title": office, "role": "publisher"}],
        "resources": list(resources),
    }
