"""Which village this is: found by code or name as one types, or typed in where the table does not know it."""

from dataclasses import dataclass
from functools import partial
from gettext import gettext as _

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desk.store import DeskError
from desk.village.commands import SetVillage
from desk.village.queries import Profile
from desk.village.rules import Region, bare_name, check_code, find_regions, kind_of, region_of
from ui.parts.field import Field, check_all
from ui.parts.style import mark

MOST = 40
"""Villages offered at once; a few letters more bring the list below it."""


MISSING = {
    "name": _("Tuliskan nama desanya."),
    "district": _("Tuliskan nama kecamatannya."),
    "regency": _("Tuliskan nama kabupatennya."),
}
"""What a field of the form says while it is empty."""


@dataclass(frozen=True)
class Place:
    """The village as chosen or typed."""

    code: str
    name: str
    district: str
    regency: str

    @property
    def is_kelurahan(self) -> bool:
        """A kelurahan has a Lurah and no APBDes."""
        return kind_of(self.code) == "kelurahan"

    @property
    def place_name(self) -> str:
        """As it is called."""
        return (_("Kelurahan {name}") if self.is_kelurahan else _("Desa {name}")).format(name=self.name)

    def command(self) -> SetVillage:
        """What saves it."""
        return SetVillage(self.code, self.name, self.district, self.regency)


class RegionPicker(QStackedWidget):
    """Three faces of one question: the search, the village found, and the form for a village elsewhere."""

    edited = Signal()
    submitted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._place: Place | None = None
        self._search_face, self._found_face, self._form_face = QWidget(), QWidget(), QWidget()
        self._build_search()
        self._build_found()
        self._build_form()
        for face in (self._search_face, self._found_face, self._form_face):
            self.addWidget(face)
        self.currentChanged.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        """No taller than the face that shows."""
        for face in (self._search_face, self._found_face, self._form_face):
            policy = QSizePolicy.Policy.Preferred if face is self.currentWidget() else QSizePolicy.Policy.Ignored
            face.setSizePolicy(policy, policy)

    def _build_search(self) -> None:
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("misalnya Pejambon atau 35.22.12.2015"))
        self.search_field = Field(_("Nama atau kode desa/kelurahan"), self.search)
        self.matches = QListWidget()
        self.matches.setAccessibleName(_("Desa yang cocok"))
        self.matches.setUniformItemSizes(True)
        self.matches.hide()
        self.none = QLabel()
        self.none.setWordWrap(True)
        mark(self.none, "role", "quiet")
        self.none.hide()
        self.elsewhere = QPushButton(_("Desa saya di luar Bojonegoro"))
        mark(self.elsewhere, "kind", "link")
        column = QVBoxLayout(self._search_face)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for widget in (self.search_field, self.matches, self.none):
            column.addWidget(widget)
        column.addWidget(self.elsewhere, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch()
        self.search.textEdited.connect(self._look)
        self.search.installEventFilter(self)
        self.matches.itemClicked.connect(self._choose_item)
        self.matches.itemActivated.connect(self._choose_item)
        self.elsewhere.clicked.connect(lambda: self.write_in(self.search.text()))

    def _build_found(self) -> None:
        card = QFrame()
        mark(card, "surface", "quiet")
        self.found_name, self.found_where, self.found_code = QLabel(), QLabel(), QLabel()
        mark(self.found_name, "role", "figure")
        mark(self.found_code, "role", "quiet")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(24, 16, 24, 16)
        inside.setSpacing(4)
        for label in (self.found_name, self.found_where, self.found_code):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            label.setWordWrap(True)
            inside.addWidget(label)
        self.change = QPushButton(_("Pilih desa lain"))
        column = QVBoxLayout(self._found_face)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(card)
        column.addWidget(self.change, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch()
        self.change.clicked.connect(self.start_search)

    def _build_form(self) -> None:
        self.code, self.name, self.district, self.regency = (QLineEdit() for _n in range(4))
        self.code.setPlaceholderText("51.06.04.2001")
        self.fields = {
            "code": Field(_("Kode desa/kelurahan (10 angka)"), self.code),
            "name": Field(_("Nama desa/kelurahan"), self.name),
            "district": Field(_("Kecamatan"), self.district),
            "regency": Field(_("Kabupaten"), self.regency),
        }
        column = QVBoxLayout(self._form_face)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for names in (("code", "name"), ("district", "regency")):
            line = QHBoxLayout()
            line.setSpacing(16)
            for name in names:
                line.addWidget(self.fields[name], 1, Qt.AlignmentFlag.AlignTop)
            column.addLayout(line)
        self.back = QPushButton(_("Cari di daftar Bojonegoro"))
        mark(self.back, "kind", "link")
        column.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch()
        self.back.clicked.connect(self.start_search)
        for field, edit in zip(self.fields.values(), self._inputs, strict=True):
            edit.textEdited.connect(lambda _text, field=field: field.explain(""))
            edit.textEdited.connect(self._was_edited)

    @property
    def _inputs(self) -> tuple[QLineEdit, QLineEdit, QLineEdit, QLineEdit]:
        return self.code, self.name, self.district, self.regency

    def put(self, profile: Profile | None) -> None:
        """Show the village that is kept, or an empty search."""
        if profile is None:
            self._place = None
            self.setCurrentWidget(self._search_face)
            return
        place = Place(profile.code, profile.name, profile.district, profile.regency)
        known = region_of(place.code)
        if known and (known.name, known.district) == (place.name, place.district):
            self._show_found(place)
            return
        self._place = None
        for edit, text in zip(self._inputs, (place.code, place.name, place.district, place.regency), strict=True):
            edit.setText(text)
        self.setCurrentWidget(self._form_face)

    def value(self) -> Place | None:
        """The village; None where nothing was chosen or typed.

        Raises:
            DeskError: the typed one is incomplete; each field in need says so, the first has the keyboard.
        """
        if self.currentWidget() is self._found_face:
            return self._place
        if self.currentWidget() is self._search_face:
            return self._only_match()
        if not any(edit.text().strip() for edit in self._inputs):
            return None
        check_all(*(partial(self._check, name) for name in self.fields))
        return Place(
            check_code(self.code.text()),
            bare_name(self.name.text(), "desa", "kelurahan"),
            bare_name(self.district.text(), "kecamatan", "kec."),
            bare_name(self.regency.text(), "kabupaten", "kab."),
        )

    def first(self) -> QWidget | None:
        """Where the keyboard starts; None where nothing is to be typed."""
        if self.currentWidget() is self._found_face:
            return None
        return self.search if self.currentWidget() is self._search_face else self.code

    def start_search(self) -> None:
        """Look for a village in the table, with what was typed before."""
        self.setCurrentWidget(self._search_face)
        self.search.setFocus()
        self.search.selectAll()
        self.edited.emit()

    def write_in(self, code: str = "") -> None:
        """The form for a village outside the table; digits already typed become its code."""
        if code.replace(".", "").strip().isdigit():
            self.code.setText(code.strip())
        elif code.strip() and not self.name.text():
            self.name.setText(code.strip())
        self.setCurrentWidget(self._form_face)
        (self.name if self.code.text() else self.code).setFocus()
        self.edited.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In the search field arrows move through the list and Enter takes the marked village."""
        if watched is self.search and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key = event.key()
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(key))
            if step and self.matches.count():
                row = max(0, min(self.matches.count() - 1, self.matches.currentRow() + step))
                self.matches.setCurrentRow(row)
                return True
            if (
                key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
                and not event.modifiers() & Qt.KeyboardModifier.ControlModifier
            ):
                item = self.matches.currentItem()
                if item is not None:
                    self._choose_item(item)
                    return True
                if self.none.isVisible() and self.search.text().replace(".", "").strip().isdigit():
                    self.write_in(self.search.text())
                elif not self.search.text().strip():
                    self.search_field.explain(_("Ketik dulu nama atau kode desanya, misalnya Pejambon."))
                return True
        return super().eventFilter(watched, event)

    def _was_edited(self) -> None:
        self.edited.emit()

    def _look(self, text: str) -> None:
        self.search_field.explain("")
        found = find_regions(text)
        self.matches.clear()
        for region in found[:MOST]:
            item = QListWidgetItem(_line(region))
            item.setData(Qt.ItemDataRole.UserRole, region)
            self.matches.addItem(item)
        if found:
            self.matches.setCurrentRow(0)
        self.matches.setVisible(bool(found))
        self.none.setVisible(bool(text.strip()) and not found)
        self.none.setText(
            _(
                "Tidak ada “{text}” di Bojonegoro. Periksa ejaannya, atau isi sendiri kalau desanya di kabupaten lain."
            ).format(text=text.strip())
        )
        self.edited.emit()

    def _only_match(self) -> Place | None:
        """The village the search text already names without doubt."""
        text = self.search.text().strip()
        if not text:
            return None
        found = find_regions(text)
        exact = [r for r in found if r.name.casefold() == text.casefold() or r.code == text]
        if len(found) == 1 or len(exact) == 1:
            return _place(exact[0] if len(exact) == 1 else found[0])
        sentence = (
            _("Ada {n} desa yang cocok. Pilih satu di daftar.").format(n=len(found))
            if found
            else _(
                "Desa ini tidak ada di daftar Bojonegoro. Tekan “Desa saya di luar Bojonegoro”, atau periksa ejaannya."
            )
        )
        self.search_field.explain(sentence)
        self.search.setFocus()
        raise DeskError(sentence)

    def _choose_item(self, item: QListWidgetItem) -> None:
        self._show_found(_place(item.data(Qt.ItemDataRole.UserRole)))
        self.edited.emit()
        self.submitted.emit()

    def _show_found(self, place: Place) -> None:
        self._place = place
        self.found_name.setText(place.place_name)
        self.found_where.setText(
            _("Kecamatan {district}, Kabupaten {regency}").format(district=place.district, regency=place.regency)
        )
        self.found_code.setText(_("Kode {code}").format(code=place.code))
        self.setCurrentWidget(self._found_face)

    def explain(self, sentence: str) -> None:
        """Say it beside the field that shows."""
        field = self.fields["code"] if self.currentWidget() is self._form_face else self.search_field
        field.explain(sentence)
        field.input.setFocus()

    def _check(self, name: str) -> None:
        """Let one field of the form say what it lacks, and take the keyboard."""
        field, text = self.fields[name], getattr(self, name).text()
        try:
            if name == "code":
                check_code(text)
            elif not text.strip():
                raise DeskError(MISSING[name])
        except DeskError as error:
            field.explain(str(error))
            field.input.setFocus()
            raise


def _place(region: Region) -> Place:
    return Place(region.code, region.name, region.district, region.regency)


def _line(region: Region) -> str:
    kind = _("Kelurahan") if region.kind == "kelurahan" else _("Desa")
    return _("{kind} {name}  ·  Kec. {district}  ·  {code}").format(
        kind=kind, name=region.name, district=region.district, code=region.code
    )
