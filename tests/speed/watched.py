"""The real program, watched: says when its shell and its start page were painted, and what was imported by then."""

import sys
import time
from pathlib import Path

from ui import start

start.import_qt()

from PySide6.QtCore import QEvent, QObject, QTimer  # noqa: E402 (as the program does: its own way to Qt comes first)

from ui import app as program  # noqa: E402

HEAVY = ("sqlalchemy", "reportlab", "requests", "openpyxl")


class Watch(QObject):
    """Sees every event of the program go by."""

    def __init__(self, begun: program.Start) -> None:
        super().__init__()
        self._begun = begun
        begun.shell.painted.connect(self.painted)

    def painted(self) -> None:
        """The first paint of the shell; only then is every event looked at, for that costs time itself."""
        print(time.monotonic(), ",".join(name for name in HEAVY if name in sys.modules), flush=True)
        application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The first paint of the start page's list ends the run."""
        home = self._begun.shell.pages.get("home")
        if (
            event.type() == QEvent.Type.Paint
            and home is not None
            and watched is home.list.viewport()
            and home.model.rows
        ):
            print(time.monotonic(), len(home.model.rows), flush=True)
            application.removeEventFilter(self)
            QTimer.singleShot(0, self._begun.shell.close)
        return False


application = program.application()
begun = program.Start(application, Path(sys.argv[1]), start.now, start)
watch = Watch(begun)
begun.shell.show()
application.exec()
