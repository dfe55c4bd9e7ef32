"""The only place threads are born: one writes, one asks, one talks to the district; the main thread hears them."""

import threading
from collections.abc import Callable
from functools import partial
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, Concatenate, NamedTuple, TypeVar

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from desk.desk import Command, Desk, Done

T = TypeVar("T")

WATCH_MILLISECONDS = 2000
"""How often another program's writing on the same folder is looked for."""


class _Job(NamedTuple):
    """Something to run on a thread, and where its result or its error goes on the main thread."""

    run: Callable[[], Any]
    done: Callable[[Any], None]
    failed: Callable[[Exception], None]


class _Lane(threading.Thread):
    """One thread that runs its jobs in order."""

    def __init__(self, name: str, deliver: Callable[[Callable[[], None]], None]) -> None:
        super().__init__(name=name, daemon=True)
        self.jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._deliver = deliver
        self.start()

    def run(self) -> None:
        """Work until the empty job comes."""
        while job := self.jobs.get():
            try:
                result = job.run()
            except Exception as error:
                self._deliver(partial(job.failed, error))
            else:
                self._deliver(partial(job.done, result))


class Work(QObject):
    """Commands, questions and rounds of the line, off the main thread.

    `done` and `failed` are called on the main thread, and never after the widget they belong to is gone. An error that
    nobody takes leaves by the signal `failed`. Where the same method has been given as `done` again meanwhile, the
    older answer is dropped: a list that is searched as one types shows the last search.
    """

    changed = Signal(tuple)
    """Of `Touched`: the rows a command touched; empty where another program wrote, and any may be."""
    status = Signal(str)
    """A sentence for the status line."""
    saved = Signal()
    """A command was committed."""
    undone = Signal()
    """The last act was turned back."""
    waiting = Signal(bool)
    """Whether a command is under way."""
    failed = Signal(object)
    """An exception nobody took."""
    _came = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        """Threads that wait; `take` gives them a desk."""
        super().__init__(parent)
        self.person = "Petugas"
        """Who sits at the desk, for the log."""
        self._desk: Desk | None = None
        self._acts: list[bytes] = []
        self._writing = 0
        self._is_closed = False
        self._version: int | None = None
        self._newest: dict[Callable[[Any], None], object] = {}
        self._came.connect(self._take)
        self._writer, self._asker, self._liner = (_Lane(n, self._came.emit) for n in ("writer", "asker", "line"))
        self._watch = QTimer(self)
        self._watch.timeout.connect(self._look)

    @property
    def desk(self) -> "Desk":
        """The open desk."""
        if self._desk is None:
            raise RuntimeError("the desk is not open yet")
        return self._desk

    @property
    def can_undo(self) -> bool:
        """Whether there is an act of this sitting to turn back."""
        return bool(self._acts)

    def take(self, desk: "Desk") -> None:
        """Start working for a desk that has been opened."""
        self._desk, self._version = desk, desk.version()
        self._watch.start(WATCH_MILLISECONDS)

    def prepare(
        self,
        function: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Run on the writing thread what has to be done before a person can write."""
        self._writer.jobs.put(_Job(function, done, failed or self.failed.emit))

    def do(
        self,
        command: "Command[T]",
        *,
        done: "Callable[[Done[T]], None] | None" = None,
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Run a command of a subject; `done` gets what the desk answers once it is committed."""
        desk, person = self.desk, self.person
        self._write(lambda: desk.do(command, person), done, failed, is_undoable=not getattr(command, "legal", False))

    def rehearse(
        self,
        command: "Command[T]",
        *,
        done: "Callable[[Done[T]], None]",
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Try a command and roll it back; `done` gets what it would answer."""
        desk, person = self.desk, self.person
        self._put(self._writer, lambda: desk.rehearse(command, person), done, failed)

    def undo(self) -> None:
        """Turn back the last act of this sitting that may be turned back."""
        if self._acts:
            desk, person, act = self.desk, self.person, self._acts.pop()
            self._write(lambda: desk.undo(act, person), self._was_undone, None, is_undoable=False)

    def ask(
        self,
        query: "Callable[Concatenate[Connection, ...], T]",
        *args: Any,
        done: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Read with a query of a subject; once the window has closed nobody waits for an answer any more."""
        if not self._is_closed:
            self._put(self._asker, partial(self.desk.ask, query, *args), done, failed)

    def run(
        self,
        function: Callable[..., T],
        *args: Any,
        done: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Run something slow that needs no store: a file looked through, a paper drawn."""
        self._put(self._asker, partial(function, *args), done, failed)

    def line(
        self,
        function: Callable[..., T],
        *args: Any,
        done: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Run `function(desk, *args)` that waits for the line to the district."""
        self._put(self._liner, partial(function, self.desk, *args), done, failed)

    def read_ahead(self) -> None:
        """Read the database file once from end to end: a spinning disk serves the pages of a search far faster then."""
        path = self.desk.folder / "desa.db"

        def read() -> None:
            with path.open("rb") as file:
                while file.read(1 << 20):
                    pass

        self._liner.jobs.put(_Job(read, lambda _none: None, self.failed.emit))

    def look_again(self) -> None:
        """Have every page read again what it shows."""
        self.changed.emit(())

    def close(self) -> None:
        """Finish what is being written and let go of the desk; what a page still asks for is never answered."""
        if self._is_closed:
            return
        self._is_closed = True
        self._watch.stop()
        for lane in (self._writer, self._asker, self._liner):
            lane.jobs.put(None)
        self._writer.join()
        self._asker.join()
        if self._desk is not None:
            self._desk.close()

    def _put(
        self,
        lane: _Lane,
        run: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None] | None,
    ) -> None:
        ticket = self._newest[done] = object()

        def is_newest() -> bool:
            newest = self._newest.get(done) is ticket
            if newest:
                del self._newest[done]
            return newest

        def deliver(result: T) -> None:
            if is_newest():
                _tell(done, result)

        def refuse(error: Exception) -> None:
            if is_newest():
                self._refuse(failed, error)

        lane.jobs.put(_Job(run, deliver, refuse))

    def _write(
        self,
        run: "Callable[[], Done[T]]",
        done: "Callable[[Done[T]], None] | None",
        failed: Callable[[Exception], None] | None,
        *,
        is_undoable: bool,
    ) -> None:
        self._count(1)

        def deliver(answer: "Done[T]") -> None:
            self._count(-1)
            if answer.act and is_undoable:
                self._acts.append(answer.act)
            self.saved.emit()
            if done is not None:
                _tell(done, answer)
            if answer.changes:
                self.changed.emit(answer.changes)

        def refuse(error: Exception) -> None:
            self._count(-1)
            self._refuse(failed, error)

        self._writer.jobs.put(_Job(run, deliver, refuse))

    def _was_undone(self, _done: "Done[bytes]") -> None:
        self.undone.emit()

    def _count(self, more: int) -> None:
        self._writing += more
        self.waiting.emit(self._writing > 0)

    def _refuse(self, failed: Callable[[Exception], None] | None, error: Exception) -> None:
        if failed is None or not _tell(failed, error):
            self.failed.emit(error)

    def _take(self, run: Callable[[], None]) -> None:
        """Deliver on the main thread; what comes after the desk was closed has nobody left to hear it."""
        if not self._is_closed:
            run()

    def _look(self) -> None:
        self._asker.jobs.put(_Job(self.desk.version, self._compare, self.failed.emit))

    def _compare(self, version: int) -> None:
        seen, self._version = self._version, version
        if seen is not None and seen != version:
            self.look_again()


def _tell(heard: Callable[[T], None], news: T) -> bool:
    """Call back unless a widget the callback belongs to is gone; whether it was called."""
    function = heard.func if isinstance(heard, partial) else heard
    cells = getattr(function, "__closure__", None) or ()
    owners = [getattr(function, "__self__", None), *(cell.cell_contents for cell in cells)]
    if any(isinstance(owner, QObject) and not shiboken6.isValid(owner) for owner in owners):
        return False
    heard(news)
    return True
