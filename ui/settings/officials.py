"""Who holds the offices and who held them: a list with its history, and the forms that change it."""

import datetime as dt
from collections.abc import Callable
from gettext import gettext as _

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from desk.dates import day_and_month
from desk.village.queries import Holder, Profile
from desk.village.rules import show_phone
from ui.parts.chip import Chip
from ui.parts.scroll import FormScroll
from ui.parts.style import mark
from ui.settings.sheet import WIDEST, SaveSheet
from ui.village.official import OfficialForm
from ui.work import Work

ROLES = ("head", "ppid")


class OfficeList(QWidget):
    """One office: the holder of today, those before, and the button for the next."""

    def __init__(self, role: str, today: Callable[[], dt.date], edit: Callable[[str, Holder | None], None]) -> None:
        super().__init__()
        self._role, self._today, self._edit = role, today, edit
        self.heading = QLabel()
        mark(self.heading, "role", "section")
        self.appoint = QPushButton()
        self.appoint.setAutoDefault(True)
        self.appoint.clicked.connect(lambda: self._edit(self._role, None))
        top = QHBoxLayout()
        top.addWidget(self.heading, 1)
        top.addWidget(self.appoint)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(top)
        column.addLayout(self._rows)
        self.corrections: list[QPushButton] = []

    def put(self, office: str, holders: tuple[Holder, ...]) -> None:
        """Show everyone who holds, will hold or held the office, the latest first."""
        self.heading.setText(office)
        self.appoint.setText(_("Catat pejabat baru") if holders else _("Isi nama {office}").format(office=office))
        while item := self._rows.takeAt(0):
            if widget := item.widget():
                widget.deleteLater()
        self.corrections = []
        if not holders:
            empty = QLabel(_("Belum ada yang tercatat."))
            mark(empty, "role", "quiet")
            self._rows.addWidget(empty)
        for holder in holders:
            self._rows.addWidget(self._row(holder))

    def _row(self, holder: Holder) -> QWidget:
        row = QFrame()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 8, 0, 8)
        line.setSpacing(12)
        name = QLabel(_("{name}, {title}").format(name=holder.name, title=holder.title))
        phone = show_phone(holder.phone) if holder.phone else ""
        below = QLabel("  ·  ".join(part for part in (days(holder), phone) if part))
        mark(name, "role", "strong")
        mark(below, "role", "quiet")
        texts = QVBoxLayout()
        texts.setSpacing(2)
        for label in (name, below):
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            texts.addWidget(label)
        correct = QPushButton(_("Perbaiki"))
        correct.setAccessibleName(_("Perbaiki catatan {name}").format(name=holder.name))
        correct.setAutoDefault(True)
        correct.clicked.connect(lambda: self._edit(self._role, holder))
        self.corrections.append(correct)
        line.addLayout(texts, 1)
        line.addWidget(Chip(*standing(holder, self._today())))
        line.addWidget(correct)
        return row


class OfficialsSheet(QStackedWidget):
    """Both offices; a form slides over the lists while someone is entered or corrected."""

    def __init__(self, work: Work, today: Callable[[], dt.date]) -> None:
        super().__init__()
        self._today = today
        self._kind = "desa"
        self._holders: dict[str, tuple[Holder, ...]] = dict.fromkeys(ROLES, ())
        self._names = {"head": _("Kepala Desa"), "ppid": _("PPID")}
        lists = QWidget()
        lists.setMaximumWidth(WIDEST)
        self.offices = {role: OfficeList(role, today, self.edit) for role in ROLES}
        column = QVBoxLayout(lists)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(24)
        for office in self.offices.values():
            column.addWidget(office)
        column.addStretch()
        self._lists = FormScroll(lists)
        self.addWidget(self._lists)
        self.forms = {role: OfficialForm(role, with_until=True) for role in ROLES}
        self.sheets = {role: self._sheet(work, self.forms[role]) for role in ROLES}

    def _sheet(self, work: Work, form: OfficialForm) -> SaveSheet:
        sheet = SaveSheet(work, form, lambda: (form.command(self._today()),), form.explain, heading=" ")
        form.edited.connect(sheet.touch)
        sheet.cancel.show()
        sheet.cancel.clicked.connect(self.show_lists)
        sheet.saver.saved.connect(self.show_lists)
        self.addWidget(sheet)
        return sheet

    def put_profile(self, found: Profile | None) -> None:
        """What the offices are called here."""
        self._kind = found.kind if found else "desa"
        self._names = {"head": found.head_title if found else _("Kepala Desa"), "ppid": _("PPID")}
        self._show()

    def put_heads(self, holders: tuple[Holder, ...]) -> None:
        """Everyone who ever held the head's office."""
        self._holders["head"] = holders
        self._show()

    def put_ppids(self, holders: tuple[Holder, ...]) -> None:
        """Everyone who ever was PPID."""
        self._holders["ppid"] = holders
        self._show()

    def edit(self, role: str, holder: Holder | None) -> None:
        """Open the form: of an entry that needs correcting, or empty for the next holder."""
        sheet, form = self.sheets[role], self.forms[role]
        others = tuple(other for other in self._holders[role] if other is not holder)
        form.put(self._kind, holder, asks=False, others=others)
        office = self._names[role]
        sheet.heading.setText(
            _("Perbaiki catatan {name}").format(name=holder.name)
            if holder
            else _("{office} baru").format(office=office)
        )
        serving = next((other for other in others if other.until is None or other.until >= self._today()), None)
        form.since_field.hint(
            _("{name} tercatat sampai sehari sebelumnya.").format(name=serving.name)
            if serving and holder is None
            else _("Hari pertama menjabat.")
        )
        sheet.note.say("")
        self.setCurrentWidget(sheet)
        form.name.setFocus()

    def show_lists(self) -> None:
        """Back to the lists."""
        self.setCurrentWidget(self._lists)
        self.offices["head"].appoint.setFocus()

    def _show(self) -> None:
        for role, office in self.offices.items():
            office.put(self._names[role], self._holders[role])


def standing(holder: Holder, today: dt.date) -> tuple[str, str]:
    """State and word of a term on a day."""
    if holder.since > today:
        return "soon", _("akan menjabat")
    if holder.until is not None and holder.until < today:
        return "quiet", _("sudah berakhir")
    return "done", _("menjabat")


def days(holder: Holder) -> str:
    """The days of a term in words."""
    since = f"{day_and_month(holder.since)} {holder.since.year}"
    if holder.until is None:
        return _("sejak {since}").format(since=since)
    return _("{since} – {until}").format(since=since, until=f"{day_and_month(holder.until)} {holder.until.year}")
