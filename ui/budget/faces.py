"""One of several widgets in the same place; those that do not show ask for no room."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget


class OneFace(QWidget):
    """Shows one of its widgets, at first none of them.

    A `QStackedWidget` is as high as the highest wrapped text of any of its pages, hidden ones included: a form that was
    looked at once would push the sums of the page after it out of the window.
    """

    currentChanged = Signal(int)  # noqa: N815 (the name it has in Qt)
    """Another one shows: its place."""

    def __init__(self) -> None:
        super().__init__()
        self._faces: list[QWidget] = []
        self._shown: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def add(self, face: QWidget) -> None:
        """One more, hidden until its turn."""
        face.hide()
        self._faces.append(face)
        self._column.addWidget(face)

    def current(self) -> QWidget | None:
        """The one that shows."""
        return self._shown

    def turn(self, face: QWidget) -> None:
        """Show another one; where the keyboard was in the one before, it goes where it was in this one."""
        if face is self._shown:
            return
        before, self._shown = self._shown, face
        with_keyboard = before is not None and before.isAncestorOf(self.window().focusWidget() or self)
        self.setUpdatesEnabled(False)
        if before is not None:
            before.hide()
        face.show()
        self.setUpdatesEnabled(True)
        if with_keyboard:
            (face.focusWidget() or _first(face)).setFocus()
        self.currentChanged.emit(self._faces.index(face))


def _first(face: QWidget) -> QWidget:
    """What Tab comes to first in a face; itself where it has nothing for the keyboard."""
    following = face.nextInFocusChain()
    while following is not None and following is not face:
        takes = following.focusPolicy().value & Qt.FocusPolicy.TabFocus.value
        if takes and face.isAncestorOf(following) and following.isVisible() and following.isEnabled():
            return following
        following = following.nextInFocusChain()
    return face
