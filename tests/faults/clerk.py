"""A clerk who registers one request after another until the power goes; run by test_kill9.py as a process of its own.

Says the id of a request on standard output, and only once it is called saved.
"""

import datetime as dt
import random
import sys
from pathlib import Path

from desk.desk import Desk
from desk.foi.commands import Register
from desk.foi.rules import RequestForm


def main(folder: Path, seed: int) -> None:
    """Register requests of any length for ever."""
    dice = random.Random(seed)
    desk = Desk(folder, lambda: dt.datetime.now().astimezone())
    today = dt.date(2026, 11, 23)
    while True:
        words = " ".join(dice.choices(("salinan", "RAB", "jalan", "dusun", "2026"), k=dice.randrange(1, 400)))
        form = RequestForm(today, today, "Siti Contoh", "RT 01 RW 02", words, "mengetahui", phone="0812 3456 7890")
        print(desk.do(Register(form)).value.id.hex(), flush=True)


main(Path(sys.argv[1]), int(sys.argv[2]))
