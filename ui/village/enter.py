"""What Enter does in a form: on to the next field, as on the number pad; a button is pressed."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget


def walk(form: QWidget, event: QKeyEvent) -> bool:
    """Take an Enter no field wanted for itself; whether it was one."""
    if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        return False
    focused = form.focusWidget()
    if isinstance(focused, QPushButton):
        focused.click()
    else:
        form.focusNextChild()
    return True
