"""Several commands of one form, saved one after the other."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from desk.desk import Command
from desk.store import DeskError
from ui.work import Work

Commands = Sequence[Command[object]]


class Saver(QObject):
    """Saves in order and stops at the first refusal; what came before it stays saved."""

    saved = Signal()
    refused = Signal(str)

    def __init__(self, work: Work, parent: QObject) -> None:
        super().__init__(parent)
        self._work = work
        self._queue: list[Command[object]] = []
        self.busy = False
        """Something is being saved: a second press does nothing, and no button is disabled under the keyboard."""

    def save(self, commands: Commands) -> None:
        """Start; `saved` or `refused` tells how it ended."""
        self._queue = list(commands)
        self.busy = True
        self._next()

    def _next(self, _value: object = None) -> None:
        if self._queue:
            self._work.do(self._queue.pop(0), done=self._next, failed=self._stop)
            return
        self.busy = False
        self.saved.emit()

    def _stop(self, error: Exception) -> None:
        self._queue.clear()
        self.busy = False
        if isinstance(error, DeskError):
            self.refused.emit(str(error))
        else:
            self._work.failed.emit(error)
