"""What is read beside a budget: two versions compared, why it closes or not, and the codes of the village's own."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from desk.budget.queries import Version
from ui.budget.closing import Closing
from ui.budget.compare import Compare
from ui.budget.owncodes import OwnCodes
from ui.work import Work


class Views(QStackedWidget):
    """One of the three at a time."""

    closed = Signal()
    lines = Signal(tuple)
    """Places of the lines of the version a person wants to see."""

    def __init__(self, work: Work) -> None:
        super().__init__()
        self.compare, self.closing, self.own = Compare(work), Closing(work), OwnCodes(work)
        for view in (self.compare, self.closing, self.own):
            self.addWidget(view)
            view.closed.connect(self.closed)
        self.closing.lines.connect(self.lines)

    def show_difference(self, version: Version) -> None:
        """A version beside another one."""
        self._turn(self.compare)
        self.compare.start(version)

    def show_closing(self, version: Version) -> None:
        """Why a version closes or does not."""
        self._turn(self.closing)
        self.closing.start(version)

    def show_codes(self, _version: Version) -> None:
        """The codes no shipped table has, whatever version is on the screen."""
        self._turn(self.own)
        self.own.start()

    def _turn(self, view: QWidget) -> None:
        """Show a view, and let the hidden ones take no room."""
        for each in (self.compare, self.closing, self.own):
            policy = QSizePolicy.Policy.Preferred if each is view else QSizePolicy.Policy.Ignored
            each.setSizePolicy(policy, policy)
        self.setCurrentWidget(view)
