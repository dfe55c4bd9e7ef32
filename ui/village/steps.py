"""The progress line of the first run: five short strokes with their names."""

from gettext import gettext as _

from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ui.parts.style import COLOURS, mark


class Stroke(QWidget):
    """One length of the progress line."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(4)
        self.filled = False

    def paintEvent(self, event: QPaintEvent) -> None:
        """A bar with round ends, in the accent once the step is reached."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(0, 0, 0, 0))
        painter.setBrush(QColor(COLOURS["accent" if self.filled else "line"]))
        painter.drawRoundedRect(self.rect(), 2, 2)
        painter.end()


class Steps(QWidget):
    """Which page of how many; the strokes behind it and its own are filled."""

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__()
        self._names = names
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        self._strokes: list[Stroke] = []
        self._labels: list[QLabel] = []
        for name in names:
            stroke, label = Stroke(), QLabel(name)
            column = QVBoxLayout()
            column.setSpacing(4)
            column.addWidget(stroke)
            column.addWidget(label)
            line.addLayout(column, 1)
            self._strokes.append(stroke)
            self._labels.append(label)
        self.show_step(0)

    def rename(self, index: int, name: str) -> None:
        """Call a step something else: a kelurahan has a Lurah."""
        self._names = (*self._names[:index], name, *self._names[index + 1 :])
        self._labels[index].setText(name)

    def show_step(self, current: int) -> None:
        """Fill the line up to `current`; a number past the last fills it all."""
        for index, (stroke, label) in enumerate(zip(self._strokes, self._labels, strict=True)):
            stroke.filled = index <= current
            stroke.update()
            mark(label, "role", "strong" if index == current else "quiet")
        if current < len(self._names):
            self.setAccessibleName(
                _("Langkah {n} dari {all}: {name}").format(
                    n=current + 1, all=len(self._names), name=self._names[current]
                )
            )
        else:
            self.setAccessibleName(_("Penyiapan selesai"))
