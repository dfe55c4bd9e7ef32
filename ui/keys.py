"""What the keyboard does on every page; `ui.settings.about` lists it for the clerk."""

from PySide6.QtGui import QKeySequence, QShortcut

from ui.window import Shell, key_of


def put_keys(shell: Shell) -> None:
    """Give the window its keys: they are needed once there is a page, and cost time before the first paint."""
    for number, button in enumerate(shell.buttons.values(), 1):
        QShortcut(QKeySequence(key_of(number)), shell, button.click)
    for keys in ("Ctrl+K", "F3"):
        QShortcut(QKeySequence(keys), shell, shell.begin_search)
    QShortcut(QKeySequence("F2"), shell, shell.added.emit)
    QShortcut(QKeySequence("Ctrl+Z"), shell, shell.undone.emit)
    for keys, step in (("Ctrl++", 1), ("Ctrl+=", 1), ("Ctrl+-", -1), ("Ctrl+0", 0)):
        QShortcut(QKeySequence(keys), shell, lambda step=step: shell.zoomed.emit(step))
