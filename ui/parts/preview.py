"""A PDF as it will be printed: the page drawn on a worker thread, sharp at every zoom, by mouse or keyboard alone."""

from gettext import gettext as _

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon, QTransform
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from ui.parts.icons import SIZE, icon, pixmap
from ui.parts.raster import Document, measured
from ui.parts.sheetview import SheetView
from ui.work import Work


class Preview(QWidget):
    """The sheet in the middle, under it the page and the zoom; says what it waits for until there is a picture."""

    def __init__(self, work: Work) -> None:
        """Empty and waiting; `show_pdf` gives it something to show."""
        super().__init__()
        self._work = work
        self._pdf = b""
        self.view = SheetView(work)
        self.view.looked.connect(self._describe)
        self._waiting, self._sentence, self.progress = _waiting_room()
        self._bar = QWidget()
        self._build()
        self.wait(_("Menyiapkan gambar ..."))

    def show_pdf(self, pdf: bytes) -> None:
        """Show a document from its first page; the same number of pages keeps the place and the zoom."""
        self._pdf = pdf
        self._work.run(measured, pdf, done=self._open, failed=self._give_up)

    def show_document(self, document: Document) -> None:
        """The same for a document whose pages have been measured already."""
        self._pdf = document.pdf
        self._open(document)

    @property
    def waiting_for(self) -> str:
        """What it says in place of the sheet; "" where the sheet is shown."""
        return "" if self._stack.currentWidget() is self.view else self._sentence.text()

    def wait(self, sentence: str, *, in_progress: bool = True) -> None:
        """Say in place of the sheet what is being prepared, or why there is nothing to see."""
        self._sentence.setText(sentence)
        self.progress.setVisible(in_progress)
        self._stack.setCurrentWidget(self._waiting)
        self._bar.setEnabled(False)

    def _open(self, document: Document) -> None:
        if document.pdf is not self._pdf:
            return
        self.view.show_document(document)
        self._stack.setCurrentWidget(self.view)
        self._bar.setEnabled(True)

    def _give_up(self, error: Exception) -> None:
        self.wait(_("Gambar tidak dapat dibuat. Simpan PDF-nya, lalu buka dengan program lain."), in_progress=False)
        self._work.failed.emit(error)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._stack = QStackedLayout()
        # In its place before it holds anything: what is put into a loose stack shows as a window of its own.
        column.addLayout(self._stack, 1)
        self._stack.addWidget(self._waiting)
        self._stack.addWidget(self.view)
        column.addWidget(self._bar)
        row = QHBoxLayout(self._bar)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        self.back = _tool(_mirrored("next"), _("Lembar sebelumnya (Page Up)"))
        self.next = _tool(icon("next"), _("Lembar berikutnya (Page Down)"))
        self.smaller = _tool(icon("minus"), _("Perkecil (Ctrl -)"))
        self.larger = _tool(icon("plus"), _("Perbesar (Ctrl +)"))
        self.fit = _tool(icon("fit"), _("Seluruh lembar (Ctrl 0)"))
        self.page_text, self.zoom_text = QLabel(), QLabel()
        for label in (self.page_text, self.zoom_text):
            label.setProperty("role", "quiet")
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.zoom_text.setMinimumWidth(self.fontMetrics().horizontalAdvance(" 400 % "))
        for widget in (self.back, self.page_text, self.next):
            row.addWidget(widget)
        row.addStretch(1)
        for widget in (self.smaller, self.zoom_text, self.larger, self.fit):
            row.addWidget(widget)
        self.back.clicked.connect(lambda: self.view.turn(-1))
        self.next.clicked.connect(lambda: self.view.turn(1))
        self.smaller.clicked.connect(lambda: self.view.step_zoom(-1))
        self.larger.clicked.connect(lambda: self.view.step_zoom(1))
        self.fit.clicked.connect(self.view.fit)

    def _describe(self) -> None:
        """Keep page, zoom and what can be pressed in step with the view."""
        page, pages, percent = self.view.page + 1, self.view.pages, round(self.view.zoom * 100)
        self.page_text.setText(_("{page} dari {pages}").format(page=page, pages=pages))
        self.zoom_text.setText(f"{percent} %")
        self.back.setEnabled(page > 1)
        self.next.setEnabled(page < pages)
        for widget in (self.back, self.page_text, self.next):
            widget.setVisible(pages > 1)
        self.smaller.setEnabled(self.view.can_zoom(-1))
        self.larger.setEnabled(self.view.can_zoom(1))
        self.fit.setEnabled(not self.view.fitted)
        self.view.setAccessibleDescription(
            _("Lembar {page} dari {pages}, besar {percent} persen").format(page=page, pages=pages, percent=percent)
        )


def _waiting_room() -> tuple[QWidget, QLabel, QProgressBar]:
    """What stands in place of the sheet: a sentence, and a bar while something is on its way."""
    room, sentence, bar = QWidget(), QLabel(), QProgressBar()
    sentence.setProperty("role", "quiet")
    sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
    sentence.setWordWrap(True)
    bar.setRange(0, 0)
    bar.setTextVisible(False)
    bar.setFixedWidth(160)
    column = QVBoxLayout(room)
    column.setSpacing(12)
    column.addStretch(1)
    column.addWidget(sentence)
    column.addWidget(bar, alignment=Qt.AlignmentFlag.AlignHCenter)
    column.addStretch(1)
    return room, sentence, bar


def _mirrored(name: str) -> QIcon:
    flip = QTransform().scale(-1, 1)
    made = QIcon(pixmap(name, size=2 * SIZE).transformed(flip))
    made.addPixmap(pixmap(name, "edge", 2 * SIZE).transformed(flip), QIcon.Mode.Disabled)
    return made


def _tool(picture: QIcon, name: str) -> QPushButton:
    """A square button with an icon; its name is its tool tip and what a screen reader says."""
    button = QPushButton(picture, "")
    button.setIconSize(QSize(18, 18))
    button.setFixedWidth(36)
    button.setStyleSheet("padding: 0;")
    button.setToolTip(name)
    button.setAccessibleName(name)
    return button
