"""The floor: a bare window with a label and a button; says when it was painted and ends."""

import sys
import time

from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QPushButton, QVBoxLayout, QWidget


class Bare(QMainWindow):
    """Nothing but a window."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """The first paint is the last."""
        super().paintEvent(event)
        print(time.monotonic(), flush=True)
        QApplication.exit()


app = QApplication(sys.argv[:1])
window = Bare()
window.resize(1200, 720)
middle = QWidget()
column = QVBoxLayout(middle)
column.addWidget(QLabel("Permohonan informasi"))
column.addWidget(QPushButton("Simpan"))
window.setCentralWidget(middle)
window.show()
app.exec()
