"""The register in a window, watched: prints as JSON how long opening, keys and names take until rows are painted.

    python -m tests.speed.searched FOLDER

With an empty register it prints what opening alone takes.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desk.foi.commands import Register
from desk.foi.rules import RequestForm
from tests.desks import open_desk
from ui.clock import now
from ui.foi.page import RequestsPage
from ui.parts.style import dress
from ui.work import Work

TYPED = (
    "jembatan", "embung kra", "notulen", "dusun", "berkas 77777", "surel", "dikirim", "peraturan", "042/pi", "map 17",
)  # fmt: skip
"""What a clerk types, letter by letter: words of few requests, of many, and of all."""

NAMED = ("rahayu", "siti w", "hahaha")
"""Names: of many, of some, of one."""

LATEST = 20_000
"""Milliseconds after which a measurement is given up."""


class Watch(QObject):
    """Waits until the list has been asked, answered and painted."""

    def __init__(self, page: RequestsPage) -> None:
        super().__init__()
        self._page, self._loop, self._at = page, QEventLoop(), 0.0
        self.is_answered = False
        page.finding.shown.connect(self._answered)
        page.list.viewport().installEventFilter(self)

    def after(self, act: Callable[[], object]) -> float:
        """Milliseconds from an act to the rows it brings, painted."""
        self.is_answered = False
        began = time.perf_counter()
        timer = QTimer(singleShot=True, interval=LATEST)
        timer.timeout.connect(self._late)
        timer.start()
        act()
        self._loop.exec()
        return (self._at - began) * 1000

    def painted(self, act: Callable[[], object]) -> float:
        """Milliseconds from an act to the list, or to what stands in place of an empty one."""
        self._page.finding.middle.currentWidget().installEventFilter(self)
        began = time.perf_counter()
        act()
        self._loop.exec()
        return (self._at - began) * 1000

    def until(self, holds: Callable[[], bool]) -> None:
        """Wait for something, looking every five milliseconds."""
        look = QTimer(interval=5)
        look.timeout.connect(lambda: holds() and self._loop.quit())
        look.start()
        self._loop.exec()
        look.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The first paint after the answer ends the wait, once it is over."""
        if self.is_answered and event.type() == QEvent.Type.Paint:
            self.is_answered = False
            QTimer.singleShot(0, self._painted)
        return False

    def _answered(self) -> None:
        self.is_answered = True
        if not self._page.model.rows:
            QTimer.singleShot(0, self._painted)

    def _painted(self) -> None:
        self._at = time.perf_counter()
        self._loop.quit()

    def _late(self) -> None:
        raise SystemExit("nothing was painted")


def resident() -> float:
    """MiB this process holds in memory."""
    fields = Path("/proc/self/statm").read_text(encoding="ascii").split()
    return int(fields[1]) * 4096 / (1 << 20)


def main() -> None:
    """Open the page and type."""
    application = QApplication(sys.argv[:1])
    dress(application, 100)
    desk, work = open_desk(Path(sys.argv[1]), now), Work()
    work.take(desk)
    today = now().date()
    page = RequestsPage(work, lambda: today, now, None)
    page.resize(1024, 600)
    watch = Watch(page)
    page.read_ahead()
    watch.until(lambda: watch.is_answered)
    found: dict[str, object] = {"open": watch.painted(page.show), "opened_mib": resident()}
    if page.model.rows:
        began = time.perf_counter()
        first = watch.after(lambda: QTest.keyClicks(page.search, "ra"))
        watch.until(lambda: page.finding.is_recalled)
        found |= {"first_search": first, "recall": (time.perf_counter() - began) * 1000, "recalled_mib": resident()}
        found["keys"] = [ms for words in TYPED for ms in _typed(page, watch, words)]
        found["names"] = [ms for words in NAMED for ms in _typed(page, watch, words)]
        found["every"] = watch.after(lambda: page.finding.seek("dusun"))
        form = RequestForm(today, today, "Siti Contoh", "Krajan", "RAB jalan", "ingin tahu", phone="0812")
        found["reopen"] = watch.after(lambda: page.finding.seek(""))
        found["find"] = watch.after(lambda: page.finding.seek("berkas 7777"))
        began = time.perf_counter()
        desk.do(Register(form))  # to the disk, as the spreadsheet's save
        found["add"] = (time.perf_counter() - began) * 1000
    print(json.dumps(found))
    work.close()


def _typed(page: RequestsPage, watch: Watch, words: str) -> list[float]:
    """Milliseconds of each key from the second letter on."""
    page.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
    watch.after(page.search.clear)
    watch.after(lambda: QTest.keyClicks(page.search, words[0]))
    return [watch.after(lambda key=key: QTest.keyClicks(page.search, key)) for key in words[1:]]  # type: ignore[misc]


if __name__ == "__main__":
    main()
