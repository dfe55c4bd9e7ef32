"""How far a long act has come, told from the thread it runs on, and the wish to stop it."""

from gettext import gettext as _

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QProgressBar

from desk.watch import Stopped

_STEPS = 1000


class Progress(QObject):
    """Looks on for a person: one for each act, which ends at its next step once `stop` was called."""

    moved = Signal(int)
    """Thousandths done; below zero while nobody knows how much there is."""

    def __init__(self) -> None:
        super().__init__()
        self._is_stopped = False
        self._said: int | None = None

    def stop(self) -> None:
        """The person does not want it any more."""
        self._is_stopped = True

    def __call__(self, done: int, total: int) -> None:
        """Called by the act, on its own thread.

        Raises:
            Stopped: the person wished so.
        """
        if self._is_stopped:
            raise Stopped
        share = done * _STEPS // total if total else -1
        if share != self._said:
            self._said = share
            self.moved.emit(share)


class Bar(QProgressBar):
    """A thin line that fills; it walks where nobody knows how much there is."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextVisible(False)
        self.setMaximumHeight(8)
        self.setAccessibleName(_("Kemajuan"))
        self.hide()

    def follow(self, progress: Progress) -> None:
        """Show the way of an act that begins."""
        self.say(-1)
        self.show()
        progress.moved.connect(self.say)

    def say(self, share: int) -> None:
        """Thousandths, or below zero for unknown."""
        self.setRange(0, _STEPS if share >= 0 else 0)
        self.setValue(max(share, 0))
