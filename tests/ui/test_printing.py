"""Paper comes out exactly as the PDF measures it."""

import io
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtGui import QPageLayout, QPageSize
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from reportlab.pdfgen.canvas import Canvas

from ui.parts import printing
from ui.parts.printing import PrintJob
from ui.parts.raster import Document, measured
from ui.work import Work

MM = 72 / 25.4
SHEETS = {"A4": (210, 297), "F4": (215, 330), "A3": (297, 420), "F4 lying": (330, 215)}


@pytest.fixture
def work(qapp: QApplication) -> Iterator[Work]:
    work = Work()
    yield work
    work.close()


def document(*sheets: tuple[float, float]) -> Document:
    """A page each, in mm, with a square of 20 mm, 10 mm from the left and the top edge."""
    out = io.BytesIO()
    canvas = Canvas(out)
    for width, height in sheets:
        canvas.setPageSize((width * MM, height * MM))
        canvas.rect(10 * MM, (height - 30) * MM, 20 * MM, 20 * MM, stroke=0, fill=1)
        canvas.showPage()
    canvas.save()
    return measured(out.getvalue())


def to_file(pdf: Document, path: Path) -> QPrinter:
    printer = printing.new_printer(pdf)
    printer.setOutputFileName(str(path))
    return printer


def printed(work: Work, qtbot: QtBot, pdf: Document, path: Path, printer: QPrinter | None = None) -> str:
    job = PrintJob(work, printer or to_file(pdf, path), pdf, work)
    with qtbot.waitSignal(job.finished, timeout=20_000) as finished:
        job.start()
    return str(finished.args[0])


@pytest.mark.parametrize("name", SHEETS)
def test_the_sheet_and_what_stands_on_it_measure_the_same_on_paper(work: Work, qtbot: QtBot, tmp_path: Path, name: str):
    width, height = SHEETS[name]
    printed(work, qtbot, document((width, height)), tmp_path / "out.pdf")
    with pypdfium2.PdfDocument(tmp_path / "out.pdf") as paper:
        assert [side / MM for side in paper.get_page_size(0)] == pytest.approx((width, height), abs=0.3)
        dots = paper[0].render(scale=10 / MM).to_pil().convert("L")
        left, top, right, bottom = dots.point(lambda grey: 255 * (grey < 128)).getbbox()
        assert (left, top, right, bottom) == pytest.approx((100, 100, 300, 300), abs=4)
        paper.close()


def test_tiles_of_different_shapes_each_get_their_own_paper(work: Work, qtbot: QtBot, tmp_path: Path):
    said = printed(work, qtbot, document((215, 330), (330, 215), (215, 330)), tmp_path / "out.pdf")
    assert said == "3 lembar dikirim ke pencetak."
    with pypdfium2.PdfDocument(tmp_path / "out.pdf") as paper:
        sizes = [paper.get_page_size(number) for number in range(len(paper))]
        assert [width < height for width, height in sizes] == [True, False, True]


def test_f4_is_asked_for_by_its_name_and_measure(qapp: QApplication):
    size, orientation = printing.page_size(330 * MM, 215 * MM)
    assert size.name() == "F4" and orientation == QPageLayout.Orientation.Landscape
    assert size.size(QPageSize.Unit.Millimeter).toTuple() == pytest.approx((215, 330), abs=0.05)
    assert printing.page_size(297 * MM, 420 * MM)[0].id() == QPageSize.PageSizeId.A3


def test_the_dialog_offers_the_pages_there_are_and_speaks_indonesian(qtbot: QtBot, tmp_path: Path):
    pdf = document((210, 297), (210, 297), (210, 297))
    window = QWidget()
    qtbot.addWidget(window)
    dialog = printing.choose(to_file(pdf, tmp_path / "out.pdf"), pdf, window)
    assert (dialog.minPage(), dialog.maxPage()) == (1, 3)
    assert dialog.windowTitle() == "Cetak"


def test_only_the_pages_chosen_in_the_dialog_are_printed(work: Work, qtbot: QtBot, tmp_path: Path):
    pdf = document((210, 297), (297, 420), (210, 297))
    printer = to_file(pdf, tmp_path / "out.pdf")
    printer.setFromTo(2, 2)
    assert printed(work, qtbot, pdf, tmp_path / "out.pdf", printer) == "1 lembar dikirim ke pencetak."
    with pypdfium2.PdfDocument(tmp_path / "out.pdf") as paper:
        assert len(paper) == 1
        assert paper.get_page_size(0)[0] / MM == pytest.approx(297, abs=0.3)


def test_printing_tells_how_far_it_is_and_stops_when_asked(work: Work, qtbot: QtBot, tmp_path: Path):
    pdf = document(*[(210.0, 297.0)] * 20)
    job = PrintJob(work, to_file(pdf, tmp_path / "out.pdf"), pdf, work)
    steps: list[int] = []
    job.progress.connect(lambda done, total: steps.append(done))
    job.progress.connect(lambda done, total: job.cancel() if done > 100 else None)
    with qtbot.waitSignal(job.finished, timeout=20_000) as finished:
        job.start()
    assert finished.args[0].startswith("Pencetakan dihentikan.")
    assert steps == sorted(steps) and 100 < steps[-1] < 300


def test_a_printer_that_does_not_answer_is_said_to(work: Work, qtbot: QtBot, tmp_path: Path):
    pdf = document((210, 297))
    said = printed(work, qtbot, pdf, tmp_path, to_file(pdf, tmp_path / "no folder" / "out.pdf"))
    assert said.startswith("Pencetak tidak menjawab.")
