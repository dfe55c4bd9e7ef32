"""Drawing must not eat references to None.

PySide6 6.12.0 drops one in most QPainter calls on CPython 3.11: after enough drawing the process aborts.
"""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import PySide6
import pytest
from PySide6.QtCore import QLineF, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QImage, QPageSize, QPainter, QPainterPath, QPdfWriter, QPen, QPolygonF
from PySide6.QtPrintSupport import QPrinter

CALLS = 200
"""Enough that a lost reference a call cannot hide among the interpreter's own."""

NOISE = 50
"""References to None that come and go by themselves."""

BOX = QRectF(0, 0, 9, 9)
HERE, THERE = QPointF(1, 1), QPointF(9, 9)

METHODS: dict[str, Callable[[QPainter], object]] = {
    "drawEllipse": lambda p: p.drawEllipse(BOX),
    "drawImage": lambda p: p.drawImage(HERE, QImage(2, 2, QImage.Format.Format_RGB32)),
    "drawImage in a box": lambda p: p.drawImage(BOX, QImage(2, 2, QImage.Format.Format_RGB32)),
    "drawImage in pixels": lambda p: p.drawImage(QRect(0, 0, 9, 9), QImage(2, 2, QImage.Format.Format_RGB32)),
    "drawLine": lambda p: p.drawLine(HERE, THERE),
    "drawLine of numbers": lambda p: p.drawLine(1, 2, 3, 4),
    "drawLines": lambda p: p.drawLines([QLineF(HERE, THERE)]),
    "drawPath": lambda p: p.drawPath(QPainterPath()),
    "drawPolygon": lambda p: p.drawPolygon(QPolygonF([HERE, THERE])),
    "drawRect": lambda p: p.drawRect(BOX),
    "drawRoundedRect": lambda p: p.drawRoundedRect(BOX, 1, 1),
    "drawText at a point": lambda p: p.drawText(HERE, "x"),
    "drawText in a box": lambda p: p.drawText(BOX, Qt.AlignmentFlag.AlignLeft, "x"),
    "fillRect with a brush": lambda p: p.fillRect(BOX, QBrush(Qt.GlobalColor.red)),
    "fillRect with a colour": lambda p: p.fillRect(BOX, QColor("red")),
    "fillRect with white": lambda p: p.fillRect(BOX, Qt.GlobalColor.white),
    "save and restore": lambda p: (p.save(), p.restore()),
    "setBrush": lambda p: p.setBrush(QBrush(Qt.GlobalColor.red)),
    "setClipRect": lambda p: p.setClipRect(BOX),
    "setFont": lambda p: p.setFont(QFont()),
    "setPen": lambda p: p.setPen(QPen(QColor("red"))),
    "setPen with a colour": lambda p: p.setPen(QColor("red")),
    "setRenderHint": lambda p: p.setRenderHint(QPainter.RenderHint.Antialiasing),
    "translate": lambda p: p.translate(0, 0),
}


def lost(call: Callable[[], object]) -> int:
    """References to None gone after CALLS calls; the first call fills Qt's own caches."""
    call()
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        call()
    return before - sys.getrefcount(None)


@pytest.fixture
def painter(qapp: object) -> Iterator[QPainter]:
    image = QImage(200, 200, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    yield painter
    painter.end()


def test_pyside_stays_below_the_version_that_miscounts():
    assert tuple(map(int, PySide6.__version__.split(".")[:2])) < (6, 12)


@pytest.mark.parametrize("method", METHODS)
def test_drawing_keeps_the_references_to_none(painter: QPainter, method: str):
    assert abs(lost(lambda: METHODS[method](painter))) < NOISE


def test_a_new_page_of_a_pdf_keeps_the_references_to_none(qapp: object, tmp_path: Path):
    writer = QPdfWriter(str(tmp_path / "many.pdf"))
    painter = QPainter(writer)
    assert abs(lost(writer.newPage)) < NOISE
    painter.end()


def test_a_new_page_of_a_printer_keeps_the_references_to_none(qapp: object, tmp_path: Path):
    printer = QPrinter()
    printer.setOutputFileName(str(tmp_path / "many.pdf"))
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    painter = QPainter(printer)
    assert abs(lost(printer.newPage)) < NOISE
    painter.end()
