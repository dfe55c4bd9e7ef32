"""A desk as it is after years: ten thousand requests, most of them answered."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from desk.foi.commands import AnswerRequest, Register
from desk.foi.rules import RequestForm
from desk.village.commands import AppointOfficial, SetVillage


@dataclass(frozen=True)
class Fill:
    """Many years at once; one act, so that it takes seconds."""

    requests: int
    today: dt.date

    def run(self, session: Session) -> None:
        """Register requests over three years; those older than three weeks are answered."""
        SetVillage("35.22.12.2015").run(session)
        AppointOfficial("head", "Kepala Desa", "Budi Contoh", "081234567890", dt.date(2020, 1, 2)).run(session)
        for number in range(self.requests):
            day = self.today - dt.timedelta(days=1000 - number * 1000 // self.requests)
            entered = Register(
                RequestForm(day, day, f"Warga {number}", "Krajan", f"RAB jalan ke-{number}", "ingin tahu", phone="0812")
            ).run(session)
            if self.today - day > dt.timedelta(days=21):
                AnswerRequest(entered.id, day, "soft").run(session)
