"""The acts around the books: a register with names is made, and the words of a report are kept."""

from dataclasses import asdict, dataclass
from typing import ClassVar

from sqlalchemy.orm import Session

from desk import log
from desk.errors import DeskError
from desk.reports import rules
from desk.reports.rules import Texts, Wanted
from desk.reports.tables import BookMade, ReportText
from desk.vault import seal_of
from desk.village.tables import fixed_id


@dataclass(frozen=True)
class MakeNamed:
    """Somebody makes a register with names, and says for what; the register asks for this act before it is filled."""

    legal: ClassVar[bool] = True

    wanted: Wanted
    purpose: str

    def run(self, session: Session) -> bytes:
        """Note the making; its id is what fills the book with names.

        Raises:
            DeskError: no purpose, or a book without names in it.
            KeyLost: the village key is not here, so there are no names to be had.
        """
        act, wanted = log.current(session), self.wanted
        rules.check_wanted(wanted, act.at.date())
        fault = rules.purpose_fault(self.purpose)
        if fault or wanted.kind not in rules.NAMED:
            raise DeskError(fault or rules.NO_NAMES)
        seal_of(session.connection())
        purpose = " ".join(self.purpose.split())
        made = BookMade(
            kind=wanted.kind, first=wanted.first, last=wanted.last, as_of=wanted.as_of, purpose=purpose, at=act.at,
            who=act.who,
        )  # fmt: skip
        session.add(made)
        session.flush()
        return made.id


@dataclass(frozen=True)
class KeepTexts:
    """The words of a year's report, as they are now."""

    year: int
    texts: Texts

    def run(self, session: Session) -> None:
        """Put them in place of those kept before.

        Raises:
            DeskError: no such year, or a part is too long.
        """
        rules.of_year("report", self.year, log.current(session).at.date())
        faults = rules.text_faults(self.texts)
        if faults:
            raise DeskError(next(iter(faults.values())))
        words = {name: text.strip() for name, text in asdict(self.texts).items()}
        session.merge(ReportText(id=fixed_id(f"report_text/{self.year}"), year=self.year, **words))
