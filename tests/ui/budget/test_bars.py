"""Bars of budget and realisation: one scale, zero at the left, the outline the budget, the fill what was spent."""

from decimal import Decimal

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from desk.budget.rules import Totals
from tests.ui.budget.acting import GILIS, load
from ui.budget.bars import Bars, FieldBar, field_bars, paint_pair
from ui.budget.page import BudgetPage
from ui.budget.rows import TreeRow, grow

WIDTH, HEIGHT = 200, 12


def bar(amount: int | None, realised: int | None) -> FieldBar:
    return FieldBar("Bidang", *(None if x is None else Decimal(x) for x in (amount, realised)))


def painted(shown: FieldBar, largest: int) -> QImage:
    """One bar on white, in grey as a laser prints it."""
    image = QImage(WIDTH + 10, HEIGHT + 10, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    paint_pair(painter, QRectF(5, 5, WIDTH, HEIGHT), shown, Decimal(largest))
    painter.end()
    return image.convertToFormat(QImage.Format.Format_Grayscale8)


def middle(image: QImage, share: float) -> int:
    """The grey in the middle of the bar at a share of the scale."""
    return image.pixelColor(5 + round(WIDTH * share), 5 + HEIGHT // 2).lightness()


def test_the_fill_ends_where_the_spending_ends_and_the_outline_where_the_budget_does() -> None:
    image = painted(bar(80, 40), 100)
    assert middle(image, 0.2) < 160 and middle(image, 0.38) < 160
    assert middle(image, 0.42) > 240 and middle(image, 0.7) > 240
    assert middle(image, 0.8) < 100
    assert middle(image, 0.9) > 240


def test_what_goes_beyond_the_budget_is_hatched_past_the_outline() -> None:
    image = painted(bar(50, 100), 100)
    assert middle(image, 0.25) < 160
    beyond = {image.pixelColor(x, y).lightness() for x in range(115, 195) for y in range(7, 15)}
    assert min(beyond) < 80 and max(beyond) > 240


@pytest.mark.parametrize("shown", [bar(0, 0), bar(None, None), bar(0, -5)])
def test_nothing_is_a_hair_line_at_zero(shown: FieldBar) -> None:
    image = painted(shown, 100)
    assert min(image.pixelColor(x, 10).lightness() for x in range(3, 8)) < 160
    assert all(image.pixelColor(x, 10).lightness() > 240 for x in range(10, 200))


@pytest.mark.parametrize(
    ("shown", "words"),
    [
        (bar(100, 50), "Rp\u00a050 dari Rp\u00a0100 · 50,00\u00a0%"),
        (bar(100, 150), "Rp\u00a0150 dari Rp\u00a0100 · 150,00\u00a0% · melebihi"),
        (bar(0, 5), "Rp\u00a05 dari Rp\u00a00 · - · melebihi"),
        (bar(100, None), "anggaran Rp\u00a0100, realisasi belum diisi"),
    ],
)
def test_the_number_stands_beside_and_too_much_is_said_in_words(shown: FieldBar, words: str) -> None:
    assert shown.words == words


def test_fields_are_added_up_from_what_stands_at_the_top_of_the_expenditure() -> None:
    roots = grow((), Totals(), Totals())
    for activity, amount in (("1", 5), ("1.1", 7), ("2.3", 4), ("", 3)):
        roots[1].add(TreeRow("x", activity, Decimal(amount), Decimal(1), activity=activity))
    assert [(b.title, b.amount, b.realised) for b in field_bars(roots)] == [
        ("Penyelenggaraan Pemerintahan Desa", 12, 2),
        ("Pelaksanaan Pembangunan Desa", 4, 1),
        ("Tanpa bidang", 3, 1),
    ]


def test_the_bars_stand_beside_a_wide_tree_and_in_place_of_a_narrow_one(page: BudgetPage, qtbot: QtBot) -> None:
    load(page, qtbot, GILIS, 2020)
    bars: Bars = page.book.bars
    assert not bars.isVisible() and page.book.tree.isVisible()
    page.book.strip.chart.click()
    assert bars.isVisible() and not page.book.tree.isVisible() and len(bars.bars) == 5
    assert "Rp" in bars.accessibleDescription()
    page.book.strip.chart.click()
    page.resize(1366 - 176, 676)
    page.book._with_chart = None
    qtbot.waitUntil(lambda: page.book.strip.chart.isVisible())
    page.book._arrange()
    assert bars.isVisible() and page.book.tree.isVisible()
