"""A clerk at the real window who registers one request after another until the power goes; a process of its own.

Says the number of a request on standard output, and only once the window shows it and calls it saved.
"""

import os
import random
import sys

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from ui import app, display, opening, rooms
from ui.start import main as start_the_program

BEHIND_THE_WINDOW = (app, display, opening, rooms)
"""What `ui.start` imports as late as it can; here it is read once for all starts."""


class Clerk(QObject):
    """Fills in the form, presses Daftarkan, waits for the number, presses Permohonan berikutnya, and so on."""

    arrived = Signal()
    """Waits in Qt's queue until the program has its event loop."""

    def __init__(self, dice: random.Random) -> None:
        super().__init__()
        self.dice = dice
        self.arrived.connect(self.begin, Qt.ConnectionType.QueuedConnection)
        self.arrived.emit()

    def begin(self) -> None:
        """Go to the requests as soon as the window lets anyone, and open the form."""
        windows = [w for w in QApplication.topLevelWidgets() if hasattr(w, "pages")]
        if windows:
            self._shell = windows[0]
            press(self._shell.buttons["requests"])
        if not windows or "requests" not in self._shell.pages:
            QTimer.singleShot(1, self.begin)
            return
        self._page = self._shell.pages["requests"]
        self._page.pages.currentChanged.connect(lambda _index: QTimer.singleShot(0, self._look))
        press(self._page.add)

    def _look(self) -> None:
        """What the window shows now decides what the clerk does next."""
        page = self._page
        if page.pages.currentWidget() is page.form:
            self._fill_in()
        elif page.pages.currentWidget() is page.entered:
            assert self._shell.saved.text() == "Tersimpan"
            print(page.entered.number.text(), flush=True)
            press(page.entered.another)

    def _fill_in(self) -> None:
        form = self._page.form
        QTest.keyClicks(form.name, "Siti Contoh")
        form.address.setText("RT 01/RW 02 Dusun Contoh")
        form.phone.setText("0812-0000-0000")
        words = self.dice.choices(("salinan", "RAB", "jalan", "dusun", "2026"), k=self.dice.randrange(1, 400))
        form.sought.setPlainText(" ".join(words))
        form.purpose.setPlainText("ingin tahu")
        press(form.save)


def press(button: QWidget) -> None:
    """Click with the mouse."""
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def main() -> None:
    """For each folder and seed on standard input: a clerk at a window, until the power goes.

    The window is a fork of this process, which has read all modules and opened nothing: twenty-five starts in seconds.
    """
    for order in sys.stdin:
        folder, seed = order.rstrip("\n").split("\t")
        window = os.fork()
        if not window:
            print(os.getpid(), flush=True)
            sys.argv = ["meja", "--data", folder]
            window_user = Clerk(random.Random(int(seed)))
            status = start_the_program()
            del window_user
            os._exit(status)
        os.waitpid(window, 0)
        print("\ndark", flush=True)


main()
