"""The sheet on the screen is the sheet on paper: there soon, sharp at every zoom, by keyboard alone."""

import io
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from reportlab.pdfgen.canvas import Canvas

from ui.parts.preview import Preview
from ui.parts.raster import Cut, measured, picture
from ui.work import Work

F4 = (215 * 72 / 25.4, 330 * 72 / 25.4)
INK = QColor("black").rgb()


@pytest.fixture
def work(qapp: QApplication) -> Iterator[Work]:
    work = Work()
    failures: list[Exception] = []
    work.failed.connect(failures.append)
    yield work
    work.close()
    assert failures == []


@pytest.fixture
def preview(qtbot: QtBot, work: Work) -> Preview:
    preview = Preview(work)
    qtbot.addWidget(preview)
    preview.resize(500, 500)
    preview.show()
    with qtbot.waitSignal(preview.view.sharp):
        preview.show_pdf(document(3))
    return preview


def document(pages: int, size: tuple[float, float] = F4) -> bytes:
    """Pages with a black square of 100 points in the lower left corner; its height tells the page."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=size)
    for number in range(pages):
        canvas.rect(0, 0, 100, 100 * (number + 1), stroke=0, fill=1)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def ink(preview: Preview) -> int:
    """Black pixels of the view, its edges aside."""
    seen = preview.view.viewport().grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    return sum(seen.pixel(x, y) == INK for x in range(4, seen.width() - 4, 2) for y in range(4, seen.height() - 4, 2))


def shown(preview: Preview, qtbot: QtBot, act) -> int:
    with qtbot.waitSignal(preview.view.sharp):
        act()
    return ink(preview)


def test_before_there_is_a_picture_it_says_what_it_waits_for(qtbot: QtBot, work: Work):
    preview = Preview(work)
    qtbot.addWidget(preview)
    preview.show()
    assert not preview.view.isVisible()
    assert preview.waiting_for == "Menyiapkan gambar ..."


def test_a_new_document_is_shown_whole(preview: Preview):
    assert preview.view.isVisible()
    assert preview.view.fitted
    assert ink(preview) > 100
    assert preview.view.horizontalScrollBar().maximum() == preview.view.verticalScrollBar().maximum() == 0


def test_page_down_turns_the_page_and_the_last_page_stays(preview: Preview, qtbot: QtBot):
    first = ink(preview)
    second = shown(preview, qtbot, lambda: qtbot.keyClick(preview.view, Qt.Key.Key_PageDown))
    assert second == pytest.approx(2 * first, rel=0.1)
    shown(preview, qtbot, lambda: qtbot.keyClick(preview.view, Qt.Key.Key_End))
    assert preview.view.page == 2
    qtbot.keyClick(preview.view, Qt.Key.Key_PageDown)
    assert preview.view.page == 2 and not preview.next.isEnabled()
    assert shown(preview, qtbot, lambda: qtbot.keyClick(preview.view, Qt.Key.Key_Home)) == first


def test_ctrl_plus_and_minus_zoom_and_ctrl_0_shows_the_whole_sheet(preview: Preview, qtbot: QtBot):
    fitting = preview.view.zoom
    for key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
        shown(preview, qtbot, lambda key=key: qtbot.keyClick(preview.view, key, Qt.KeyboardModifier.ControlModifier))
    larger = preview.view.zoom
    assert larger > fitting and not preview.view.fitted
    shown(preview, qtbot, lambda: qtbot.keyClick(preview.view, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier))
    assert fitting < preview.view.zoom < larger
    shown(preview, qtbot, lambda: qtbot.keyClick(preview.view, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier))
    assert preview.view.zoom == fitting and preview.view.fitted


def test_ctrl_and_the_wheel_zoom_around_the_pointer(preview: Preview, qtbot: QtBot):
    view = preview.view
    corner = QPointF(view.viewport().rect().center().x(), view.viewport().height() - 20)
    turn = QWheelEvent(
        corner, view.viewport().mapToGlobal(corner), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    for _ in range(4):
        QApplication.sendEvent(view.viewport(), turn)
    assert view.zoom > 0.5
    bar = view.verticalScrollBar()
    assert bar.value() > bar.maximum() / 2


def test_zoomed_in_page_down_scrolls_through_the_sheet_first(preview: Preview, qtbot: QtBot):
    for _ in range(4):
        preview.larger.click()
    preview.view.verticalScrollBar().setValue(0)
    qtbot.keyClick(preview.view, Qt.Key.Key_PageDown)
    assert preview.view.page == 0 and preview.view.verticalScrollBar().value() > 0
    for _ in range(9):
        qtbot.keyClick(preview.view, Qt.Key.Key_PageDown)
    assert preview.view.page > 0


def test_at_a_large_zoom_only_what_is_visible_is_drawn(preview: Preview, qtbot: QtBot):
    while preview.larger.isEnabled():
        preview.larger.click()
    with qtbot.waitSignal(preview.view.sharp):
        preview.view.verticalScrollBar().setValue(1)
    drawn = preview.view.drawn()
    assert drawn is not None
    assert drawn.scale == preview.view.zoom * preview.view.logicalDpiX() / 72 * preview.view.devicePixelRatioF()
    assert drawn.cut.width * drawn.cut.height <= 4 * 500 * 500


def test_the_view_names_itself_and_its_page_to_a_screen_reader(preview: Preview):
    assert preview.view.accessibleName() == "Pratinjau kertas"
    assert preview.view.accessibleDescription().startswith("Lembar 1 dari 3, besar ")
    assert all(button.accessibleName() for button in (preview.back, preview.next, preview.larger, preview.fit))


def test_a_new_print_of_the_same_poster_keeps_page_and_zoom(preview: Preview, qtbot: QtBot):
    preview.next.click()
    preview.larger.click()
    zoom = preview.view.zoom
    with qtbot.waitSignal(preview.view.sharp):
        preview.show_pdf(document(3))
    assert (preview.view.page, preview.view.zoom) == (1, zoom)


def test_a_file_that_cannot_be_drawn_is_said_so_and_reported(qtbot: QtBot):
    work = Work()
    preview = Preview(work)
    qtbot.addWidget(preview)
    preview.show()
    with qtbot.waitSignal(work.failed):
        preview.show_pdf(b"not a pdf")
    assert preview.waiting_for.startswith("Gambar tidak dapat dibuat.")
    work.close()


def test_a_cut_is_the_same_picture_as_that_part_of_the_whole():
    pdf = document(1)
    assert measured(pdf).sizes[0] == pytest.approx(F4, abs=0.01)
    whole = picture(pdf, 0, 3.7)
    cut = Cut(101, whole.height() - 500, 333, 222)
    assert picture(pdf, 0, 3.7, cut) == whole.copy(cut.left, cut.top, cut.width, cut.height)
