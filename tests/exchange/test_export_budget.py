"""A budget for the world: exact to the sen, honest about what is enacted, and nothing in it is ever calculated."""

import datetime as dt
import io
import json
import zipfile
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from frictionless import Package, Resource, Schema, system
from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.budget.commands import FillBudget, Typed
from desk.budget.queries import totals, tree, versions
from desk.budget.rules import SECTIONS as PARTS
from desk.budget.tables import BudgetVersion
from desk.desk import Desk
from desk.exchange.apbdes import import_budget
from desk.exchange.opendata.export import Wanted, gather, make
from desk.exchange.opendata.package import SECTIONS, budget_columns
from desk.store import DeskError
from desk.village.commands import SetVillage
from desk.village.rules import EXAMPLE_CODE, EXAMPLE_NOTE
from tests.desks import open_desk
from tests.exchange import openvillage as village
from tests.exchange.exported import made, parts_of, sheet_of, table
from tests.exchange.openvillage import TODAY, YEAR

SAMPLES = {
    "belantih-2022-realisasi": 2022,
    "gilis-2020-realisasi": 2020,
    "ngrombo-2024-perubahan": 2024,
    "perboto-2025-penjabaran": 2025,
}


def summed(rows: list[dict[str, str]], column: str = "anggaran") -> dict[str, Decimal]:
    """What the rows that are added up add up to, by part."""
    found: defaultdict[str, Decimal] = defaultdict(Decimal)
    for row in rows:
        if row["dijumlahkan"] == "true" and row[column]:
            found[row["bagian"]] += Decimal(row[column])
    return dict(found)


def faults(content: bytes, folder: Path) -> list[str]:
    """What the public validator says of a data package."""
    (folder / "paket").mkdir()
    for name, part in parts_of(content).items():
        path = folder / "paket" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(part)
    with system.use_context(trusted=True):
        report = Package(str(folder / "paket" / "datapackage.json")).validate()
    return [error.type for task in report.tasks for error in task.errors] + [error.type for error in report.errors]


@pytest.fixture(params=sorted(SAMPLES))
def sample(request: pytest.FixtureRequest, desk: Desk) -> int:
    """A desk that took in a published budget; its year."""
    year = SAMPLES[request.param]
    desk.do(SetVillage(village.CODE, "", "", ""))
    path = Path(__file__).parent / "samples" / f"{request.param}.csv"
    import_budget(desk, path, year, regulation=f"Peraturan Desa Nomor 7 Tahun {year - 1}",
                  enacted_on=dt.date(year - 1, 12, 30))  # fmt: skip
    return year


def test_the_public_validator_accepts_the_data_package_of_published_budgets(desk, sample, tmp_path):
    assert faults(made(desk, "datapackage", sample).content, tmp_path) == []


def test_the_public_validator_accepts_amendments_drafts_and_realisation(desk, tmp_path):
    village.whole_village(desk)
    village.amend(desk)
    content = made(desk, "datapackage").content
    assert faults(content, tmp_path) == []
    rows = table(parts_of(content)["data/versi.csv"])
    assert [(row["versi"], row["status"], row["fase"], row["ditetapkan"]) for row in rows] == [
        ("0", "ditetapkan", "approved", "2025-12-30"),
        ("1", "rancangan", "proposed", ""),
    ]


def test_the_public_validator_accepts_the_single_table(desk, tmp_path):
    village.whole_village(desk)
    village.enact(desk, village.amend(desk), 4, dt.date(2026, 9, 1))
    wanted = Wanted("apbdes-csv", YEAR, TODAY)
    told = desk.ask(gather, wanted, TODAY)
    path = tmp_path / "apbdes.csv"
    path.write_bytes(make(told, wanted).content)
    columns = [column.field for column in budget_columns(told.editions[0])]
    assert {"semula", "selisih", "realisasi"} < {column["name"] for column in columns}
    schema = Schema.from_descriptor({"fields": columns, "primaryKey": ["versi", "baris"]})
    with system.use_context(trusted=True):
        assert Resource(path=str(path), schema=schema).validate().valid
        path.write_bytes(path.read_bytes().replace(b",ditetapkan,", b",berlaku,", 1))
        assert not Resource(path=str(path), schema=schema).validate().valid


@pytest.mark.parametrize(
    ("name", "old", "new", "fault"),
    [
        ("anggaran", b",964073000,482036500,", b",964.073.000,482036500,", "type-error"),
        ("anggaran", b"35.22.12.2015,2026,0,2,", b"3522122015,2026,0,2,", "constraint-error"),
        ("anggaran", b"35.22.12.2015,2026,0,2,", b"35.22.12.2015,2026,0,1,", "primary-key"),
        ("anggaran", b"35.22.12.2015,2026,0,2,", b"35.22.12.2015,2026,9,2,", "foreign-key"),
        ("realisasi", b"2026-06-30", b"30-06-2026", "type-error"),
        ("versi", b"ditetapkan,approved", b"berlaku,approved", "constraint-error"),
    ],
)
def test_the_validator_would_have_found_it(desk, tmp_path, name, old, new, fault):
    village.whole_village(desk)
    files = parts_of(made(desk, "datapackage").content)
    spoilt = files[f"data/{name}.csv"].replace(old, new, 1)
    assert spoilt != files[f"data/{name}.csv"]
    described = json.loads(files["datapackage.json"])
    for resource in described["resources"]:
        resource.pop("bytes"), resource.pop("hash")
    files |= {f"data/{name}.csv": spoilt, "datapackage.json": json.dumps(described).encode()}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for path, content in files.items():
            archive.writestr(path, content)
    assert fault in faults(packed.getvalue(), tmp_path)


def test_the_rows_of_every_file_add_up_to_the_totals_to_the_sen(desk, sample):
    for version in desk.ask(versions, sample):
        sums = desk.ask(totals, version.id)
        expected = {SECTIONS[part]: amount for part in PARTS if (amount := getattr(sums, part)) is not None}
        assert summed(table(made(desk, "apbdes-csv", sample, ordinal=version.ordinal).content)) == expected
        rows = table(parts_of(made(desk, "datapackage", sample).content)["data/anggaran.csv"])
        assert summed([row for row in rows if row["versi"] == str(version.ordinal)]) == expected


def test_sen_are_kept_in_every_file(desk):
    village.whole_village(desk)
    rows = table(made(desk, "apbdes-csv").content)
    assert summed(rows) == {
        "pendapatan": Decimal("1508908000.50"),
        "belanja": Decimal("1503200000.25"),
        "penerimaan pembiayaan": Decimal("4000000"),
        "pengeluaran pembiayaan": Decimal("9708000.25"),
    }
    (allotted,) = [row for row in rows if row["kode_rekening"] == "4.2.3.01"]
    assert (allotted["anggaran"], allotted["realisasi"]) == ("544835000.50", "272417500.25")
    assert allotted["realisasi_sampai"] == "2026-06-30"
    book = openpyxl.load_workbook(io.BytesIO(made(desk, "apbdes-xlsx").content)).active
    found = {row[2].value: row[3] for row in book.iter_rows() if row[2].value}
    assert found["Alokasi Dana Desa"].value == 544835000.5
    assert found["Alokasi Dana Desa"].data_type == "n"
    assert found["JUMLAH PENDAPATAN"].value == 1508908000.5


def test_a_budget_that_leaves_as_xlsx_comes_back_as_it_was(desk, sample, tmp_path, now):
    path = tmp_path / "apbdes.xlsx"
    path.write_bytes(made(desk, "apbdes-xlsx", sample).content)
    other = open_desk(tmp_path / "lain", lambda: now)
    try:
        import_budget(other, path, sample)
        told = [
            [
                [(n.depth, n.section, n.kind, n.account, n.activity, n.title, n.fund, n.amount, n.realised)
                 for n in where.ask(tree, version.id) if n.kind != "total"]
                for version in where.ask(versions, sample)
            ]
            for where in (desk, other)
        ]  # fmt: skip
        sums = [[where.ask(totals, v.id) for v in where.ask(versions, sample)] for where in (desk, other)]
    finally:
        other.close()
    assert told[0] == told[1]
    assert sums[0] == sums[1]


def test_an_amendment_tells_before_after_and_difference(desk):
    village.settle(desk)
    village.enact(desk, village.draft(desk))
    village.enact(desk, village.amend(desk), 4, dt.date(2026, 9, 1))
    rows = sheet_of(made(desk, "apbdes-xlsx").content)
    assert rows[0][0] == "PERUBAHAN KE-1 ANGGARAN PENDAPATAN DAN BELANJA DESA"
    (heading,) = [row for row in rows if row[0] == "KODE REKENING"]
    assert [text for text in heading if text] == [
        "KODE REKENING", "URAIAN", "SEMULA (Rp)", "MENJADI (Rp)", "BERTAMBAH/(BERKURANG) (Rp)", "SUMBER DANA",
    ]  # fmt: skip
    (road,) = [row for row in rows if row[:2] == ["2.3.11", "5.3.5.01"]]
    assert road[3:6] == [1450000000, 1440000000, -10000000]
    (spent,) = [row for row in rows if row[2] == "JUMLAH BELANJA"]
    assert spent[3:6] == [1503200000.25, 1503200000.25, 0]
    (told,) = [row for row in table(made(desk, "apbdes-csv").content) if row["kode_rekening"] == "5.3.5.01"]
    assert (told["semula"], told["anggaran"], told["selisih"]) == ("1450000000", "1440000000", "-10000000")


def test_realisation_stands_beside_the_budget_and_a_share_of_nothing_is_a_dash(desk):
    village.settle(desk)
    first = desk.do(FillBudget(YEAR, (*village.BUDGET, Typed("4.3.6.01", "", Decimal(0), "Bunga bank")))).value
    village.spend(desk, first, dt.date(2026, 6, 30))
    rows = sheet_of(made(desk, "apbdes-xlsx").content)
    assert any("30 Juni 2026" in str(row[0]) for row in rows[:6])
    (road,) = [row for row in rows if row[:2] == ["2.3.11", "5.3.5.01"]]
    assert road[3:7] == [1450000000, 725000000, 725000000, 50]
    (bank,) = [row for row in rows if row[2] == "Bunga bank"]
    assert bank[3:7] == [0, 0, 0, "-"]


def test_only_what_is_enacted_and_complete_is_called_enacted(desk):
    village.settle(desk)
    first = village.draft(desk)
    told = made(desk, "apbdes-csv")
    assert {row["status"] for row in table(told.content)} == {"rancangan"}
    assert "rancangan" in told.warnings[0]
    assert "RANCANGAN: belum ditetapkan dengan Peraturan Desa" in str(sheet_of(made(desk, "apbdes-xlsx").content))
    village.enact(desk, first)
    assert {row["status"] for row in table(made(desk, "apbdes-csv").content)} == {"ditetapkan"}
    before = made(desk, "apbdes-csv", as_of=dt.date(2025, 12, 29))
    assert {row["status"] for row in table(before.content)} == {"rancangan"}


def test_the_version_in_force_is_told_unless_another_one_is_named(desk):
    village.settle(desk)
    village.enact(desk, village.draft(desk))
    village.amend(desk)
    assert {row["versi"] for row in table(made(desk, "apbdes-csv").content)} == {"0"}
    assert {row["versi"] for row in table(made(desk, "apbdes-csv", ordinal=1).content)} == {"1"}
    with pytest.raises(DeskError, match="0, 1"):
        made(desk, "apbdes-csv", ordinal=2)


class HalfArrived:
    """An enacted version comes from another PC, and one of its rows is still on its way."""

    def run(self, session: Session) -> None:
        """Write it as the line writes it."""
        version = session.scalars(select(BudgetVersion)).one()
        version.regulation, version.enacted_on = "Peraturan Desa Nomor 7 Tahun 2025", dt.date(2025, 12, 30)
        version.line_count += 1
        session.flush()


@pytest.fixture
def half_a_version(desk: Desk) -> None:
    """An enacted version of which a row did not arrive."""
    village.settle(desk)
    village.draft(desk)
    desk.do(HalfArrived())


def test_a_version_that_arrived_by_half_is_named_and_not_told(desk, tmp_path, half_a_version):
    told = made(desk, "datapackage")
    files = parts_of(told.content)
    (row,) = table(files["data/versi.csv"])
    assert (row["status"], row["fase"], row["pendapatan"], row["peraturan"]) == ("belum lengkap", "", "", "")
    assert table(files["data/anggaran.csv"]) == []
    assert "belum lengkap" in told.warnings[0]
    assert faults(told.content, tmp_path) == []
    assert "BELUM LENGKAP" in str(sheet_of(made(desk, "apbdes-xlsx").content))


def test_a_budget_that_does_not_close_says_by_how_much(desk):
    village.settle(desk)
    desk.do(FillBudget(YEAR, village.BUDGET[:-1]))
    told = made(desk, "apbdes-xlsx")
    (gap,) = [words for words in told.warnings if words.startswith("Selisih Rp")]
    assert gap.split(":")[0].replace("\u00a0", " ") == "Selisih Rp 9.708.000,25"
    assert gap.replace("\u00a0", " ") in [row[0] for row in sheet_of(told.content)]


@pytest.mark.parametrize("amount", ["9999999999999.99", "0.01", "710783304.48", "8589934592.07"])
def test_a_workbook_keeps_the_sen_of_the_largest_amount(desk, tmp_path, amount):
    village.settle(desk)
    desk.do(FillBudget(YEAR, (Typed("4.2.1.01", "", Decimal(amount), "Dana Desa"),)))
    path = tmp_path / "apbdes.xlsx"
    path.write_bytes(made(desk, "apbdes-xlsx").content)
    other = open_desk(tmp_path / "lain", lambda: dt.datetime(2026, 11, 22, tzinfo=dt.UTC))
    try:
        import_budget(other, path, YEAR)
        (version,) = other.ask(versions, YEAR)
        assert other.ask(totals, version.id).revenue == Decimal(amount)
    finally:
        other.close()


@pytest.mark.parametrize("kind", ["apbdes-xlsx", "datapackage", "oc4ids"])
def test_the_invented_village_says_on_every_file_that_it_is_one(desk, kind):
    village.whole_village(desk)
    desk.do(SetVillage(EXAMPLE_CODE, "Contoh", "Contoh", "Contoh"))
    told = made(desk, kind)
    content = b"\n".join(parts_of(told.content).values()) if told.content.startswith(b"PK") else told.content
    assert EXAMPLE_NOTE.encode() in content and told.warnings[0] == EXAMPLE_NOTE


def test_a_day_to_come_is_not_told(desk):
    village.settle(desk)
    village.draft(desk)
    with pytest.raises(DeskError, match="belum diketahui"):
        made(desk, "apbdes-csv", as_of=TODAY + dt.timedelta(1))


def test_without_a_village_or_a_budget_there_is_nothing_to_tell(desk):
    with pytest.raises(DeskError, match="Isi dulu nama desa"):
        made(desk, "apbdes-csv")
    village.settle(desk)
    with pytest.raises(DeskError, match="halaman APBDes"):
        made(desk, "apbdes-csv")
