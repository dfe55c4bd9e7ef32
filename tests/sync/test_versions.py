"""A budget version is one unit: on the other side of a sync it is whole or not there, and a draft is never more."""

import datetime as dt
import json
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from district import District
from sides import second_pc

from desk import outbox
from desk.budget import queries
from desk.budget.codes import NameCode, own_titles
from desk.budget.commands import Enact, SetLine, StartBudget
from desk.desk import Desk
from desk.exchange.apbdes import import_budget
from desk.inbox import Change
from desk.outbox import Receive
from desk.paper.queries import poster
from desk.paper.records import ApbdesPoster
from desk.store import DeskError
from sync.client.round import Round, sync

Send = Callable[[], Round]
YEAR = 2026
ACTIVITIES = 160
"""So many that a version takes several pages of the feed."""
RULE = "Peraturan Desa Nomor {n} Tahun 2026"


@pytest.fixture
def budget(joined: Desk, tmp_path: Path) -> bytes:
    """A draft of the first PC whose lines fill several pages."""
    file = tmp_path / "apbdes.csv"
    rows = "".join(f"2.{n // 20 + 1}.{n % 20 + 1:02} 5.2.1;Kegiatan nomor {n};1.000.000\n" for n in range(ACTIVITIES))
    file.write_text(
        f"Kode;Uraian;Anggaran\n4;PENDAPATAN;\n4.2.1;Dana Desa;{ACTIVITIES}.000.000\n5;BELANJA;\n{rows}"
        "6;PEMBIAYAAN;\n6.1.1;SiLPA;0\n",
        encoding="utf-8",
    )
    version = import_budget(joined, file, YEAR).version
    assert version is not None
    return version


@pytest.fixture
def other(joined: Desk, district: District, tmp_path: Path, now: dt.datetime) -> Iterator[Desk]:
    """The village's second PC, which knows nothing yet."""
    desk = second_pc(tmp_path / "kedua", lambda: now, district.database, district.url)
    yield desk
    desk.close()


def pages(desk: Desk, now: dt.datetime) -> Iterator[int]:
    """Take the feed one page at a time; how many rows each brought."""
    while (came := sync(desk, lambda: now, stop=lambda: True)).received:
        yield came.received


def on_the_board(desk: Desk, now: dt.datetime) -> ApbdesPoster | str:
    """The poster of the year, or why there is none."""
    try:
        paper = desk.ask(poster, "apbdes", YEAR, now.date(), now)
    except DeskError as error:
        return str(error)
    assert isinstance(paper, ApbdesPoster)
    return paper


def shown(paper: ApbdesPoster | str) -> tuple[bool, int, Decimal | None, Decimal | None] | str:
    """Whether a draft, which amendment, and what comes in and is spent."""
    if isinstance(paper, str):
        return paper
    return paper.draft, paper.amendment, paper.revenue.total.amount, paper.expenditure.total.amount


def test_a_version_on_its_way_is_not_on_the_board_before_its_last_line_is_here(
    joined: Desk, other: Desk, budget: bytes, send: Send, now: dt.datetime
) -> None:
    joined.do(Enact(budget, RULE.format(n=1), now.date()))
    send()
    seen = [shown(on_the_board(other, now)) for _rows in pages(other, now)]
    assert len(seen) > 3
    assert all(isinstance(said, str) for said in seen[:-1]), seen
    assert seen[-1] == shown(on_the_board(joined, now)) == (False, 0, ACTIVITIES * 10**6, ACTIVITIES * 10**6)


def test_until_an_amendment_is_here_whole_the_budget_it_amends_hangs(
    joined: Desk, other: Desk, budget: bytes, send: Send, now: dt.datetime
) -> None:
    joined.do(Enact(budget, RULE.format(n=1), now.date()))
    send()
    sync(other, lambda: now)
    amended = joined.do(StartBudget(YEAR)).value
    joined.do(SetLine(amended, Decimal(5_000_000), account="5.2.1", activity="2.1.01"))
    joined.do(Enact(amended, RULE.format(n=2), now.date()))
    send()
    seen = [shown(on_the_board(other, now)) for _rows in pages(other, now)]
    assert len(seen) > 1
    assert set(seen[:-1]) == {(False, 0, ACTIVITIES * 10**6, ACTIVITIES * 10**6)}
    assert seen[-1] == (False, 1, ACTIVITIES * 10**6, (ACTIVITIES + 4) * 10**6)


def test_a_draft_stays_a_draft_on_every_page_until_it_is_enacted_and_whole(
    joined: Desk, other: Desk, budget: bytes, send: Send, now: dt.datetime
) -> None:
    send()
    sync(other, lambda: now)
    assert shown(on_the_board(other, now)) == (True, 0, ACTIVITIES * 10**6, ACTIVITIES * 10**6)
    joined.do(SetLine(budget, Decimal(3_000_000), account="5.2.1", activity="2.2.02"))
    joined.do(Enact(budget, RULE.format(n=1), now.date()))
    send()
    seen = [shown(on_the_board(other, now)) for _rows in pages(other, now)]
    assert seen[-1] == (False, 0, ACTIVITIES * 10**6, (ACTIVITIES + 2) * 10**6)
    assert all(said == seen[-1] or isinstance(said, str) or said[0] for said in seen)


def feed(district: District) -> list[Change]:
    """Every row the district holds, as its feed tells it."""
    listed = district.ask("SELECT entity, id, rev, doc FROM row WHERE deleted = 0 ORDER BY rev")
    return [Change(entity, bytes.fromhex(row), rev, False, json.loads(doc)) for entity, row, rev, doc in listed]


def receive(desk: Desk, changes: Sequence[Change], now: dt.datetime) -> None:
    """A page of the feed in an order the district never uses."""
    known = desk.ask(outbox.peer_of)
    assert known is not None
    desk.do(
        Receive(known, known.acked, known.acked_n, known.head, (), tuple(changes), known.cursor, known.gen, now, 4096)
    )


def test_a_version_that_comes_before_its_lines_is_not_in_force_until_the_last_of_them(
    joined: Desk, other: Desk, budget: bytes, send: Send, district: District, now: dt.datetime
) -> None:
    joined.do(Enact(budget, RULE.format(n=1), now.date()))
    send()
    rows = sorted(feed(district), key=lambda change: change.entity != "budget_version")
    for cut in (1, len(rows) // 3, len(rows) - 1):
        receive(other, rows[:cut], now)
        assert other.ask(queries.versions, YEAR)[0].regulation == RULE.format(n=1)
        assert not other.ask(queries.complete, budget)
        assert other.ask(queries.in_force, YEAR) is None
        assert other.ask(queries.summary, YEAR) is None
        assert shown(on_the_board(other, now)) == ("APBDes 2026 di meja ini belum lengkap. Kirim dan terima lagi dulu.")
    receive(other, rows, now)
    assert other.ask(queries.complete, budget)
    assert shown(on_the_board(other, now)) == shown(on_the_board(joined, now))


def test_an_amendment_that_lacks_lines_is_announced_and_not_printed(
    joined: Desk, other: Desk, budget: bytes, send: Send, district: District, now: dt.datetime
) -> None:
    joined.do(Enact(budget, RULE.format(n=1), now.date()))
    send()
    sync(other, lambda: now)
    amended = joined.do(StartBudget(YEAR)).value
    joined.do(SetLine(amended, Decimal(5_000_000), account="5.2.1", activity="2.1.01"))
    joined.do(Enact(amended, RULE.format(n=2), now.date()))
    send()
    late = [c for c in feed(district) if amended.hex() in (c.row.hex(), c.fields.get("version"))]
    late.sort(key=lambda change: change.entity != "budget_version")
    receive(other, late[: len(late) // 2], now)
    paper = on_the_board(other, now)
    assert isinstance(paper, ApbdesPoster)
    assert (paper.draft, paper.amendment) == (False, 0)
    assert "arriving" in [notice.code for notice in paper.warnings]
    receive(other, late, now)
    paper = on_the_board(other, now)
    assert isinstance(paper, ApbdesPoster)
    assert (paper.draft, paper.amendment) == (False, 1)
    assert "arriving" not in [notice.code for notice in paper.warnings]


def test_half_a_draft_cannot_be_enacted_on_the_pc_it_is_coming_to(
    joined: Desk, other: Desk, budget: bytes, send: Send, district: District, now: dt.datetime
) -> None:
    send()
    rows = sorted(feed(district), key=lambda change: change.entity != "budget_version")
    receive(other, rows[: len(rows) // 2], now)
    with pytest.raises(DeskError, match="belum lengkap"):
        other.do(Enact(budget, RULE.format(n=1), now.date()))
    receive(other, rows, now)
    other.do(Enact(budget, RULE.format(n=1), now.date()))
    assert shown(on_the_board(other, now)) == (False, 0, ACTIVITIES * 10**6, ACTIVITIES * 10**6)


@pytest.mark.parametrize("is_enacted_first", [True, False])
def test_what_another_pc_types_into_a_draft_meanwhile_is_never_shown_as_enacted(
    joined: Desk, other: Desk, budget: bytes, send: Send, now: dt.datetime, *, is_enacted_first: bool
) -> None:
    send()
    sync(other, lambda: now)
    other.do(SetLine(budget, Decimal(9_000_000), account="5.2.1", activity="2.1.01"))
    joined.do(Enact(budget, RULE.format(n=1), now.date()))
    rounds: list[Callable[[], object]] = [send, lambda: sync(other, lambda: now)]
    for one_round in (rounds if is_enacted_first else rounds[::-1]) * 2:
        one_round()
        said = shown(on_the_board(other, now))
        assert isinstance(said, str) or said[0]
    assert other.ask(queries.versions, YEAR)[0].regulation == RULE.format(n=1)
    assert "belum lengkap" in str(on_the_board(other, now))
    assert shown(on_the_board(joined, now)) == (False, 0, ACTIVITIES * 10**6, ACTIVITIES * 10**6)


def test_two_pcs_that_name_the_same_code_have_one_row_and_one_name(
    joined: Desk, other: Desk, send: Send, district: District, now: dt.datetime
) -> None:
    joined.do(NameCode("account", "4.1.4.90", "Hasil lelang"))
    other.do(NameCode("account", "4.1.4.90", "Lelang titi"))
    for _round in range(2):
        send()
        sync(other, lambda: now)
    assert district.ask("SELECT count(*) FROM row WHERE entity = 'own_code'") == [(1,)]
    assert joined.ask(own_titles) == other.ask(own_titles)
    assert joined.ask(own_titles)["account", "4.1.4.90"] in ("Hasil lelang", "Lelang titi")
