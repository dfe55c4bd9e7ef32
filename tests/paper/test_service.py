"""The service poster tells who may ask, when, at what cost, and every term as the law counts it today."""

import datetime as dt
from dataclasses import replace

import pytest

from desk.desk import Desk
from desk.foi.life import terms_on
from desk.paper.board import render
from desk.paper.queries import poster
from desk.paper.records import Opening, ServicePoster
from desk.paper.sheets import SHEETS
from desk.village.commands import AppointOfficial, SetContact, SetHours, SetVillage
from desk.village.rules import DayHours
from tests.paper.pdfcheck import faults, text_of
from tests.paper.samples import KELURAHAN, LONG_VILLAGE, NOTE, PHONE, PRINTED, VILLAGE
from tests.paper.test_board import PHONE_MM

PLAIN = ServicePoster(
    VILLAGE, 2026, (Opening("Senin sampai Kamis", "08.00 sampai 15.00"), Opening("Jumat", "08.00 sampai 11.30")),
    "Sri Wahyuni", 10, 7, 30, 30, 14, PRINTED, "UU 14/2008 tentang Keterbukaan Informasi Publik", NOTE,
)  # fmt: skip
KINDS = {
    "a village": PLAIN,
    "long names": replace(PLAIN, village=LONG_VILLAGE, ppid=LONG_VILLAGE.head_name),
    "kelurahan": replace(PLAIN, village=KELURAHAN),
    "nothing filled in": replace(
        PLAIN, village=replace(VILLAGE, head_name="", address="", complaints=""), opening=(), ppid=""
    ),
    "every day its own hours": replace(
        PLAIN, opening=tuple(Opening(f"hari {n}", f"0{n}.00 sampai 15.00") for n in range(7))
    ),
}


def at(hour: int, minute: int = 0) -> dt.time:
    """An hour of the day."""
    return dt.time(hour, minute)


@pytest.mark.parametrize("size", sorted(SHEETS))
@pytest.mark.parametrize("kind", KINDS)
def test_a_service_poster_has_no_fault(kind: str, size: str) -> None:
    paper = render(KINDS[kind], size)
    found = faults(paper.pdf, floor=SHEETS[size].floor, phone=PHONE, phone_mm=PHONE_MM[size])
    assert found == [] and paper.pages == 1


def test_without_a_number_it_leads_to_the_desk() -> None:
    said = text_of(render(replace(PLAIN, village=replace(VILLAGE, phone="")), "A4").pdf)
    assert "Datanglah ke meja informasi" in said and PHONE not in said


def test_it_prints_the_terms_of_the_law_in_force_and_the_hours_as_they_are_kept(
    desk: Desk, today: dt.date, now: dt.datetime
) -> None:
    desk.do(SetVillage("35.22.12.2015"))
    desk.do(AppointOfficial("head", "Kepala Desa", "Sutrisno", "0812 3456 7890", dt.date(2019, 1, 1)))
    desk.do(AppointOfficial("ppid", "PPID", "Sri Wahyuni", None, dt.date(2019, 1, 1)))
    desk.do(SetContact("Jalan Raya 1", "Kantor desa"))
    noon = (at(12), at(13))
    week = tuple(DayHours(day, at(8), at(15), *noon) for day in range(4))
    desk.do(SetHours((*week, DayHours(4, at(8), at(11, 30)))))
    record = desk.ask(poster, "ppid", 2026, today, now)
    assert isinstance(record, ServicePoster) and record.warnings == ()
    assert record.opening == (
        Opening("Senin sampai Kamis", "08.00 sampai 15.00, istirahat 12.00 sampai 13.00"),
        Opening("Jumat", "08.00 sampai 11.30"),
    )
    terms, said = terms_on(today), text_of(render(record, "A3").pdf).replace("\u00a0", " ")
    for days in (terms.answer, terms.extension, terms.objection, terms.superior, terms.dispute):
        assert f"{days} hari kerja" in said
    assert "Sri Wahyuni" in said and "Maklumat pelayanan" in said and "0812-3456-7890" in said


def test_what_a_service_poster_misses_is_said(desk: Desk, today: dt.date, now: dt.datetime) -> None:
    desk.do(SetVillage("35.22.12.2015"))
    record = desk.ask(poster, "ppid", 2026, today, now)
    assert [notice.code for notice in record.warnings] == ["no_head", "no_complaints", "no_hours", "no_ppid"]
