"""The page Poster: what stands in the middle is what is saved and what comes out of the printer."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

import resources
from desk.desk import Desk
from desk.exchange.apbdes import import_budget
from desk.projects.commands import PutProject
from desk.projects.rules import ProjectForm
from desk.village.commands import AppointOfficial, SetPaper, SetVillage
from ui.parts import printing
from ui.parts.style import dress
from ui.posters.choices import Choice
from ui.posters.page import PosterPage
from ui.work import Work

SMALL = (1024 - 176, 600 - 92)
"""What the smallest window leaves for a page."""
PHONE = "0812-3456-7890"
YEAR = 2022
KELURAHAN = "35.22.15.1006"


@pytest.fixture
def work(qapp: QApplication, desk: Desk) -> Iterator[Work]:
    dress(qapp, 100)
    work = Work()
    work.take(desk)
    failures: list[Exception] = []
    work.failed.connect(failures.append)
    yield work
    work.close()
    assert failures == []


@pytest.fixture
def village(desk: Desk) -> Desk:
    """A village with head, budget and one activity."""
    desk.do(SetVillage("35.22.12.2015"))
    desk.do(AppointOfficial("head", "Kepala Desa", "Sutrisno", PHONE, dt.date(2021, 1, 4)))
    desk.do(SetPaper("F4"))
    import_budget(desk, resources.path("demo/belantih-2022.csv"), YEAR)
    desk.do(PutProject(ProjectForm(YEAR, "Rabat beton jalan Krajan", cost=Decimal(150_000_000))))
    return desk


@pytest.fixture
def page(qtbot: QtBot, work: Work, village: Desk, today: dt.date, now: dt.datetime) -> PosterPage:
    page = opened(qtbot, work, today, now)
    until_shown(page, qtbot)
    return page


def opened(qtbot: QtBot, work: Work, today: dt.date, now: dt.datetime) -> PosterPage:
    page = PosterPage(work, lambda: today, lambda: now)
    qtbot.addWidget(page)
    page.resize(*SMALL)
    page.show()
    return page


def until_shown(page: PosterPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: page.output.save.isEnabled() and not page.preview.waiting_for, timeout=10_000)


def pick(page: PosterPage, qtbot: QtBot, name: str) -> None:
    """Press the choice a screen reader calls by this name."""
    button = next(b for b in page.choices.buttons if b.accessibleName() == name)
    assert button.isVisible()
    button.click()
    until_shown(page, qtbot)


def texts(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def saved(page: PosterPage, qtbot: QtBot, path: Path) -> pypdfium2.PdfDocument:
    page.output.save_to(path)
    qtbot.waitUntil(lambda: page.output.said.text().startswith("Tersimpan: "))
    return pypdfium2.PdfDocument(path.read_bytes())


def page_text(document: pypdfium2.PdfDocument, number: int = 0) -> str:
    return document[number].get_textpage().get_text_range()


def test_the_poster_appears_by_itself_on_the_paper_of_the_village(page: PosterPage):
    assert page.choices.choice == Choice("apbdes", YEAR, "F4", "")
    assert page.preview.view.isVisible() and page.preview.view.fitted


def test_the_sheet_zooms(page: PosterPage, qtbot: QtBot):
    before = page.preview.view.zoom
    with qtbot.waitSignal(page.preview.view.sharp):
        page.preview.larger.click()
    assert page.preview.view.zoom > before


def test_the_saved_pdf_carries_the_phone_number_and_the_amounts(page: PosterPage, qtbot: QtBot, tmp_path: Path):
    with saved(page, qtbot, tmp_path / "poster.pdf") as paper:
        text = page_text(paper)
        assert PHONE in text and "2.365.319.296" in text
    assert str(tmp_path) in page.output.said.text()


def test_a_folder_that_cannot_be_written_is_said_and_nothing_is_lost(page: PosterPage, qtbot: QtBot, tmp_path: Path):
    page.output.save_to(tmp_path / "no folder" / "poster.pdf")
    qtbot.waitUntil(lambda: page.output.said.text().startswith("Tidak dapat disimpan di sana"))
    assert page.output.save.isEnabled()


def test_choosing_sheets_shows_the_poster_cut_with_its_assembly_sheet(page: PosterPage, qtbot: QtBot, tmp_path: Path):
    pick(page, qtbot, "Ukuran poster: A3")
    pick(page, qtbot, "Potong menjadi lembar: F4")
    qtbot.waitUntil(lambda: page.preview.view.pages > 1)
    with saved(page, qtbot, tmp_path / "tiles.pdf") as paper:
        assert len(paper) == page.preview.view.pages
        assert {
            tuple(sorted(round(side * 25.4 / 72) for side in paper.get_page_size(n))) for n in range(len(paper))
        } == {(215, 330)}
    assert not page.output.whole.isEnabled() and page.output.tiles.isEnabled()


def test_a_poster_no_larger_than_the_sheet_is_not_offered_in_pieces(page: PosterPage, qtbot: QtBot):
    pick(page, qtbot, "Ukuran poster: A4")
    assert not any(b.isVisible() for b in page.choices.buttons if b.accessibleName().startswith("Potong"))
    assert not page.output.tiles.isEnabled()
    pick(page, qtbot, "Ukuran poster: A3")
    assert page.output.tiles.isEnabled()


def test_print_in_pieces_first_shows_the_pieces_then_asks_for_the_printer(page: PosterPage, qtbot: QtBot):
    pick(page, qtbot, "Ukuran poster: A3")
    page.output.tiles.click()
    qtbot.waitUntil(lambda: page.output.said.text().startswith("Komputer ini belum mengenal pencetak."))
    assert page.choices.choice.tile == "F4"
    qtbot.waitUntil(lambda: page.preview.view.pages > 1)


@pytest.mark.parametrize(("size", "measure"), [("A4", (210, 297)), ("F4", (215, 330)), ("A3", (297, 420))])
def test_printed_the_sheet_measures_what_was_chosen(
    page: PosterPage, qtbot: QtBot, tmp_path: Path, size: str, measure: tuple[int, int]
):
    pick(page, qtbot, f"Ukuran poster: {size}")
    qtbot.waitUntil(lambda: page.output.paper_name.endswith(f"{size}.pdf"))
    printer = printing.new_printer(page.output.document)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    page.output.start(printer)
    qtbot.waitUntil(lambda: page.output.said.text() == "1 lembar dikirim ke pencetak.", timeout=20_000)
    with pypdfium2.PdfDocument(tmp_path / "printed.pdf") as paper:
        assert [side * 25.4 / 72 for side in paper.get_page_size(0)] == pytest.approx(measure, abs=0.3)


def test_without_a_printer_it_offers_to_save(page: PosterPage, qtbot: QtBot):
    page.output.whole.click()
    assert "Simpan PDF" in page.output.said.text()


def test_each_warning_leads_to_the_page_that_mends_it(page: PosterPage, qtbot: QtBot):
    pick(page, qtbot, "Jenis poster: Daftar kegiatan")
    qtbot.waitUntil(lambda: "Lokasi 1 kegiatan belum diisi." in texts(page.notices))
    links = [b for b in page.notices.findChildren(QPushButton) if b.isVisible()]
    place = next(b for b in links if b.accessibleDescription().startswith("Lokasi"))
    complaints = next(b for b in links if b.accessibleDescription().startswith("Alamat pengaduan"))
    for link, target in ((place, "projects"), (complaints, "settings")):
        with qtbot.waitSignal(page.go) as gone:
            link.click()
        assert gone.args == [target]


def test_a_number_entered_meanwhile_appears_without_being_asked_for(page: PosterPage, qtbot: QtBot, work: Work):
    other = AppointOfficial("head", "Kepala Desa", "Sutrisno", "0813-1111-2222", dt.date(2021, 1, 4))
    with qtbot.waitSignal(page.preview.view.sharp):
        work.do(other)
    until_shown(page, qtbot)

    def is_there() -> bool:
        """Whether a sheet is drawn, and has the new number."""
        drawn = page.output.document
        return drawn is not None and "0813-1111-2222" in page_text(pypdfium2.PdfDocument(drawn.pdf))

    qtbot.waitUntil(is_there)


def test_without_a_village_it_says_what_to_do_first(qtbot: QtBot, work: Work, today: dt.date, now: dt.datetime):
    page = opened(qtbot, work, today, now)
    qtbot.waitUntil(page.missing.isVisible)
    assert page.missing.button.text() == "Isi data desa"
    assert not page.choices.isVisible() and not page.output.isVisible()
    with qtbot.waitSignal(page.go) as gone:
        page.missing.button.click()
    assert gone.args == ["wizard"]


def test_without_a_budget_it_shows_the_activities_and_leads_to_the_budget_when_asked(
    qtbot: QtBot, work: Work, desk: Desk, today: dt.date, now: dt.datetime
):
    desk.do(SetVillage("35.22.12.2015"))
    desk.do(PutProject(ProjectForm(YEAR, "Rabat beton jalan Krajan")))
    page = opened(qtbot, work, today, now)
    until_shown(page, qtbot)
    assert page.choices.choice.kind == "projects"
    next(b for b in page.choices.buttons if b.text() == "APBDes").click()
    qtbot.waitUntil(page.missing.isVisible)
    with qtbot.waitSignal(page.go) as gone:
        page.missing.button.click()
    assert gone.args == ["budget"]


def test_the_desk_prints_its_service_and_leads_to_the_list_while_that_is_empty(page: PosterPage, qtbot: QtBot):
    pick(page, qtbot, "Jenis poster: Layanan informasi")
    assert page.choices.choice.kind == "ppid"
    next(b for b in page.choices.buttons if b.accessibleName() == "Jenis poster: Daftar informasi").click()
    qtbot.waitUntil(page.missing.isVisible)
    with qtbot.waitSignal(page.go, check_params_cb=lambda key: key == "dip"):
        page.missing.button.click()


def test_a_kelurahan_is_not_offered_an_apbdes(qtbot: QtBot, work: Work, desk: Desk, today: dt.date, now: dt.datetime):
    desk.do(SetVillage(KELURAHAN))
    desk.do(PutProject(ProjectForm(YEAR, "Rabat beton gang Melati")))
    page = opened(qtbot, work, today, now)
    until_shown(page, qtbot)
    assert page.choices.choice.kind == "projects"
    assert not any(b.isVisible() for b in page.choices.buttons if b.text() == "APBDes")


def test_the_page_fits_the_smallest_window(page: PosterPage, qtbot: QtBot):
    pick(page, qtbot, "Ukuran poster: A3")
    pick(page, qtbot, "Potong menjadi lembar: A4")
    qtbot.waitUntil(lambda: page.preview.view.pages > 1)
    needed = page.minimumSizeHint()
    assert needed.width() <= SMALL[0] and needed.height() <= SMALL[1]
    assert (page.width(), page.height()) == SMALL
