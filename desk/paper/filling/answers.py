"""The papers of an answer: the written notice, the refusal, the consideration behind it, what was blackened."""

import datetime as dt
from decimal import Decimal
from gettext import gettext as _

from desk.dates import long_date
from desk.dip.queries import Tested, exemption
from desk.dip.rules import STATUTE, ground_name
from desk.foi import life, rules
from desk.foi.queries import Decided, Item
from desk.letters.queries import considered, decisions, issued
from desk.objections.rules import window
from desk.paper.filling.requests import Case, sum_of
from desk.paper.letters.records import (
    BlackenedList,
    BlackenedPart,
    Consideration,
    Costs,
    ItemNotice,
    Refusal,
    RefusedItem,
    WrittenNotice,
)
from desk.village.queries import calendar

_Decision = tuple[Item, Decided]


def notice(case: Case) -> WrittenNotice:
    """Pemberitahuan tertulis: what was decided about each thing asked for."""
    decided = _decided(case)
    paying = next((item.id for item, one in decided if one.outcome in life.GIVING), None)
    way = rules.DELIVERIES.get(case.detail.delivery) or rules.ACCESS[case.detail.access]
    fee = case.step.fee or Decimal(0)
    return WrittenNotice(
        issue=case.ground.issue(case.ground.ppid),
        asker=case.asker,
        request=case.asked,
        items=tuple(_item(case, one, sum_of(fee if one[0].id == paying else Decimal(0))) for one in decided),
        delivery=way if paying else "",
        objection_until=_objection_until(case),
    )


def refusal(case: Case) -> Refusal:
    """Keputusan penolakan: each refused thing with its ground and the test behind it."""
    items = [(item, one) for item, one in _decided(case) if one.outcome == "refused"]
    return Refusal(
        issue=case.ground.issue(case.ground.ppid),
        asker=case.asker,
        request=case.asked,
        items=tuple(_refused(item, one, _test(case, one)) for item, one in items),
        superior=case.ground.superior,
        objection_until=_objection_until(case),
    )


def consideration(case: Case) -> Consideration:
    """Pertimbangan tertulis: what was decided, and what would follow from opening or closing it."""
    closed = [(item, one) for item, one in _decided(case) if one.outcome in ("refused", "partly")]
    tests = list({test.id: test for test in (_test(case, one) for _item, one in closed) if test}.values())
    grounds = [
        text
        for test in tests
        for text in ((_("Akibat bila dibuka"), test.if_open), (_("Yang dilindungi bila ditutup"), test.if_closed))
    ]
    told = [
        (life.CONSIDERED[kind][0].upper() + life.CONSIDERED[kind][1:], words)
        for kind, words in considered(case.ground.conn, case.step.id)
    ]
    basis = dict.fromkeys(text for _item, one in closed for text in _basis(one, _test(case, one)))
    return Consideration(
        issue=case.ground.issue(case.ground.ppid),
        approver=case.ground.head,
        request=case.asked,
        policy="\n".join(f"{item.sought}: {life.OUTCOMES[one.outcome]}." for item, one in _decided(case)),
        grounds=(*told, *grounds, *((_("Alasan"), one.reason) for _item, one in closed if one.reason)),
        basis=(_("Pasal 7 ayat (4) UU 14/2008"), *basis),
    )


def blackened(case: Case) -> BlackenedList:
    """Daftar bagian yang dihitamkan: each line of the answer is a row, with where it stands, what it was and why."""
    parts = [
        BlackenedPart(item.sought, where, what, one.reason, "; ".join(_basis(one, _test(case, one))))
        for item, one in _decided(case)
        if one.outcome == "partly"
        for where, what in life.blackened(one.removed)
    ]
    issue = case.ground.issue(case.ground.ppid)
    return BlackenedList(issue, case.asker, case.asked, tuple(parts), case.ground.superior)


def _decided(case: Case) -> list[_Decision]:
    return [(item, item.decided) for item in decisions(case.ground.conn, case.step.id) if item.decided]


def _test(case: Case, decided: Decided) -> Tested | None:
    return exemption(case.ground.conn, decided.test, case.step.day) if decided.test else None


def _objection_until(case: Case) -> dt.date | None:
    """The last day of an objection under the latest reading: until then it is surely not late."""
    terms, days = life.terms_of(case.detail.rule), calendar(case.ground.conn)
    return window("d", case.promised, case.step.day, terms, days).closes


def _item(case: Case, one: _Decision, costs: Costs) -> ItemNotice:
    item, decided = one
    gives, removed = decided.outcome in life.GIVING, "; ".join(_lines(decided.removed))
    basis = "; ".join(_basis(decided, _test(case, decided)))
    return ItemNotice(
        asked=item.sought,
        decision=decided.outcome,
        material=_material(case, decided) if gives else "",
        holder=decided.elsewhere,
        forms=frozenset({case.step.form}) if gives and case.step.form else frozenset(),
        costs=costs,
        blackened=_sentences(removed, decided.reason, basis) if removed else "",
        reason="" if gives else _sentences(_not_given(case, decided), decided.reason),
    )


def _material(case: Case, decided: Decided) -> str:
    """What is given: the words of the decision, else those of the whole answer."""
    return case.step.note if decided.outcome == "partly" else decided.reason or case.step.note


def _not_given(case: Case, decided: Decided) -> str:
    """Of a refusal its ground, and the decision of the PPID once that has its number."""
    if decided.outcome != "refused":
        return ""
    out = [one for one in issued(case.ground.conn, case.ground.step.owner) if one.event == case.step.id]
    number = next((one.label for one in out if one.kind == "refusal"), "")
    basis = ", ".join(_basis(decided, _test(case, decided)))
    return _("{basis}, Keputusan nomor {number}").format(basis=basis, number=number) if number else basis


def _refused(item: Item, decided: Decided, test: Tested | None) -> RefusedItem:
    return RefusedItem(
        information=item.sought,
        basis=_basis(decided, test),
        if_open=test.if_open if test else decided.reason,
        if_closed=test.if_closed if test else "",
        test=cited(test) if test else "",
    )


def _basis(decided: Decided, test: Tested | None) -> tuple[str, ...]:
    """The grounds of a decision as a letter cites them."""
    statute = test.standing.statute if test else ""
    return tuple(
        (statute or ground_name(code))
        if code == STATUTE
        else _("{article} UU 14/2008").format(article=ground_name(code))
        for code in decided.grounds
    )


def cited(test: Tested) -> str:
    """A consequence test by its day, and the letter that set it."""
    day = long_date(test.standing.tested)
    letter = next((step for step in test.story if step.kind == "classified"), None)
    if letter is None:
        return _("tanggal {day}").format(day=day)
    return _("tanggal {day}, ditetapkan dengan surat nomor {number} tanggal {set}").format(
        day=day, number=letter.number or "–", set=long_date(letter.day)
    )


def _sentences(*texts: str) -> str:
    return ". ".join(text.rstrip(". ") for text in texts if text.strip())


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
