"""Every page on the screens villages have: nothing outside the window; the pictures stay in `tests/ui/pictures/`."""

import datetime as dt
import sys
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

import resources
from desk.budget.commands import Enact
from desk.budget.queries import in_force
from desk.exchange.apbdes import import_budget
from desk.foi.commands import AnswerRequest, Register
from desk.foi.rules import RequestForm
from desk.projects.commands import PutProject, SetProgress
from desk.projects.rules import ProjectForm
from desk.village.commands import AppointOfficial, SetContact, SetHours, SetPaper, SetVillage
from sync.client.round import enrol, sync
from tests.desks import open_desk
from ui import start
from ui.app import Start
from ui.budget.intake import ACCEPT, FILE, PROBLEMS, READ
from ui.parts.sheetview import SheetView
from ui.parts.style import ZOOMS, scale
from ui.village.hours import USUAL
from ui.window import PAGES

# The district server is the one of the tests of sync.
sys.path.insert(0, str(Path(__file__).parents[1] / "sync"))

from district import District

MORNING = dt.datetime(2026, 11, 23, 9, 12, tzinfo=dt.timezone(dt.timedelta(hours=7)))
PICTURES = Path(__file__).parent / "pictures"
SCREENS = {"1024x600": (1024, 600, 100), "1366x768": (1366, 768, 100), "1366x768 150%": (1366, 768, 150)}
ASKED = (
    ("Salinan RAB jalan Dusun Krajan tahun 2026", 31, False),
    ("Data penerima BLT Dana Desa triwulan III", 17, False),
    ("Laporan realisasi APBDes semester pertama", 13, False),
    ("Peta tanah kas desa dan perjanjian sewanya", 9, False),
    ("Daftar inventaris aset desa", 3, False),
    ("Berita acara musyawarah desa penetapan RKP", 40, True),
    ("Salinan Peraturan Desa tentang pungutan pasar", 55, True),
)
"""What was asked, how many days ago, and whether it has been answered."""


def fill(folder: Path, now: dt.datetime) -> None:
    """A village at work: officials, hours, requests, budget and activities."""
    desk, today = open_desk(folder, lambda: now), now.date()
    try:
        desk.do(SetVillage("35.22.12.2015"))
        desk.do(AppointOfficial("head", "Kepala Desa", "Budi Contoh", "0812-3456-7890", dt.date(2020, 2, 1)))
        desk.do(AppointOfficial("ppid", "PPID", "Sari Contoh", None, dt.date(2020, 2, 1)))
        desk.do(SetContact("Jalan Contoh Nomor 1", "Kantor Desa, Jalan Contoh Nomor 1"))
        desk.do(SetHours(USUAL))
        desk.do(SetPaper("F4"))
        for sought, ago, is_answered in ASKED:
            day = today - dt.timedelta(days=ago)
            made = desk.do(
                Register(RequestForm(day, day, "Siti Contoh", "RT 03/RW 01", sought, "ingin tahu", phone="0812000000"))
            ).value
            if is_answered:
                desk.do(AnswerRequest(made.id, day + dt.timedelta(days=6), "hard", Decimal(12_000)))
        import_budget(desk, resources.path("demo/belantih-2022.csv"), 2022)
        version = desk.ask(in_force, 2022)
        assert version is not None
        desk.do(Enact(version.id, "Peraturan Desa Nomor 1 Tahun 2022", dt.date(2022, 1, 3)))
        for name, place, cost, percent in (
            ("Rabat beton jalan Dusun Krajan", "RT 03/RW 01", 150_000_000, 100),
            ("Saluran air Dusun Lor", "Dusun Lor", 85_000_000, 60),
            ("Rehab Posyandu Melati", "RT 02/RW 01", 42_500_000, 0),
        ):
            project = desk.do(
                PutProject(ProjectForm(2026, name, place=place, cost=Decimal(cost), fund_source="DDS"))
            ).value
            desk.do(SetProgress(project, today, percent, today))
    finally:
        desk.close()


def _record(page: Any, qtbot: QtBot) -> None:
    page.open(page.model.rows[3].id)


def _answer(page: Any, qtbot: QtBot) -> None:
    page.open(page.model.rows[3].id)
    qtbot.waitUntil(lambda: page.record.detail is not None)
    page.record.begin("answered")
    qtbot.waitUntil(lambda: page.record.answer.save.visibleRegion().boundingRect().height() > 0)


def _files(page: Any, qtbot: QtBot) -> None:
    _record(page, qtbot)
    part = page.record.attachments
    qtbot.waitUntil(lambda: page.record.detail is not None and part._listed is not None)
    part.take([resources.path("demo/belantih-2022.csv")])
    qtbot.waitUntil(lambda: not part.asking.isHidden())


def _file(page: Any, qtbot: QtBot) -> None:
    part = page.record.attachments
    part.asking.save.click()
    qtbot.waitUntil(lambda: len(part.rows) == 1 and part.asking.isHidden())
    part.rows[0].open.click()
    qtbot.waitUntil(page.file.copy.isEnabled)


def _faults(page: Any, qtbot: QtBot) -> None:
    page.new()
    page.form.submit()


def _number(page: Any, qtbot: QtBot) -> None:
    page.entered.show_number("008/PI/A/2026", dt.date(2026, 12, 7), is_certain=True)
    page.pages.setCurrentWidget(page.entered)


def _receipt(page: Any, qtbot: QtBot) -> None:
    page.open(page.model.rows[0].id)
    page._print(page.model.rows[0].id)


def _budget_file(page: Any, qtbot: QtBot, step: int) -> None:
    page.import_file()
    page.intake.year.setText("2022")
    page.intake.take(resources.path("demo/belantih-2022.csv"))
    qtbot.waitUntil(lambda: page.intake.step > FILE, timeout=20_000)
    page.intake._go(step)


def _names(page: Any, qtbot: QtBot) -> None:
    page.sheets.names.click()
    qtbot.waitUntil(page.names.isVisible)


def _report(page: Any, qtbot: QtBot) -> None:
    page._leave()
    page.choices.kinds.choose("report")
    page.choices.kinds.picked.emit()


def _words(page: Any, qtbot: QtBot) -> None:
    page.sheets.words.click()
    qtbot.waitUntil(page.texts.isVisible)


SCENES: dict[str, tuple[str, Callable[[Any, QtBot], None]]] = {
    "record": ("requests", _record),
    "answer": ("requests", _answer),
    "files": ("requests", _files),
    "file": ("requests", _file),
    "form": ("requests", lambda page, _bot: page.new()),
    "form faults": ("requests", _faults),
    "number": ("requests", _number),
    "receipt": ("requests", _receipt),
    "nothing found": ("requests", lambda page, _bot: page.seek("tidak ada yang begini")),
    "import": ("budget", lambda page, _bot: page.import_file()),
    "import read": ("budget", lambda page, qtbot: _budget_file(page, qtbot, READ)),
    "import problems": ("budget", lambda page, qtbot: _budget_file(page, qtbot, PROBLEMS)),
    "import accept": ("budget", lambda page, qtbot: _budget_file(page, qtbot, ACCEPT)),
    "by field": ("budget", lambda page, _bot: page.fill_fields()),
    "by code": ("budget", lambda page, _bot: page.fill_codes()),
    "activity": ("projects", lambda page, _bot: page.open(page.activities.model.rows[0].id)),
    "new activity": ("projects", lambda page, _bot: page.open_new()),
    "register names": ("registers", _names),
    "report": ("registers", _report),
    "report words": ("registers", _words),
    **{f"wizard {n + 1}": ("wizard", lambda page, _bot, n=n: page.show_page(n)) for n in range(6)},
    **{f"settings {n + 1}": ("settings", lambda page, _bot, n=n: page.tabs.setCurrentIndex(n)) for n in range(1, 5)},
}
"""What a person comes to on a page: the page's key, and what opens it there."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The village at work, filled once for all pictures."""
    place, server = tmp_path_factory.mktemp("desa"), tmp_path_factory.mktemp("kabupaten")
    fill(place, MORNING)
    desk, district = open_desk(place, lambda: MORNING), District(server / "kabupaten.db")
    try:
        enrol(desk, district.url, district.invite())
        sync(desk, lambda: MORNING)
        desk.do(PutProject(ProjectForm(2026, "Talud Dusun Kidul", cost=Decimal(61_000_000))))
    finally:
        desk.close()
        district.stop()
    return place


@pytest.fixture
def program(qtbot: QtBot, qapp: QApplication, folder: Path) -> Iterator[Start]:
    """The program on that folder, every page within reach."""
    yield from running(qtbot, qapp, folder)


@pytest.fixture
def empty(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Start]:
    """The program on its first day."""
    yield from running(qtbot, qapp, tmp_path)


def running(qtbot: QtBot, qapp: QApplication, folder: Path) -> Iterator[Start]:
    """Start the program on a folder, and end it; a bug in between fails the test."""
    hook = sys.excepthook
    begun = Start(qapp, folder, lambda: MORNING, start)
    qtbot.addWidget(begun.shell)
    begun.shell.show()
    qtbot.waitUntil(lambda: begun.is_ready, timeout=20_000)
    yield begun
    begun.shell.close()
    scale(qapp, ZOOMS[0])
    sys.excepthook = hook
    assert not (folder / "meja.log").exists()


@pytest.mark.parametrize("screen", SCREENS)
def test_nothing_sticks_out_of_the_window(program: Start, qapp: QApplication, qtbot: QtBot, screen: str) -> None:
    width, height, zoom = SCREENS[screen]
    scale(qapp, zoom)
    program.shell.resize(width, height)
    found = []
    for scene in (*PAGES, *SCENES):
        key, act = SCENES.get(scene, (scene, None))
        program.turn(key)
        settle(qtbot, program)
        if act:
            act(program.shell.pages[key], qtbot)
            settle(qtbot, program)
        keep(program.shell, f"{scene} {screen}")
        found += [f"{scene}: {what}" for what in (*outside(program.shell), *cut(program.shell))]
        assert (program.shell.width(), program.shell.height()) == (width, height), scene
    assert found == []


def test_no_page_of_an_empty_desk_is_an_empty_window(empty: Start, qtbot: QtBot) -> None:
    empty.shell.resize(1024, 600)
    for key in ("wizard", *PAGES):
        empty.turn(key)
        settle(qtbot, empty)
        keep(empty.shell, f"empty {key} 1024x600")
        page = empty.shell.pages[key]
        first = [b for b in page.findChildren(QPushButton) if b.isVisible() and b.property("kind") == "main"]
        assert first or key == "settings", f"{key} does not say what to do first"
        assert [*outside(empty.shell), *cut(empty.shell)] == [], key


def settle(qtbot: QtBot, program: Start) -> None:
    """Wait until what the page asked for has come and been laid out."""
    heard: list[object] = []
    for _round in range(3):
        heard.clear()
        program.work.run(tuple, done=heard.append)
        qtbot.waitUntil(lambda: bool(heard), timeout=10_000)
    views = program.shell.findChildren(SheetView)
    qtbot.waitUntil(lambda: all(view.drawn() for view in views if view.isVisible()), timeout=10_000)
    QApplication.processEvents()


def keep(window: QWidget, name: str) -> None:
    """Keep a picture for eyes."""
    PICTURES.mkdir(exist_ok=True)
    assert window.grab().save(str(PICTURES / f"{name.replace(' ', '-').replace('%', '')}.png"))


def outside(window: QWidget) -> list[str]:
    """Visible widgets that stick out of the one they are in, other than what scrolls."""
    found = []
    for widget in window.findChildren(QWidget):
        parent = widget.parentWidget()
        if parent is None or widget.isWindow() or not widget.isVisible() or _scrolls(widget):
            continue
        if not parent.rect().contains(QRect(QPoint(0, 0) + widget.pos(), widget.size())):
            words = widget.text() if isinstance(widget, QLabel | QPushButton) else ""
            found.append(
                f"{type(widget).__name__} {words!r} {widget.geometry()} in {type(parent).__name__} {parent.rect()}"
            )
    return found


def cut(window: QWidget) -> list[str]:
    """Words that are not wholly seen: labels and buttons too narrow for them, and a main button out of sight."""
    found = []
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or not isinstance(widget, QLabel | QPushButton):
            continue
        wraps = isinstance(widget, QLabel) and (widget.wordWrap() or not widget.text())
        if not wraps and widget.width() < widget.sizeHint().width():
            found.append(f"{widget.text()!r} has {widget.width()} of {widget.sizeHint().width()} pixels")
        if widget.property("kind") == "main" and widget.visibleRegion().boundingRect().size() != widget.size():
            found.append(f"{widget.text()!r} is out of sight")
    return found


def _scrolls(widget: QWidget) -> bool:
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, QAbstractScrollArea):
            return True
        above = above.parentWidget()
    return False
