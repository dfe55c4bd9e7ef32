"""The one door to filled letters: which paper of which step in, a record or its PDF out."""

import datetime as dt
from collections.abc import Callable, Mapping
from functools import partial
from gettext import gettext as _

from sqlalchemy import Connection

from desk.dates import zone
from desk.letters.commands import Draw, IssueLetter, Stamp
from desk.letters.queries import Offer, occasions
from desk.letters.rules import PAPERS
from desk.paper import receipt
from desk.paper.filling import answers, objections, requests
from desk.paper.filling.ground import Ground, ground
from desk.paper.filling.requests import Case, case_of
from desk.paper.letters import press
from desk.paper.letters.press import Paper
from desk.paper.letters.records import Issue, RequestForm, Signature
from desk.paper.letters.slips import ObjectionForm
from desk.paper.records import Receipt
from desk.paper.village import head_of
from desk.store import DeskError
from desk.village.queries import profile

SIZES = ("A4", "F4")
"""Papers a letter is made for; a desk whose printer takes another prints on the first."""

BLANK = {"form": _("Formulir permohonan"), "objection_form": _("Formulir keberatan")}
"""Forms that are printed empty, to be filled in by hand."""

_OF_REQUEST: Mapping[str, Callable[[Case], Paper | Receipt]] = {
    "receipt": requests.receipt,
    "form": requests.form,
    "missing": requests.missing,
    "holder_note": requests.holder_note,
    "extension": requests.extension,
    "changed_due": requests.changed_due,
    "notice": answers.notice,
    "refusal": answers.refusal,
    "consideration": answers.consideration,
    "blackened": answers.blackened,
    "payment": requests.payment,
    "handover": requests.handover,
    "withdrawal": requests.withdrawal,
    "void": requests.void,
}
_OF_OTHERS: Mapping[str, Callable[[Ground], Paper]] = {
    "objection_receipt": objections.receipt,
    "objection_form": objections.form,
    "objection_answer": objections.answer,
    "agreement": objections.agreement,
    "classification": objections.classification,
}


def fill(
    conn: Connection, kind: str, owner: bytes, event: bytes, printed_at: dt.datetime, stamp: Stamp, who: str = ""
) -> Paper | Receipt:
    """The record of a paper of a step.

    Args:
        conn: the desk.
        kind: a key of `desk.letters.rules.PAPERS`.
        owner: the request, objection or exemption.
        event: its step.
        printed_at: the moment of printing, with a zone.
        stamp: what it bears; an empty label is a draft without a number.
        who: who sits at the desk.

    Raises:
        DeskError: the step has no such paper, or the village is not chosen yet.
    """
    step = next((step for step in occasions(conn, owner) if step.id == event), None)
    if step is None or kind not in step.papers:
        raise DeskError(_("Langkah ini tidak punya surat itu. Muat ulang catatannya, lalu pilih lagi."))
    if not PAPERS[kind].series:
        stamp = Stamp(step.number, stamp.day, stamp.is_copy)
    stands_on = ground(conn, step, stamp, printed_at, who)
    if kind in _OF_REQUEST:
        return _OF_REQUEST[kind](case_of(stands_on))
    return _OF_OTHERS[kind](stands_on)


def draw(paper: Paper | Receipt, size: str) -> bytes:
    """The PDF of a record."""
    size = size if size in SIZES else SIZES[0]
    return receipt.render(paper, size) if isinstance(paper, Receipt) else press.render(paper, size)


def draft(conn: Connection, offer: Offer, printed_at: dt.datetime, who: str, size: str) -> bytes:
    """A paper as it will look; its number is open until it goes out."""
    issued = offer.issued
    stamp = Stamp(issued.label, issued.day, is_copy=True) if issued else Stamp("", offer.day)
    return draw(fill(conn, offer.kind, offer.owner, offer.event, printed_at, stamp, who), size)


def issuing(offer: Offer, printed_at: dt.datetime, who: str, size: str) -> IssueLetter:
    """The command that lets a paper out under its number."""
    drawn: Draw = partial(_drawn, offer, printed_at, who, size)
    return IssueLetter(offer.kind, offer.owner, offer.event, offer.day, drawn)


def _drawn(offer: Offer, printed_at: dt.datetime, who: str, size: str, conn: Connection, stamp: Stamp) -> bytes:
    return draw(fill(conn, offer.kind, offer.owner, offer.event, printed_at, stamp, who), size)


def blank(conn: Connection, kind: str, printed_at: dt.datetime, size: str) -> bytes:
    """A key of `BLANK` as an empty form, for the counter.

    Raises:
        DeskError: the village is not chosen yet.
    """
    on = printed_at.date()
    known, village = profile(conn, on), head_of(conn, on)
    if known is None or village is None:
        raise DeskError(_("Desa ini belum dipilih. Isi dulu nama desa di Pengaturan, lalu cetak lagi."))
    note = known.note
    issue = Issue(village, "", on, Signature(""), printed_at.astimezone(zone(known.code)), note)
    superior = _("{title} {name} selaku atasan PPID").format(title=known.head_title, name=known.name)
    made: Paper = RequestForm(issue, None, superior) if kind == "form" else ObjectionForm(issue, None, superior)
    return draw(made, size)
