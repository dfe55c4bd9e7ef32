"""The end of the first run: what the poster will carry, what is still open, and the next step."""

from gettext import gettext as _

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desk.store import DeskError
from desk.village.queries import Profile, Setup
from desk.village.rules import show_phone
from ui.parts.preview import Preview
from ui.parts.style import mark
from ui.work import Work


class ClosingPage(QWidget):
    """Place, head and number as large as they will be read, the gaps as links to their pages."""

    go = Signal(str)
    page_wanted = Signal(int)

    def __init__(self, work: Work) -> None:
        super().__init__()
        mark(self, "surface", "page")
        self.heading, self.why = QLabel(), QLabel()
        mark(self.heading, "role", "title")
        mark(self.why, "role", "quiet")
        self.why.setWordWrap(True)
        self.preview = Preview(work)
        self.preview.setMinimumSize(260, 300)
        self.preview.hide()
        self.links: list[QPushButton] = []
        self.gaps = QVBoxLayout()
        self.gaps.setSpacing(0)
        column = QVBoxLayout()
        column.setSpacing(16)
        column.addWidget(self._poster_card())
        column.addLayout(self.gaps)
        column.addStretch()
        body = QHBoxLayout()
        body.setSpacing(24)
        body.addLayout(column, 3)
        body.addWidget(self.preview, 2)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(4)
        whole.addWidget(self.heading)
        whole.addWidget(self.why)
        whole.addSpacing(12)
        whole.addLayout(body, 1)

    def _poster_card(self) -> QWidget:
        card = QFrame()
        mark(card, "surface", "quiet")
        self.place, self.where, self.head, self.phone = (QLabel() for _n in range(4))
        mark(self.place, "role", "figure")
        mark(self.where, "role", "quiet")
        mark(self.head, "role", "section")
        mark(self.phone, "role", "number")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(24, 16, 24, 16)
        inside.setSpacing(4)
        for label in (self.place, self.where, self.head, self.phone):
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            inside.addWidget(label)
        inside.insertSpacing(2, 12)
        return card

    def put(self, known: Setup | Profile, profile: Profile | None) -> None:
        """Show what stands in the desk now."""
        gaps = missing(known, profile)
        self.heading.setText(_("Penyiapan selesai") if not gaps else _("Sudah bisa dipakai"))
        self.why.setText(
            _("Inilah yang akan dibaca warga di poster.")
            if not gaps
            else _("Yang belum terisi dapat dilengkapi kapan saja, di sini atau di Pengaturan.")
        )
        self.place.setText(profile.place_name if profile else _("Nama desa belum diisi"))
        self.where.setText(
            _("Kecamatan {district}, Kabupaten {regency}").format(district=profile.district, regency=profile.regency)
            if profile
            else ""
        )
        self.where.setVisible(profile is not None)
        head = known.head
        title = profile.head_title if profile else _("Kepala Desa")
        self.head.setText(
            _("{title}: {name}").format(title=head.title, name=head.name)
            if head
            else _("{title} belum diisi").format(title=title)
        )
        self.phone.setText(show_phone(head.phone) if head and head.phone else "")
        self.phone.setVisible(bool(self.phone.text()))
        self._list_gaps(gaps)

    def show_poster(self, pdf: bytes) -> None:
        """The sheet itself, beside what it carries."""
        self.preview.show()
        self.preview.show_pdf(pdf)

    def without_poster(self, error: Exception) -> None:
        """What cannot be drawn is no reason to stop here: the poster's own page says what it lacks."""
        if not isinstance(error, DeskError):
            raise error
        self.preview.hide()

    def _list_gaps(self, gaps: tuple[tuple[int, str], ...]) -> None:
        while self.gaps.count():
            item = self.gaps.takeAt(0)
            widget = item.widget() if item else None
            if widget is not None:
                widget.deleteLater()
        self.links = []
        for page, sentence in gaps:
            link = QPushButton(sentence)
            mark(link, "kind", "link")
            link.clicked.connect(lambda _on=False, page=page: self.page_wanted.emit(page))
            self.links.append(link)
            self.gaps.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)


def missing(known: Setup | Profile, profile: Profile | None) -> tuple[tuple[int, str], ...]:
    """What is still open: the page's number and a sentence."""
    title = profile.head_title if profile else _("Kepala Desa")
    head = known.head
    open_points = (
        (0, profile is None, _("Pilih desanya")),
        (1, head is None, _("Isi nama dan nomor HP {title}").format(title=title)),
        (1, head is not None and not head.phone, _("Isi nomor HP {title}").format(title=title)),
        (2, known.ppid is None, _("Isi nama petugas PPID")),
        (2, not known.address, _("Isi alamat kantor")),
        (2, not known.complaints, _("Isi alamat pengaduan")),
        (3, not known.hours, _("Isi jam layanan")),
    )
    return tuple((page, sentence) for page, is_open, sentence in open_points if is_open)
