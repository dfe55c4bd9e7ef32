"""A village's budget straight from Siskeudes: sums known by construction, one answer from file, zip and folder."""

import datetime as dt
import json
from decimal import Decimal

import pytest

from desk.budget import rules
from desk.budget.commands import Enact
from desk.budget.queries import in_force, lines_of, realised_totals, totals, tree, versions
from desk.budget.rules import Totals
from desk.desk import Desk
from desk.exchange.apbdes import import_budget, read_budget
from desk.exchange.loading import ImportBudget
from desk.exchange.siskeudes.postings import Choice, Undecided
from desk.store import DeskError
from tests.exchange.jet.asking import budget, line, said, summed
from tests.exchange.jet.village import (
    INTEREST,
    LAST_DAY,
    PAYMENTS,
    RECEIPTS,
    RECEIVED,
    REVENUE,
    SPENDING,
    SPENT,
    csv_tables,
    tables,
    together,
)
from ui.cli import main

BUDGET = Totals(REVENUE, SPENDING, RECEIPTS, PAYMENTS)


@pytest.mark.parametrize("posting", [0, 1, 2, 3])
@pytest.mark.parametrize("name", ["DataAPBDES.mde", "tabel.zip"])
def test_the_totals_of_every_posting_are_those_of_the_village(save, name, posting):
    table = budget(save(tables(), name), posting)
    assert summed(table.lines) == BUDGET
    assert table.amended == (posting in (0, 3)) and table.until == LAST_DAY and table.has_realised
    if table.amended:
        assert summed(table.lines, "before") == BUDGET == summed(table.former)


def test_access_file_zip_and_folder_say_the_same(save, tmp_path):
    folder = tmp_path / "tabel"
    folder.mkdir()
    for name, content in csv_tables(tables()).items():
        (folder / name).write_bytes(content)
    asked = [budget(path, 3) for path in (save(tables()), save(tables(), "tabel.zip"), folder)]
    assert asked[0] == asked[1] == asked[2]


def test_an_encoded_file_with_a_password_says_the_same_and_that_one_must_be_entitled_to_it(save):
    plain = budget(save(tables()), 2)
    marked = budget(save(tables(), key=0x5EC12E7, password="rahasia"), 2)
    assert marked.lines == plain.lines
    assert "kata sandi" in said(marked) and "berhak" in said(marked) and "kata sandi" not in said(plain)
    assert "rahasia" not in said(marked)


def test_a_line_has_activity_account_fund_volume_unit_and_price(save):
    table = budget(save(tables()), 2)
    sand = line(table, "Pasir")
    assert (sand.fund, sand.volume, sand.unit, sand.price) == ("DDS", "600", "m³", "120.000")
    assert sand.amount == 72_000_000
    above = [sand]
    while (parent := above[-1].parent) is not None:
        above.append(table.lines[parent])
    assert [x.title for x in above[1:4]] == ["Jalan Krajan", "Bahan Baku Jalan", "Belanja Modal Jalan/Prasarana Jalan"]
    assert (above[2].account, above[2].activity) == ("5.3.5.03", "2.3.10")
    assert [x.code for x in above[3:]] == ["5.3.5", "5.3", "2.3.10", "2.3", "2", "5"]
    assert above[5].title == "Rabat beton jalan"
    assert line(table, "Bagi hasil BUM Desa – Maju").price == "10.000.000,50"


def test_an_amendment_has_before_and_after_and_the_former_volume(save):
    table = budget(save(tables()), 3)
    stones = [x for x in table.lines if x.title == "Semen 40 kg" and x.volume == "1.000"]
    assert [(x.before, x.amount) for x in stones] == [(78_000_000, 65_000_000)]
    assert [x.volume for x in table.former if x.title == "Semen 40 kg"] == ["1.200", "400"]
    assert (line(table, "Cat dinding").before, line(table, "Cat dinding").amount) == (None, 13_000_000)
    assert not [x for x in table.former if x.title == "Cat dinding"]


def test_realisation_counts_an_accounted_advance_by_its_account_and_each_rupiah_once(save):
    table = budget(save(tables()), 2)
    spent = rules.total_up((x.section, x.realised) for x in rules.carriers(table.lines))
    assert spent == Totals(RECEIVED + INTEREST, SPENT, RECEIPTS, PAYMENTS)
    assert line(table, "Jalan Krajan").realised == Decimal("45500000.25")
    assert line(table, "Penghasilan Tetap Kepala Desa").realised == 10_500_000
    assert line(table, "BLT Desa").realised == 0
    assert "4.3.6.01: realisasi Rp\u00a0125.000,75 tanpa anggaran" in said(table)


def test_a_journal_of_financing_counts_instead_of_the_same_money_in_an_order(save):
    rows = tables()
    rows["Ta_SPPRinci"].append(rows["Ta_SPPRinci"][0] | {"Kd_Rincian": "6.2.2.01.", "Nilai": 20_000_000.0})
    table = budget(save(rows), 2)
    spent = rules.total_up((x.section, x.realised) for x in rules.carriers(table.lines))
    assert spent.payments == PAYMENTS


def test_a_file_of_two_villages_asks_which_and_takes_the_one_that_is_named(save):
    path = save(together(tables(postings=(2,)), tables("24.2006.", "Karangrejo", postings=(2,))))
    with pytest.raises(Undecided, match=r"2 desa untuk 2026: 24\.2005 Sumberasri, 24\.2006") as asked:
        budget(path)
    assert [p.village for p in asked.value.choices] == ["24.2005", "24.2006"]
    for named in ("24.2006", "2006", "35.22.24.2006", "24.2006."):
        assert "Desa Karangrejo" in said(budget(path, village=named))
    with pytest.raises(Undecided):
        budget(path, village="24.2007")


def test_a_file_of_other_years_says_which(save):
    path = save(together(tables(year="2024", postings=(2,)), tables(year="2025", postings=(2,))))
    with pytest.raises(Undecided, match="2024, 2025, sedangkan yang dipilih 2026") as asked:
        budget(path)
    assert [p.year for p in asked.value.choices] == [2024, 2025]


def test_between_two_decided_postings_the_person_chooses_and_a_proposal_is_not_asked_for(save):
    with pytest.raises(Undecided, match="--posting 3") as asked:
        budget(save(tables()))
    assert [p.number for p in asked.value.choices] == [2, 3]
    with pytest.raises(Undecided):
        budget(save(tables()), 7)
    assert "APBDes (posting 2)" in said(budget(save(tables(postings=(1, 2)))))
    assert "baru usulan" in said(budget(save(tables(postings=(1,)))))


def test_what_was_not_posted_is_marked_wherever_it_goes(save, desk):
    path = save(tables(postings=()))
    file = read_budget(path, 2026)
    assert file.name == "DataAPBDES.mde (belum diposting)" and "belum diposting" in said(file.table)
    import_budget(desk, path, 2026)
    assert desk.ask(in_force, 2026).source == "DataAPBDES.mde (belum diposting)"


def test_a_half_posted_budget_is_loaded_by_account_and_told(save):
    rows = tables(postings=(2,))
    rows["Ta_AnggaranRinci"] = []
    table = budget(save(rows))
    assert summed(table.lines) == BUDGET and "tanpa volume dan harga" in said(table)
    assert not [x for x in table.lines if x.volume]


def test_details_that_are_not_all_posted_are_told_by_part_and_fund(save):
    rows = tables(postings=(2,))
    rows["Ta_AnggaranRinci"] = [r for r in rows["Ta_AnggaranRinci"] if r["Uraian"] != "Pasir"]
    file = read_budget(save(rows), 2026)
    assert [c.title for c in file.controls if not c.agrees] == ["belanja DDS (Ta_Anggaran)"]
    assert "selisih Rp\u00a072.000.000" in said(file.table)


def test_a_posting_only_the_log_knows_is_told(save):
    rows = tables(postings=(2,))
    rows["Ta_AnggaranLog"].append(rows["Ta_AnggaranLog"][0] | {"KdPosting": "3"})
    assert "Posting 3 tercatat di log, tetapi isinya tidak ada" in said(budget(save(rows)))
    rows["Ta_AnggaranLog"] = rows["Ta_AnggaranLog"][1:]
    assert "Posting 2 tidak tercatat di log" in said(budget(save(rows)))


def test_an_amendment_whose_difference_was_left_empty_is_worked_out(save):
    rows = tables()
    for row in rows["Ta_AnggaranRinci"]:
        if row["KdPosting"] == "3":
            row["AnggaranPAK"], row["AnggaranStlhPAK"] = row["AnggaranStlhPAK"] - row["Anggaran"], None
    assert summed(budget(save(rows), 3).lines) == BUDGET


def test_a_later_amendment_is_compared_with_the_posting_before_it(save):
    rows = tables()
    for row in [dict(r) for r in rows["Ta_AnggaranRinci"] if r["KdPosting"] == "3"]:
        if row["Uraian"] == "Pasir":
            row |= {"AnggaranStlhPAK": row["AnggaranStlhPAK"] - 1_000_000, "AnggaranPAK": None}
        rows["Ta_AnggaranRinci"].append(row | {"KdPosting": "4"})
    table = budget(save(rows), 4)
    assert [(x.before, x.amount) for x in table.lines if x.title == "Pasir"] == [(72_000_000, 71_000_000)]
    assert [x.amount for x in table.former if x.title == "Cat dinding"] == [13_000_000]


def test_volume_times_price_that_is_another_amount_is_told_and_siskeudes_counts(save):
    rows = tables(postings=(2,))
    sand = next(r for r in rows["Ta_AnggaranRinci"] if r["Uraian"] == "Pasir")
    sand["HrgSatuan"] = sand["HrgSatuanPAK"] = 125_000.0
    table = budget(save(rows))
    assert line(table, "Pasir").amount == 72_000_000
    assert "volume kali harga satuan Rp\u00a075.000.000, tertulis Rp\u00a072.000.000" in said(table)


def test_doubles_become_exact_sen_and_what_is_finer_is_told(save):
    rows = tables(postings=(2,))
    fine, noisy = rows["Ta_AnggaranRinci"][:2]
    fine["Anggaran"], noisy["Anggaran"] = 10_000_000.5049, 800_000_000 + 0.1 + 0.2
    table = budget(save(rows))
    assert line(table, fine["Uraian"]).amount == Decimal("10000000.50")
    assert [x.amount for x in table.lines if x.title == "Dana Desa" and x.volume] == [Decimal("800000000.30")]
    assert said(table).count("lebih halus dari sen") == 1


def test_unknown_codes_and_funds_are_kept_and_listed(save):
    rows = tables(postings=(2,))
    sand = next(r for r in rows["Ta_AnggaranRinci"] if r["Uraian"] == "Pasir")
    sand |= {"Kd_Rincian": "5.3.5.77.", "Kd_Keg": "24.2005.02.03.55.", "SumberDana": "XYZ"}
    table = budget(save(rows))
    assert line(table, "Pasir").fund == "XYZ" and summed(table.lines) == BUDGET
    assert "2.3.55, 5.3.5.77" in said(table) and "Sumber dana yang tidak ada di daftar, tetap dimuat: XYZ" in said(
        table
    )


def test_an_account_outside_a_budget_stops_the_import(save, desk):
    rows = tables(postings=(2,))
    rows["Ta_AnggaranRinci"][0]["Kd_Rincian"] = "7.1.1.01."
    with pytest.raises(DeskError, match=r"7\.1\.1\.01.*tidak dimulai dengan 4, 5, atau 6"):
        import_budget(desk, save(rows), 2026)
    assert desk.ask(versions, 2026) == []


def test_an_amount_no_village_has_stops_the_import(save, desk):
    rows = tables(postings=(2,))
    rows["Ta_AnggaranRinci"][0]["Anggaran"] = 1e300
    with pytest.raises(DeskError, match="bukan angka yang mungkin"):
        import_budget(desk, save(rows), 2026)


def test_columns_that_came_later_are_listed_and_those_of_persons_are_not_even_read(save):
    rows = tables(postings=(2,))
    rows["Ta_RABRinci"][0]["KolomBaru"] = "x"
    ledger = said(budget(save(rows)))
    assert "Kolom yang belum dikenal, jadi tidak dibaca: Ta_RABRinci.KolomBaru." in ledger
    assert "Nm_Penerima" not in ledger and "Nama Orang" not in ledger


def test_the_chart_of_before_2019_is_kept_as_printed_and_told(save):
    rows = tables(year="2018", postings=(2,))
    table = budget(save(rows), year=2018)
    modal = next(x for x in table.lines if x.code == "5.3.5.03")
    assert (modal.account, modal.activity) == ("", "") and "113/2014" in said(table)
    assert summed(table.lines) == BUDGET


def test_importing_a_second_time_changes_nothing(save, desk):
    path = save(tables())
    done = import_budget(desk, path, 2026, wanted=Choice(posting=3))
    assert done.changed and done.budget == BUDGET
    again = import_budget(desk, path, 2026, wanted=Choice(posting=3))
    assert not again.changed and again.version == done.version
    version = desk.ask(in_force, 2026)
    assert version.ordinal == 1 and desk.ask(totals, version.id) == BUDGET
    assert desk.ask(realised_totals, version.id) == Totals(RECEIVED + INTEREST, SPENT, RECEIPTS, PAYMENTS)
    assert (
        sum(node.amount or 0 for node in desk.ask(tree, version.id) if node.kind == "section" and node.code == "5")
        == SPENDING
    )


def test_undo_takes_a_whole_import_back(save, desk: Desk):
    done = desk.do(ImportBudget(2026, budget(save(tables()), 3), "DataAPBDES.mde", ""))
    desk.undo(done.act)
    assert desk.ask(versions, 2026) == []


def test_the_amendment_follows_the_budget_loaded_before_and_leaves_it_as_it_was(save, desk: Desk):
    path = save(tables())
    import_budget(desk, path, 2026, wanted=Choice(posting=2))
    first = desk.ask(versions, 2026)[0]
    was = desk.ask(lines_of, first.id)
    desk.do(Enact(first.id, "Peraturan Desa Nomor 5 Tahun 2025", dt.date(2025, 12, 29)))
    import_budget(desk, path, 2026, wanted=Choice(posting=3))
    both = desk.ask(versions, 2026)
    assert [v.ordinal for v in both] == [0, 1] and both[0].id == first.id and desk.ask(lines_of, first.id) == was


def test_an_enacted_budget_takes_later_realisation_and_says_what_has_no_line(save, desk: Desk):
    rows = tables(postings=(2,))
    import_budget(desk, save(rows | {"Ta_Mutasi": [], "Ta_SPJ": [], "Ta_SPJRinci": []}), 2026)
    version = desk.ask(versions, 2026)[0]
    desk.do(Enact(version.id, "Peraturan Desa Nomor 5 Tahun 2025", dt.date(2025, 12, 29)))
    done = import_budget(desk, save(rows), 2026)
    assert done.changed and desk.ask(realised_totals, version.id).expenditure == SPENT
    assert "Realisasi “Bunga Bank” tidak dimuat" in "\n".join(p.message for p in done.problems)


def test_number_and_day_of_the_regulation_are_offered_and_not_enacted(save, desk: Desk):
    path = save(tables())
    assert "Peraturan Desa 5 Tahun 2025 tanggal 29 Desember 2025" in said(budget(path, 2))
    assert "Peraturan Desa 3 Tahun 2026 tanggal 13 Juli 2026" in said(budget(path, 3))
    import_budget(desk, path, 2026, wanted=Choice(posting=2))
    assert desk.ask(in_force, 2026).is_draft


def test_a_regulation_that_is_only_copied_into_the_amendment_is_not_offered(save):
    rows = tables()
    rows["Ta_Desa"][0] |= {"No_Perdes_PB": "5 Tahun 2025", "Tgl_Perdes_PB": rows["Ta_Desa"][0]["Tgl_Perdes"]}
    assert "Peraturan Desa" not in said(budget(save(rows), 3))


def test_the_command_line_takes_village_and_posting(save, tmp_path, capsys):
    path = str(save(together(tables(), tables("24.2006.", "Karangrejo"))))
    desk = ["--data", str(tmp_path / "desa")]
    assert main([*desk, "import-budget", path, "--year", "2026"]) == 1
    assert "--village" in capsys.readouterr().err
    assert main([*desk, "import-budget", path, "--year", "2026", "--village", "24.2006"]) == 1
    assert "--posting" in capsys.readouterr().err
    chosen = ["--village", "24.2006", "--posting", "3", "--dry-run", "--json"]
    assert main([*desk, "import-budget", path, "--year", "2026", *chosen]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["revenue"], answer["expenditure"], answer["balance"]) == ("1210000000.50", "1240000000.50", "0")
