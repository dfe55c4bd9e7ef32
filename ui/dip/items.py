"""The tab of the public list."""

import datetime as dt
from collections.abc import Callable
from functools import partial
from gettext import gettext as _

from PySide6.QtWidgets import QPushButton

from desk.dates import short_date
from desk.desk import Done, Together
from desk.dip.commands import AddTemplates, EditItem, MarkListUpdated, PublishItem, RestoreItem, WithdrawItem
from desk.dip.queries import Listed, Seek, Template, UpdateDue, item, public_list, templates_left, update_due
from desk.dip.rules import CLASSES, LISTED, ItemForm
from desk.projects.queries import activities_of_budget, project_list
from ui.dip.itemform import ItemPanel
from ui.dip.pane import Pane
from ui.dip.rows import Line, item_line
from ui.work import Work

WHICH = {"all": _("Semua"), **{k: CLASSES[k] for k in LISTED}, "gaps": _("Belum lengkap"), "withdrawn": _("Ditarik")}


class ItemsPane(Pane):
    """Entries by class, the form of the one that is open, and whether the list was gone through this month."""

    shows = frozenset({"dip_item", "dip_update", "exemption", "exemption_event", "project", "budget_version"})

    def __init__(self, work: Work, today: Callable[[], dt.date]) -> None:
        super().__init__(work, today, _("Informasi baru"), _("Daftar informasi publik"), WHICH)
        self._open: Listed | None = None
        self._left: tuple[Template, ...] = ()
        self.holder = _("Sekretaris Desa")
        """Who keeps what a template adds, until the clerk says otherwise."""
        self.panel = ItemPanel()
        self.gone_through = QPushButton(_("Daftar sudah diperiksa"))
        self.more = QPushButton()
        self.more.setProperty("kind", "link")
        self.more.hide()
        self.build(self.panel, beside_summary=(self.more, self.gone_through))
        self.panel.submitted.connect(self._save)
        self.panel.closed.connect(lambda: self.leave(self._close))
        self.panel.withdrawing.connect(self._withdraw)
        self.gone_through.clicked.connect(self._mark_updated)
        self.more.clicked.connect(self._add_templates)

    def load(self) -> None:
        """Ask for the list, when it is due, and what the form offers."""
        seek = Seek(self.search.text(), self.which.currentData())
        today = self.today()
        self.work.ask(public_list, today, seek, done=self._show)
        self.work.ask(update_due, today, done=self._show_due)
        self.work.ask(templates_left, done=self._show_templates)
        self.work.ask(project_list, today.year, done=self.panel.offer)
        self.work.ask(activities_of_budget, today.year, done=partial(self.panel.offer_budget, today.year))

    def new(self) -> None:
        """An empty form."""
        self._show_form(None)
        self.panel.summary.setFocus()

    def open(self, line: Line) -> None:
        """Open an entry; what an exemption left has none yet and gets one by being saved."""
        entry = line.subject
        assert isinstance(entry, Listed)
        if entry.id:
            self.work.ask(item, entry.id, done=self._opened)
        else:
            self._show_form(entry)

    def publish(self, entry: Listed) -> None:
        """Begin the entry of information that has become public."""
        self.leave(partial(self._show_form, entry))

    def is_open(self, line: Line) -> bool:
        """Whether a row is the one in the form."""
        entry = line.subject
        if self._open is None or not isinstance(entry, Listed):
            return False
        return (entry.id, entry.form.exemption) == (self._open.id, self._open.form.exemption)

    def start(self) -> None:
        """An empty list begins with what the law names; a search that finds nothing is cleared."""
        if self.is_narrowed():
            self.search.clear()
            self.which.setCurrentIndex(0)
        elif self._left:
            self._add_templates()
        else:
            self.new()

    def _show(self, rows: tuple[Listed, ...]) -> None:
        if self.is_narrowed():
            self.empty.say(_("Tidak ada yang cocok"), _("Coba kata lain, atau tampilkan semua."), _("Tampilkan semua"))
        else:
            sentence = _(
                "Di sini didaftar informasi yang dipegang desa. Mulai dari contoh menurut aturan, lalu sesuaikan."
            )
            self.empty.say(_("Daftar masih kosong"), sentence, _("Isi dengan contoh awal"))
        self.put_lines(tuple(item_line(row) for row in rows))
        missing = sum(bool(row.gaps) for row in rows)
        parts = [_("{n} informasi").format(n=len(rows))]
        if missing:
            parts.append(_("{n} belum lengkap").format(n=missing))
        self.summary.setText(" · ".join(parts) if rows else "")

    def _show_due(self, due: UpdateDue | None) -> None:
        self.gone_through.setVisible(due is not None)
        if due is None or not due.is_late:
            self.alarm.say("")
        elif due.last is None:
            self.alarm.say(_("Daftar belum pernah diperiksa seluruhnya. Periksa, lalu tekan tombol di atas."))
        else:
            words = _("Terakhir diperiksa {day}. Daftar diperiksa tiap bulan: periksa, lalu tekan tombol di atas.")
            self.alarm.say(words.format(day=short_date(due.last)))

    def _show_templates(self, left: tuple[Template, ...]) -> None:
        self._left = left
        self.more.setText(_("Tambah {n} contoh").format(n=len(left)))
        self.more.setVisible(bool(left) and bool(self.model.rows) and not self.is_narrowed())

    def _opened(self, entry: Listed | None) -> None:
        if entry is None:
            self._close()
        else:
            self._show_form(entry)

    def _show_form(self, entry: Listed | None) -> None:
        self._open = entry
        self.panel.show_item(entry)
        self.show_side(self.panel)
        if self.by_keys or not self.is_wide:
            self.by_keys = False
            self.panel.summary.setFocus()

    def _close(self) -> None:
        self._open = None
        self.close_side()

    def _save(self, form: ItemForm) -> None:
        known, day = self._open, self.today()
        if known is None or not known.id:
            publish = PublishItem(form, day)
            self.work.do(publish, done=lambda done: self._saved(form, done.value), failed=self.panel.refuse)
            return
        edit = EditItem(known.id, form, day)
        act = Together((RestoreItem(known.id, day), edit)) if known.withdrawn else Together((edit,))
        self.work.do(act, done=lambda _done: self._saved(form, known.id), failed=self.panel.refuse)

    def _saved(self, form: ItemForm, id: bytes) -> None:  # noqa: A002
        self.panel.save.setEnabled(True)
        self.panel.keep()
        self.tell(_("“{name}” tersimpan.").format(name=" ".join(form.summary.split())))
        reopen = partial(self.work.ask, item, id, done=self._opened)
        self.go_on(reopen if self.is_wide else self._close)

    def _withdraw(self, reason: str) -> None:
        if self._open is not None:
            name = self._open.form.summary
            act = WithdrawItem(self._open.id, self.today(), reason)
            self.work.do(act, done=partial(self._withdrawn, name), failed=self.panel.refuse)

    def _withdrawn(self, name: str, done: Done[None]) -> None:
        self._close()
        self.tell(_("“{name}” ditarik dari daftar dan tetap tersimpan.").format(name=name), may_undo=True)

    def _mark_updated(self) -> None:
        told = _("Tercatat: seluruh daftar diperiksa hari ini.")
        act = MarkListUpdated(self.today(), self.today())
        self.work.do(act, done=lambda _done: self.tell(told, may_undo=True))

    def _add_templates(self) -> None:
        act = AddTemplates(tuple(template.key for template in self._left), self.today(), self.holder)
        self.work.do(act, done=self._added)

    def _added(self, done: Done[int]) -> None:
        words = _("{n} contoh masuk ke daftar. Lengkapi kolomnya, dan tarik yang tidak dipegang desa.")
        self.tell(words.format(n=done.value), may_undo=True)
        self.list.setFocus()
