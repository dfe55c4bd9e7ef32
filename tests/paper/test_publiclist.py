"""The poster of the public list holds every kind of information once, under its class, and says what is exempt."""

import datetime as dt
from dataclasses import replace

import pytest

from desk.desk import Desk
from desk.dip.commands import PublishItem
from desk.dip.queries import templates
from desk.dip.rules import CLASSES, ItemForm
from desk.paper.board import render
from desk.paper.queries import poster
from desk.paper.records import DipClass, DipLine, DipPoster
from desk.paper.sheets import SHEETS
from desk.store import DeskError
from desk.village.commands import AppointOfficial, SetContact, SetVillage
from tests.paper.pdfcheck import faults, text_of
from tests.paper.samples import LONG_VILLAGE, NOTE, PHONE, PRINTED, VILLAGE
from tests.paper.test_board import PHONE_MM


def listed(count: int, *, words: int = 4) -> DipPoster:
    """A list of so many entries in four classes, each told with so many words."""
    names = list(CLASSES.values())
    lines = [
        DipLine(f"Informasi ke-{n} " + "tentang kegiatan desa " * words, "Sekretaris Desa", "kertas", "2026")
        for n in range(1, count + 1)
    ]
    classes = tuple(DipClass(name, tuple(lines[i::4])) for i, name in enumerate(names) if lines[i::4])
    return DipPoster(VILLAGE, 2026, PRINTED.date(), classes, PRINTED, "UU 14/2008", NOTE)


KINDS = {
    "one": listed(1),
    "forty": listed(40),
    "two hundred": listed(200),
    "very long": listed(12, words=40),
    "long village": replace(listed(30), village=LONG_VILLAGE),
}


@pytest.mark.parametrize("size", ["A4", "F4", "A3", "A1"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_public_list_has_no_fault_and_loses_nothing(kind: str, size: str) -> None:
    record = KINDS[kind]
    paper = render(record, size)
    assert faults(paper.pdf, floor=SHEETS[size].floor, phone=PHONE, phone_mm=PHONE_MM[size]) == []
    said = text_of(paper.pdf)
    for n in range(1, record.count + 1):
        assert said.count(f"Informasi ke-{n} ") == 1


def test_a_name_of_a_class_never_stands_alone_at_the_end_of_a_sheet() -> None:
    for count in range(36, 60):
        said = text_of(render(listed(count, words=1), "A4").pdf)
        for name in CLASSES.values():
            after = said.split(f"Informasi {name}")[1].lstrip()
            assert after.startswith("Informasi ke-"), after[:40]


def test_it_prints_the_list_of_the_desk_with_what_it_lacks(desk: Desk, today: dt.date, now: dt.datetime) -> None:
    desk.do(SetVillage("35.22.12.2015"))
    desk.do(AppointOfficial("head", "Kepala Desa", "Sutrisno", "0812 3456 7890", dt.date(2019, 1, 1)))
    desk.do(SetContact("Jalan Raya 1", "Kantor desa"))
    with pytest.raises(DeskError, match="masih kosong"):
        desk.ask(poster, "dip", 2026, today, now)
    for one in templates():
        desk.do(PublishItem(ItemForm(one.summary, "Sekretaris Desa", one.category), today))
    record = desk.ask(poster, "dip", 2026, today, now)
    assert isinstance(record, DipPoster) and record.count == len(templates())
    assert [notice.code for notice in record.warnings] == ["gaps"]
    said = text_of(render(record, "A3").pdf)
    assert all(f"Informasi {CLASSES[name]}" in said for name in ("periodic", "immediate", "anytime"))
