"""One line of a budget at a time, found by the code or the name of its account or activity."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from gettext import gettext as _

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from desk.budget import rules
from desk.budget.commands import Typed
from desk.budget.queries import Node
from desk.chart import activities, fund_sources, place_of, title_of
from desk.money import rupiah
from desk.store import DeskError
from ui.budget.hits import CodeModel, Hit, find, rest_words, standing
from ui.budget.strip import Choice
from ui.parts.chip import Note
from ui.parts.field import Field
from ui.parts.money import MoneyEdit


class CodeForm(QWidget):
    """Search, choose, type the amount, Enter; then the next. A line of an account says fund, volume and price too."""

    submitted = Signal(object)
    """A `Typed` line."""
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._nodes: Sequence[Node] = ()
        self.heading = QLabel()
        self.heading.setProperty("role", "section")
        self.search = QLineEdit()
        self.search_field = Field(_("Cari kode atau nama"), self.search)
        self.codes = CodeModel(self)
        self.found = QTreeView()
        self.activity, self.title, self.amount = QComboBox(), QLineEdit(), MoneyEdit(echo=False)
        self.fund, self.volume, self.unit, self.price = QComboBox(), QLineEdit(), QLineEdit(), MoneyEdit(echo=False)
        self.activity_field = Field(_("Kegiatan"), self.activity)
        self.title_field = Field(_("Uraian"), self.title)
        self.fund_field = Field(_("Sumber dana"), self.fund)
        self.volume_field = Field(_("Volume"), self.volume)
        self.unit_field = Field(_("Satuan"), self.unit)
        self.price_field = Field(_("Harga satuan"), self.price)
        self.amount_field = Field(_("Anggaran"), self.amount)
        self.note, self.choice, self.words = Note(), Choice(), QLabel()
        self.words.setProperty("role", "quiet")
        self.words.setWordWrap(True)
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.save, self.cancel = QPushButton(_("Simpan baris")), QPushButton(_("Selesai"))
        self._own: Mapping[tuple[str, str], str] = {}
        self._sent: tuple[tuple[QLineEdit, str], ...] = ()
        """What stood in the fields of the line that is being written."""
        self._sent_row = 0
        self._fill_boxes()
        self._build_list()
        self._build()
        self._connect()

    def know(self, own: Mapping[tuple[str, str], str]) -> None:
        """Find the village's own codes too, by `account` or `activity` and code."""
        self._own = own

    def start(self, year: int, nodes: Sequence[Node], near: Node | None = None) -> None:
        """Begin with an empty search; `nodes` is what the year says already, `near` a line of the activity to go on."""
        self._nodes = nodes
        self.heading.setText(_("Isi APBDes {year} per rekening").format(year=year))
        if near is not None and near.activity:
            self.activity.setCurrentIndex(max(self.activity.findData(near.activity), 0))
        self.note.say("")
        self.next_line()

    def renew(self, nodes: Sequence[Node]) -> None:
        """Go on with what the year says now."""
        self._nodes = nodes
        self._remember()

    def next_line(self, sentence: str = "") -> None:
        """Ready for another line of the same activity and source; say what became of the last one."""
        for edit in (self.amount, self.price):
            edit.put(None)
        for line in (self.title, self.volume, self.unit, self.search):
            line.clear()
        self.choice.hide()
        self._searched()
        self.note.say(sentence, "done")
        self.search.setFocus()

    def saved(self, line: Typed) -> None:
        """Say what was saved; the next line may be half typed already."""
        self._sent = ()
        name = line.title or title_of(line.account, line.activity)
        self.note.say(_("Tersimpan: {name} {amount}.").format(name=name, amount=rupiah(line.amount)), "done")

    def _hand_over(self, line: Typed) -> None:
        """Begin the next line at once: what is typed while this one is being written belongs to it."""
        edits = (self.search, self.title, self.volume, self.unit, self.price.line, self.amount.line)
        self._sent, self._sent_row = tuple((edit, edit.text()) for edit in edits), self.found.currentIndex().row()
        self.next_line()
        self.submitted.emit(line)

    def _take_back(self) -> None:
        """A line that could not be written stands as it was typed, unless another one is begun."""
        sent, self._sent = self._sent, ()
        if sent and not any(edit.text() for edit, _text in sent):
            for edit, text in sent:
                edit.setText(text)
            self.found.setCurrentIndex(self.codes.index(self._sent_row, 0))
            self.amount.setFocus()

    def chosen(self) -> Hit | None:
        """The code that is marked in the list."""
        index = self.found.currentIndex()
        return index.data(Qt.ItemDataRole.UserRole) if index.isValid() else None

    def line(self) -> Typed:
        """What was typed.

        Raises:
            Differs: volume times price is not the amount that was typed.
            DeskError: no code is chosen, or one no line can stand on, or there is no amount.
        """
        hit = self.chosen()
        if hit is None:
            raise DeskError(_("Pilih dulu rekening atau bidangnya dari daftar."))
        account, activity = self._codes(hit)
        # A block of codes says so itself.
        place_of(*(("", hit.entry.code) if hit.is_activity else (hit.entry.code, "")))
        place_of(account, activity)
        for edit in (self.amount, self.price):
            if edit.fault():
                raise DeskError(edit.fault())
        amount = rules.settled(self.amount.value(), self.product())
        if amount is None:
            raise DeskError(_("Tulis jumlah anggarannya, atau volume dan harga satuannya."))
        return replace(self._bare(account, activity), amount=amount)

    def product(self) -> Decimal | None:
        """Volume times unit price; None where one is not typed.

        Raises:
            DeskError: one of the two cannot be read.
        """
        bare = self._bare("", "")
        return rules.product(rules.Line("", "", "", volume=bare.volume or "", price=bare.price or ""), is_typed=True)

    def _bare(self, account: str, activity: str) -> Typed:
        """The words of the line; what has no field now is not touched."""
        title = self.title.text().strip()
        if self.volume_field.isHidden():
            return Typed(account, activity, None, title)
        volume = rules.volume_text(self.volume.text())
        price = rules.price_text(self.price.line.text())
        fund = self.fund.currentData() or None
        return Typed(
            account, activity, None, title, fund, volume or None, self.unit.text().strip() or None, price or None
        )

    def _codes(self, hit: Hit) -> tuple[str, str]:
        """Account and activity of a line that stands on a code."""
        if hit.is_activity:
            return "", hit.entry.code
        is_spending = hit.entry.code.startswith("5")
        return hit.entry.code, (self.activity.currentData() or "") if is_spending else ""

    def submit(self) -> None:
        """Hand the line over, or say what is missing; where two amounts differ, ask which counts."""
        self.choice.hide()
        try:
            self._hand_over(self.line())
        except rules.Differs as question:
            self.note.say("")
            self.choice.ask(question)
        except DeskError as error:
            self.explain(error)

    def _settled(self, amount: Decimal) -> None:
        """A person has said which amount counts."""
        hit = self.chosen()
        if hit is not None:
            self._hand_over(replace(self._bare(*self._codes(hit)), amount=amount, as_written=True))

    def _put_off(self) -> None:
        self.choice.hide()
        self.amount.setFocus()

    def explain(self, error: Exception) -> None:
        """Say why nothing was saved.

        Raises:
            Exception: `error` itself, where it is no sentence for a person.
        """
        if not isinstance(error, DeskError):
            raise error
        self._take_back()
        self.note.say(str(error), "late")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows in the search walk the list, Enter goes on; Enter in the amount saves the line."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if watched is self.search and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            row = min(max(self.found.currentIndex().row() + step, 0), self.codes.rowCount() - 1)
            self.found.setCurrentIndex(self.codes.index(row, 0))
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            if watched is self.amount.line:
                self.submit()
            else:
                self._walk(watched)
            return True
        return super().eventFilter(watched, event)

    @property
    def _steps(self) -> tuple[tuple[QWidget, QWidget], ...]:
        """The fields in the order Enter goes through them, each with what takes the keyboard."""
        return (
            (self.activity_field, self.activity), (self.title_field, self.title), (self.fund_field, self.fund),
            (self.volume_field, self.volume), (self.unit_field, self.unit), (self.price_field, self.price.line),
            (self.amount_field, self.amount.line),
        )  # fmt: skip

    def _walk(self, left: QObject | None = None) -> None:
        """To the next field that shows, from the one that is left."""
        places = [place for place, (_field, edit) in enumerate(self._steps) if edit is left]
        first = places[0] + 1 if places else 0
        following = next(edit for field, edit in self._steps[first:] if not field.isHidden())
        following.setFocus()
        if isinstance(following, QLineEdit):
            following.selectAll()

    def _searched(self) -> None:
        self.codes.show(find(self.search.text(), self._own))
        if self.codes.rowCount():
            self.found.setCurrentIndex(self.codes.index(0, 0))
        self._marked()

    def _marked(self) -> None:
        hit = self.chosen()
        is_account = hit is not None and not hit.is_activity
        code = hit.entry.code if hit else ""
        is_fine = is_account and (code.startswith("5") or code.count(".") > 2)
        self.activity_field.setVisible(is_account and code.startswith("5"))
        self.title_field.setVisible(hit is not None and not hit.entry.level)
        for field in (self.fund_field, self.volume_field, self.unit_field, self.price_field):
            field.setVisible(is_fine)
        self.note.say("")
        self._remember()

    def _remember(self) -> None:
        """Say the amount in words, what stands on the code already, what is left to detail, and volume times price."""
        hit = self.chosen()
        said = [word for edit in (self.amount, self.price) if edit.line.hasFocus() and (word := edit.spoken())]
        if hit is not None:
            account, activity = self._codes(hit)
            fund = self.fund.currentData() or ""
            known = standing(self._nodes, account, activity, fund)
            said += [_("Sekarang {amount}").format(amount=rupiah(known))] if known is not None else []
            said += [rest for rest in [rest_words(self._nodes, account, activity)] if rest]
        try:
            worth = self.product()
        except DeskError:
            worth = None
        said += [_("Volume × harga = {amount}").format(amount=rupiah(worth))] if worth is not None else []
        self.words.setText(" · ".join(said))

    def _connect(self) -> None:
        self.search.textChanged.connect(self._searched)
        self.found.selectionModel().currentChanged.connect(self._marked)
        for box in (self.activity, self.fund):
            box.currentIndexChanged.connect(self._remember)
        self.volume.textChanged.connect(self._remember)
        for money in (self.amount, self.price):
            money.said.connect(self._remember)
        self.found.activated.connect(lambda _index: self._walk())
        self.save.clicked.connect(self.submit)
        self.cancel.clicked.connect(self.closed)
        self.choice.settled.connect(self._settled)
        self.choice.returned.connect(self._put_off)
        for edit in (self.search, *(edit for _field, edit in self._steps)):
            edit.installEventFilter(self)
        for keys, act in (("Ctrl+Return", self.submit), ("Ctrl+Enter", self.submit), ("Esc", self.closed.emit)):
            QShortcut(QKeySequence(keys), self, act, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _build(self) -> None:
        self.save.setProperty("kind", "main")
        for button in (self.save, self.cancel):
            button.setAutoDefault(True)
        self.search.setPlaceholderText(_("misalnya 4.2.1 atau dana desa"))
        self.volume.setPlaceholderText(_("misalnya 12 atau 2,5"))
        self.unit.setPlaceholderText(_("misalnya paket"))
        buttons = QHBoxLayout()
        buttons.setSpacing(16)
        buttons.addWidget(self.save)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.note, 8)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 12)
        column.setSpacing(8)
        for part in (self.heading, self.search_field):
            column.addWidget(part)
        column.addWidget(self.found, 1)
        for fields in (
            ((self.activity_field, 3), (self.title_field, 2), (self.fund_field, 2)),
            ((self.volume_field, 2), (self.unit_field, 2), (self.price_field, 3), (self.amount_field, 4)),
        ):
            row = QHBoxLayout()
            row.setSpacing(16)
            for field, share in fields:
                row.addWidget(field, share, Qt.AlignmentFlag.AlignTop)
            column.addLayout(row)
        column.addWidget(self.words)
        column.addWidget(self.choice)
        column.addLayout(buttons)

    def _fill_boxes(self) -> None:
        self.activity.addItem(_("tanpa kegiatan"), "")
        for code, entry in activities().items():
            if not entry.is_range:
                self.activity.addItem(f"{code}   {entry.title}", code)
        self.fund.addItem(_("belum disebut"), "")
        for code, name in fund_sources().items():
            self.fund.addItem(f"{code}   {name}", code)
        for box in (self.activity, self.fund):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(8)

    def _build_list(self) -> None:
        self.found.setModel(self.codes)
        self.found.setAccessibleName(_("Rekening dan kegiatan yang cocok"))
        self.found.setUniformRowHeights(True)
        self.found.setRootIsDecorated(False)
        self.found.setHeaderHidden(True)
        header = self.found.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
