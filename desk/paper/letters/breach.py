"""Pemberitahuan kegagalan pelindungan data pribadi: what leaked, when and how, and what is done (UU 27/2022)."""

import datetime as dt
from gettext import gettext as _

from desk.dates import WEEKDAYS, clock, long_date
from desk.paper.letters.frame import STAMP, Letter, opening, signed
from desk.paper.letters.parts import Fact, Facts, Gap, Numbered, Part, Say, Signatures
from desk.paper.letters.slips import BreachNotice


def _moment(moment: dt.datetime) -> str:
    return f"{WEEKDAYS[moment.weekday()]}, {long_date(moment.date())} {clock(moment)}"


def letter(paper: BreachNotice) -> Letter:
    """The written notice to a person or to the agency."""
    issue = paper.issue
    late = (Facts((Fact(_("Sebab terlambat"), paper.late_reason),)),) if paper.late_reason else ()
    advice: tuple[Part, ...] = (
        (Gap(0.4), Say(_("Yang dapat Anda lakukan"), bold=True, keep=True), Numbered(paper.advice, indent=0.5))
        if paper.advice
        else ()
    )
    parts: tuple[Part, ...] = (
        *opening(issue, _("Pemberitahuan kegagalan pelindungan data pribadi"), paper.to, paper.to_address),
        Say(
            _(
                "Menurut Pasal 46 UU 27/2022 tentang Pelindungan Data Pribadi, kami memberitahukan bahwa data pribadi "
                "yang kami simpan terungkap kepada pihak yang tidak berhak."
            )
        ),
        Gap(0.4),
        *_happened(paper),
        *advice,
        Gap(0.4),
        Facts(
            (
                Fact(_("Batas pemberitahuan (3 × 24 jam)"), _moment(paper.until)),
                Fact(_("Pertanyaan"), paper.contact),
            )
        ),
        *late,
        Gap(0.4),
        Say(_("Kami mohon maaf atas kejadian ini.")),
        Signatures((signed(issue),), STAMP),
    )
    return Letter(issue, _("Pemberitahuan kegagalan data pribadi"), parts)


def _happened(paper: BreachNotice) -> tuple[Part, ...]:
    """The three things the article has the notice say."""
    return (
        Say(_("Data pribadi yang terungkap"), bold=True, keep=True),
        Numbered(paper.leaked, indent=0.5),
        Gap(0.4),
        Say(_("Kapan dan bagaimana data terungkap"), bold=True, keep=True),
        Facts(
            (
                Fact(_("Kapan"), paper.when),
                Fact(_("Bagaimana"), paper.how),
                Fact(_("Kami ketahui"), _moment(paper.known)),
            ),
            indent=0.5,
        ),
        Gap(0.4),
        Say(_("Upaya penanganan dan pemulihan"), bold=True, keep=True),
        Numbered(paper.handling, indent=0.5),
    )
