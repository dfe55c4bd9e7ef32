"""Requests are found by number, question, answer and name; pages of a search are its whole result, each row once."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from desk import vault
from desk.desk import Desk
from desk.foi import search
from desk.foi.commands import AnswerRequest as Answer
from desk.foi.commands import Assign, CorrectApplicant, Register
from desk.foi.queries import Line, Page, Seek, page
from desk.foi.rules import RequestForm
from desk.foi.search import Names, earlier, terms
from tests.desks import open_desk
from tests.speed.bulk import FillPart

Build = Callable[..., RequestForm]
LABEL = "{:03d}/PI/A/2026"


def labels(found: Page) -> list[str]:
    """The numbers of a page."""
    return [row.label for row in found.rows]


def test_an_answers_words_find_its_request(desk: Desk, form: Build, today: dt.date) -> None:
    first, second = (desk.do(Register(form())).value.id for _ in range(2))
    desk.do(Answer(first, day=today, form="soft", note="dikirim lewat surel"))
    desk.do(Assign(second, today, "Kaur Keuangan"))
    assert labels(desk.ask(page, today, Seek("surel dik"))) == [LABEL.format(1)]
    assert labels(desk.ask(page, today, Seek("keuangan"))) == [LABEL.format(2)]


def test_every_thing_asked_for_is_found_and_the_request_once(desk: Desk, form: Build, today: dt.date) -> None:
    asked = desk.do(Register(form(sought="RAB jalan", more=("Foto jalan", "Peta desa")))).value.id
    desk.do(Answer(asked, day=today, form="hard", note="foto jalan dicetak"))
    assert labels(desk.ask(page, today, Seek("jalan"))) == [LABEL.format(1)]
    assert labels(desk.ask(page, today, Seek("peta"))) == [LABEL.format(1)]


def test_a_short_number_is_found_as_it_is_printed(desk: Desk, form: Build, today: dt.date) -> None:
    for _ in range(8):
        desk.do(Register(form()))
    assert labels(desk.ask(page, today, Seek("7"))) == [LABEL.format(7)]
    assert labels(desk.ask(page, today, Seek("7/pi/a"))) == [LABEL.format(7)]


def test_a_name_typed_into_the_register_of_names_follows_its_corrections(
    desk: Desk, form: Build, today: dt.date
) -> None:
    asked = desk.do(Register(form(name="Siti  Contoh"))).value.id
    assert labels(desk.ask(page, today, Seek("siti con"))) == [LABEL.format(1)]
    desk.do(CorrectApplicant(asked, form(name="Wahyu Contoh")))
    assert desk.ask(page, today, Seek("siti")).rows == ()
    assert labels(desk.ask(page, today, Seek("WAHYU"))) == [LABEL.format(1)]
    desk.do(Register(form(name="Wahyu Lain")))
    assert len(desk.ask(page, today, Seek("wahyu")).rows) == 2


def test_one_letter_is_no_name(desk: Desk, form: Build, today: dt.date) -> None:
    desk.do(Register(form(name="Zulaikha")))
    assert desk.ask(page, today, Seek("z")).rows == ()
    assert len(desk.ask(page, today, Seek("zu")).rows) == 1


def test_what_is_searched_as_one_types_does_not_wait_for_names(desk: Desk, form: Build, today: dt.date) -> None:
    desk.do(Register(form(name="Zulaikha")))
    hasty = desk.ask(page, today, Seek("zulai", waits=False))
    assert (hasty.rows, hasty.is_whole) == ((), False)
    assert desk.ask(search.recall)
    followed = desk.ask(page, today, Seek("zulai", waits=False))
    assert (labels(followed), followed.is_whole) == ([LABEL.format(1)], True)


def test_a_name_taken_back_is_found_no_longer(desk: Desk, form: Build) -> None:
    def held(typed: str) -> int:
        return desk.ask(lambda conn: len(vault.held(conn, Names).holding(typed)))

    desk.do(Register(form(name="Zulaikha")))
    desk.ask(search.recall)
    assert held("zulai") == 1
    desk.do(Remove())
    desk.ask(search.recall)
    assert held("zulai") == 0


class Remove:
    """An identity is taken out of the desk, as retention will."""

    def run(self, session: Session) -> None:
        """Delete the row itself."""
        session.connection().exec_driver_sql("DELETE FROM applicant")


def test_names_go_with_the_key_and_are_on_no_disk(desk: Desk, form: Build, today: dt.date) -> None:
    desk.do(Register(form(name="Zulaikha Rahasia")))
    desk.ask(page, today, Seek("zulai"))
    held = desk.ask(lambda conn: vault.held(conn, Names))
    desk._vault.forget()
    assert desk.ask(lambda conn: vault.held(conn, Names)) is not held
    assert not desk.ask(lambda conn: vault.held(conn, Names)).is_whole
    files = [file.read_bytes().lower() for file in desk.folder.rglob("*") if file.is_file()]
    assert files and not any(b"zulaikha" in content for content in files)


def test_earlier_answers_and_the_same_question_are_offered(desk: Desk, form: Build, today: dt.date) -> None:
    answered = desk.do(Register(form(sought="RAB pembangunan jalan Dusun Krajan 2026"))).value.id
    desk.do(Answer(answered, day=today, form="soft", fee=Decimal(0), note="salinan di map 3"))
    open_one = desk.do(Register(form(sought="Daftar penerima BLT Dana Desa"))).value.id
    near = desk.ask(earlier, "pembangunan jalan dusun krajan")
    assert [(one.id, one.note, one.is_same) for one in near] == [(answered, "salinan di map 3", False)]
    same = desk.ask(earlier, "daftar  penerima blt dana DESA")
    assert [(one.id, one.outcome, one.is_same) for one in same] == [(open_one, "", True)]
    assert desk.ask(earlier, "penerima bantuan dana") == ()


@given(st.text())
def test_nothing_typed_is_an_error(text: str) -> None:
    assert terms(text).count('"') % 2 == 0


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A register of nine hundred: words of all, of many and of few requests."""
    at = dt.datetime(2026, 11, 22, 9, 12, tzinfo=dt.UTC)
    place: Path = tmp_path_factory.mktemp("many")
    made = open_desk(place / "desa", lambda: at)
    made.do(FillPart(0, 900, 900, at.date()))
    return made


WORDS = ("", "dusun", "embung", "surel", "map 7", "ra", "siti", "berkas 77", "jati 2026", "1", "dis", "tidak ada")


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.sampled_from(WORDS),
    which=st.sampled_from(("all", "open", "late", "done")),
    days=st.tuples(st.integers(0, 3650), st.integers(0, 3650)),
    bounds=st.sampled_from(((False, False), (True, False), (False, True), (True, True))),
    holder=st.sampled_from(("", "", "kaur")),
    state=st.sampled_from(("", "", "registered")),
    most=st.integers(1, 130),
)
def test_pages_one_after_another_are_the_whole_result(
    many: Desk, text: str, which: str, days: tuple[int, int], bounds: tuple[bool, bool], holder: str, state: str,
    most: int,
) -> None:  # fmt: skip
    today = dt.date(2026, 11, 22)
    since, until = (today - dt.timedelta(days=back) for back in (max(days), min(days)))
    seek = Seek(text, which, since if bounds[0] else None, until if bounds[1] else None, holder, state)
    whole = many.ask(page, today, seek, None, 2000)
    rows: list[Line] = []
    after = None
    while True:
        part = many.ask(page, today, seek, after, most)
        rows += part.rows
        after = part.following
        if after is None:
            break
    assert tuple(rows) == whole.rows
    assert len({row.id for row in rows}) == len(rows)
    assert all(seek.since is None or row.received >= seek.since for row in rows)
    assert all(seek.until is None or row.received <= seek.until for row in rows)


@pytest.mark.parametrize("text", WORDS[1:])
def test_few_hits_and_many_are_found_alike(many: Desk, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    today = dt.date(2026, 11, 22)
    found = {}
    for few in (-1, 5, 100_000):
        monkeypatch.setattr(search, "FEW", few)
        found[few] = many.ask(page, today, Seek(text), None, 2000).rows
    assert found[-1] == found[5] == found[100_000]
