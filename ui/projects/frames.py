"""The three photos of an activity, side by side: before the work, during it, and when it is done."""

from collections.abc import Sequence
from functools import partial
from gettext import gettext as _

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desk.dates import short_date
from desk.projects.queries import Photo
from desk.projects.watch import FRAMES
from ui.parts.filing import thumbnails
from ui.parts.icons import icon
from ui.work import Work

NAMES = {0: _("Sebelum · 0\u00a0%"), 50: _("Proses · 50\u00a0%"), 100: _("Selesai · 100\u00a0%")}
"""What each frame is for."""

PIXELS = 480
"""Longest side of a picture that is drawn here; the whole one opens by itself."""


class Picture(QPushButton):
    """A photo that opens when it is pressed, or an empty frame of the same shape, three to two."""

    def __init__(self) -> None:
        super().__init__()
        self._image = QImage()
        self.setAutoDefault(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setStyleSheet("QPushButton { padding: 0; }")

    def show_image(self, image: QImage) -> None:
        """Show a picture; an empty one is the empty frame."""
        self._image = image
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the shape."""
        super().resizeEvent(event)
        self.setFixedHeight(max(64, self.width() * 2 // 3))
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """As narrow as three of them have to be beside a list."""
        return QSize(80, 64)

    def _fit(self) -> None:
        room = QSize(max(8, self.width() - 6), max(8, self.height() - 6))
        if self._image.isNull():
            self.setIcon(icon("projects", "handle"))
            self.setIconSize(QSize(32, 32))
            return
        made = QPixmap.fromImage(
            self._image.scaled(
                room * self.devicePixelRatioF(),
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
        )
        made.setDevicePixelRatio(self.devicePixelRatioF())
        self.setIcon(made)
        self.setIconSize(room)


class Frame(QFrame):
    """One of the three: the picture, what it is for, and what it shows."""

    def __init__(self, frame: int) -> None:
        super().__init__()
        self.frame = frame
        self.picture, self.add, self.drop = Picture(), QPushButton(), QPushButton(_("Lepas"))
        self.name, self.facts = QLabel(NAMES[frame]), QLabel()
        self.name.setProperty("role", "strong")
        self.facts.setProperty("role", "quiet")
        column, foot = QVBoxLayout(self), QHBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for label in (self.name, self.facts):
            label.setWordWrap(True)
        for button in (self.add, self.drop):
            button.setProperty("kind", "link")
            button.setAutoDefault(True)
            foot.addWidget(button)
        foot.setSpacing(0)
        foot.addStretch(1)
        for part in (self.picture, self.name, self.facts):
            column.addWidget(part)
        column.addLayout(foot)
        column.addStretch(1)

    def show_photo(self, photo: Photo | None) -> None:
        """Show what is known of the photo; its picture comes later."""
        self.facts.setText(_("belum ada foto"))
        self.add.setText(_("Tambah foto"))
        if photo is not None:
            self.facts.setText(f"{photo.seen.percent} % · {short_date(photo.seen.day)}")
            self.add.setText(_("Ganti"))
        self.drop.setVisible(photo is not None)
        self.picture.setEnabled(photo is not None)
        called = _("Buka foto {name}") if photo else _("{name}: belum ada foto")
        for part, words in ((self.picture, called), (self.add, _("Foto {name}")), (self.drop, _("Lepas foto {name}"))):
            part.setAccessibleName(words.format(name=self.name.text()))


class Frames(QWidget):
    """The three frames."""

    opened = Signal(object)
    """A `Photo` is to be seen whole."""
    wanted = Signal(int)
    """A photo is to be added to a frame."""
    dropped = Signal(object)
    """A `Photo` is to be taken off."""

    def __init__(self, work: Work) -> None:
        super().__init__()
        self._work = work
        self._shown: tuple[Photo, ...] = ()
        self.frames = [Frame(frame) for frame in FRAMES]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        for place, part in enumerate(self.frames):
            row.addWidget(part, 1, Qt.AlignmentFlag.AlignTop)
            part.picture.clicked.connect(partial(self._open, place))
            part.add.clicked.connect(partial(self.wanted.emit, part.frame))
            part.drop.clicked.connect(partial(self._drop, place))

    def show_photos(self, photos: Sequence[Photo]) -> None:
        """Show these; their pictures are drawn off the main thread."""
        is_same = tuple(photos) == self._shown
        self._shown = tuple(photos)
        for part in self.frames:
            part.show_photo(self._of(part.frame))
            if not is_same:
                part.picture.show_image(QImage())
        if photos and not is_same:
            files = tuple(photo.file for photo in photos)
            self._work.run(thumbnails, self._work.desk, files, PIXELS, done=self._draw)

    def _draw(self, made: dict[bytes, QImage]) -> None:
        for part in self.frames:
            photo = self._of(part.frame)
            if photo is not None and photo.file.id in made:
                part.picture.show_image(made[photo.file.id])

    def _of(self, frame: int) -> Photo | None:
        return next((photo for photo in self._shown if photo.frame == frame), None)

    def _open(self, place: int) -> None:
        self.opened.emit(self._of(FRAMES[place]))

    def _drop(self, place: int) -> None:
        self.dropped.emit(self._of(FRAMES[place]))
