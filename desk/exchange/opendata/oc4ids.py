"""Activities and their contracts as OC4IDS 0.9 (Open Contracting for Infrastructure Data Standards, project level).

Fields, code lists and what must be there are those of version 0.9.5 (standard.open-contracting.org/infrastructure).
An id is only known to the world where it begins with a prefix the standard's help desk has given out; without one the
ids say of themselves that they are not registered.
"""

import datetime as dt
import json
import re
import uuid
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from gettext import gettext as _
from typing import Any

from desk.chart import fund_code, fund_sources, title_of
from desk.dates import long_date, zone
from desk.exchange.opendata.codelists import sector_of, status_of, type_of
from desk.exchange.opendata.inert import clean
from desk.exchange.opendata.package import LICENCE
from desk.exchange.opendata.works import Asked, Work, Works
from desk.foi.life import OUTCOMES, STATES
from desk.foi.rules import TOPICS
from desk.projects.contracts import AddendumRow, ContractRow, PaymentRow
from desk.projects.rules import METHODS
from desk.projects.watch import DONE, in_force
from desk.village.rules import check_prefix

VERSION = "0.9"
UNREGISTERED = "belum-terdaftar"
"""Stands where a registered prefix would, and is plainly none."""


def project_package(told: Works, prefix: str = "") -> bytes:
    """The activities as one project package; the same data are the same bytes.

    Raises:
        DeskError: a prefix of another form.
    """
    writer = _Writer(told, check_prefix(prefix))
    return json.dumps(writer.package(), ensure_ascii=False, indent=2).encode() + b"\n"


class _Writer:
    """Tells one package; knows the village, the day, and how ids begin."""

    def __init__(self, told: Works, prefix: str) -> None:
        self._told = told
        self._ids = f"{prefix or UNREGISTERED}-{told.place.code}"
        self._zone = zone(told.place.code)
        self._village = {"id": told.place.code, "name": f"Pemerintah {told.place.place_name}"}

    def package(self) -> dict[str, Any]:
        """The package around the projects."""
        told = self._told
        name = f"meja-desa/{told.place.code}/{told.year}/{told.as_of.isoformat()}"
        office = f"{self._village['name']}, Kecamatan {told.place.district}, Kabupaten {told.place.regency}"
        return {
            "uri": uuid.uuid5(uuid.NAMESPACE_URL, name).urn,
            "publishedDate": self._day(told.as_of),
            "version": VERSION,
            "publisher": {"name": office},
            "license": LICENCE["path"],
            "projects": [_filled(self._project(work)) for work in told.works],
        }

    def _project(self, work: Work) -> dict[str, Any]:
        row, told = work.row, self._told
        return {
            "id": f"{self._ids}-{row.id.hex()}",
            "updated": self._day(told.as_of),
            "language": "id",
            "publicAuthority": self._village,
            "title": clean(row.name),
            "description": _described(work, told.place.note),
            "status": status_of(work, told.as_of),
            "type": type_of(row.name),
            "sector": [sector] if (sector := sector_of(row.activity)) else [],
            "additionalClassifications": _classified(row.activity),
            "period": self._period(row.starts, row.ends),
            "budget": self._budget(work),
            "locations": self._locations(work),
            "parties": self._parties(work),
            "forecasts": self._forecasts(work),
            "metrics": self._metrics(work),
            "milestones": self._milestones(work),
            "completion": {"endDate": self._day(finished)} if (finished := _finished(work)) else {},
            "contractingProcesses": [self._process(work, contract) for contract in work.contracts],
            "transactions": [self._payment(p, None) for p in work.payments if p.contract is None],
            "documents": [*self._approval(work), *(doc for asked in work.asked for doc in self._asked(asked))],
        }

    def _day(self, day: dt.date) -> str:
        return dt.datetime.combine(day, dt.time(), self._zone).isoformat()

    def _period(self, starts: dt.date | None, ends: dt.date | None) -> dict[str, Any]:
        return {"startDate": starts and self._day(starts), "endDate": ends and self._day(ends)}

    def _budget(self, work: Work) -> dict[str, Any]:
        row, approval = work.row, work.approval
        if row.cost is None:
            return {}
        funds = [(fund.source, fund.amount) for fund in row.funds] or [(row.fund_source, row.cost)]
        parts = [
            {"id": str(n), "description": _fund_name(source), "amount": _value(amount), "sourceParty": _fund(source)}
            for n, (source, amount) in enumerate(funds, 1)
            if source
        ]
        said = (
            _("Anggaran kegiatan dalam APBDes {year} yang ditetapkan dengan {by}.")
            if approval
            else _("Anggaran kegiatan {year} menurut catatan desa; belum ada di APBDes yang ditetapkan.")
        )
        return {
            "description": said.format(year=row.year, by=clean(approval.regulation) if approval else ""),
            "amount": _value(row.cost),
            "approvalDate": self._day(approval.day) if approval else None,
            "budgetBreakdowns": [{"id": "sumber-dana", "budgetBreakdown": parts}] if parts else [],
        }

    def _locations(self, work: Work) -> list[dict[str, Any]]:
        row, place = work.row, self._told.place
        geometry = (
            {"type": "Point", "coordinates": [row.point[1] / 1_000_000, row.point[0] / 1_000_000]} if row.point else {}
        )
        address = {
            "streetAddress": clean(row.place), "locality": f"{place.place_name}, Kecamatan {place.district}",
            "region": f"Kabupaten {place.regency}", "countryName": "Indonesia",
        }  # fmt: skip
        return [{"id": "1", "description": clean(row.place), "geometry": geometry, "address": address}]

    def _parties(self, work: Work) -> list[dict[str, Any]]:
        """Everyone with a part in it, once, with every role; a person who asked is none of them."""
        found: dict[str, dict[str, Any]] = {}

        def add(reference: Mapping[str, str], *roles: str) -> None:
            party = found.setdefault(reference["id"], {**reference, "roles": []})
            party["roles"] += [role for role in roles if role not in party["roles"]]

        add(self._village, "publicAuthority", "buyer")
        for source in [fund.source for fund in work.row.funds] or [work.row.fund_source]:
            if source:
                add(_fund(source), "funder")
        for contract in work.contracts:
            add(_partner(contract.partner), "supplier" if contract.method == "provider" else "procuringEntity")
        if work.row.own_executor:
            add(_partner(work.row.own_executor), "administrativeEntity")
        return list(found.values())

    def _forecasts(self, work: Work) -> list[dict[str, Any]]:
        seen = [self._observation(corner.day, corner.percent) for corner in work.corners]
        return [{"id": "physicalProgress", "title": _("Rencana kemajuan fisik"), "observations": seen}] if seen else []

    def _metrics(self, work: Work) -> list[dict[str, Any]]:
        """What was seen, and what was paid of the budget, day by day."""
        latest = {seen.day: seen.percent for seen in work.story}
        found = [self._observation(day, percent) for day, percent in latest.items()]
        made = [{"id": "physicalProgress", "title": _("Kemajuan fisik"), "observations": found}] if found else []
        paid, spent = Decimal(0), dict[dt.date, Decimal]()
        for payment in work.payments:
            paid += payment.amount
            spent[payment.day] = paid
        if spent:
            seen = [
                {"id": day.isoformat(), "period": {"endDate": self._day(day)}, "value": _value(amount)}
                for day, amount in spent.items()
            ]
            made.append({"id": "financialProgress", "title": _("Sudah dibayar"), "observations": seen})
        return made

    def _observation(self, day: dt.date, percent: int) -> dict[str, Any]:
        unit = {"name": "persen", "scheme": "UNCEFACT", "id": "P1"}
        return {"id": day.isoformat(), "period": {"endDate": self._day(day)}, "measure": percent, "unit": unit}

    def _milestones(self, work: Work) -> list[dict[str, Any]]:
        """The planned end, and whether it was kept."""
        if work.row.ends is None:
            return []
        finished, as_of = _finished(work), self._told.as_of
        status = "met" if finished else "notMet" if work.row.ends < as_of else "scheduled"
        return [
            {
                "id": "selesai", "title": _("Pekerjaan selesai"), "type": "delivery",
                "dueDate": self._day(work.row.ends), "dateMet": finished and self._day(finished),
                "dateModified": self._day(as_of), "status": status,
            }
        ]  # fmt: skip

    def _process(self, work: Work, contract: ContractRow) -> dict[str, Any]:
        """A provider's contract, or the decree under which a team of the village does the work itself."""
        partner, is_provider = _partner(contract.partner), contract.method == "provider"
        own = [p for p in work.payments if p.contract == contract.id]
        tender = {"procurementMethodDetails": METHODS[contract.method]}
        return {
            "id": f"{self._ids}-{contract.id.hex()}",
            "summary": {
                "externalReference": clean(contract.number),
                "title": f"{clean(work.row.name)}: {clean(contract.partner)}",
                "status": _process_status(contract, self._told.as_of),
                "tender": tender | {"procuringEntity": self._village if is_provider else partner},
                "suppliers": [partner] if is_provider else [],
                "contractValue": _value(contract.value),
                "contractPeriod": self._period(contract.starts, contract.ends),
                "modifications": list(self._modifications(contract)),
                "transactions": [self._payment(payment, partner) for payment in own],
                "documents": self._paper(contract),
            },
        }

    def _modifications(self, contract: ContractRow) -> Iterator[dict[str, Any]]:
        value, ends, before = contract.value, contract.ends, list[AddendumRow]()
        for change in contract.addenda:
            before.append(change)
            now, until = in_force(contract.value, contract.ends, before)
            told: dict[str, Any] = {
                "id": change.id.hex(), "date": self._day(change.day), "description": clean(change.number),
                "rationale": clean(change.reason), "type": "value" if now != value else "duration",
            }  # fmt: skip
            if now != value:
                told |= {"oldContractValue": _value(value), "newContractValue": _value(now)}
            if until != ends:
                told["oldContractPeriod"] = self._period(contract.starts, ends)
                told["newContractPeriod"] = self._period(contract.starts, until)
            yield told
            value, ends = now, until

    def _payment(self, payment: PaymentRow, payee: Mapping[str, str] | None) -> dict[str, Any]:
        return {
            "id": payment.id.hex(), "date": self._day(payment.day), "value": _value(payment.amount),
            "payer": self._village, "payee": payee,
        }  # fmt: skip

    def _paper(self, contract: ContractRow) -> list[dict[str, Any]]:
        if not contract.number:
            return []
        name = _("Surat perjanjian {number}") if contract.method == "provider" else _("Keputusan tim {number}")
        return [
            {
                "id": "1", "title": name.format(number=clean(contract.number)), "documentType": "contractSigned",
                "datePublished": contract.signed and self._day(contract.signed), "language": "id",
                "accessDetails": _("Dapat dilihat di meja informasi desa"),
            }
        ]  # fmt: skip

    def _approval(self, work: Work) -> list[dict[str, Any]]:
        approval = work.approval
        if approval is None:
            return []
        return [
            {
                "id": "apbdes", "documentType": "budgetApproval", "title": clean(approval.regulation),
                "datePublished": self._day(approval.day), "language": "id",
            }
        ]  # fmt: skip

    def _asked(self, asked: Asked) -> list[dict[str, Any]]:
        """A request as a document, and its answer as another: number, day, topic, state."""
        said = _("Terdaftar {day}. Pokok: {topic}. Keadaan per {as_of}: {state}.").format(
            day=long_date(asked.registered), topic=TOPICS.get(asked.topic, TOPICS["other"]),
            as_of=long_date(self._told.as_of), state=STATES[asked.state],
        )  # fmt: skip
        name = _("Permohonan informasi {number}").format(number=asked.label)
        papers = [
            {
                "id": f"permohonan-{asked.label}", "documentType": "informationRequest", "title": name,
                "description": said, "datePublished": self._day(asked.registered), "language": "id",
            }
        ]  # fmt: skip
        if asked.answered and asked.outcome in OUTCOMES:
            papers.append(
                {
                    "id": f"jawaban-{asked.label}", "documentType": "informationRequestResponse",
                    "title": _("Jawaban atas {name}").format(name=name),
                    "description": _("Dijawab {day}: {outcome}.").format(
                        day=long_date(asked.answered), outcome=OUTCOMES[asked.outcome]
                    ),
                    "datePublished": self._day(asked.answered), "language": "id",
                }
            )  # fmt: skip
        return papers


def _described(work: Work, note: str) -> str:
    row = work.row
    parts = [note, clean(row.amount_of_work)]
    parts.append(_("Penerima manfaat: {who}").format(who=clean(row.beneficiaries)) if row.beneficiaries else "")
    parts.append(_("Tidak dilaksanakan: {why}").format(why=clean(work.given_up)) if work.given_up else "")
    return ". ".join(part for part in parts if part)


def _classified(activity: str) -> list[dict[str, Any]]:
    if not activity:
        return []
    return [{"scheme": "ID-PERMENDAGRI-20-2018", "id": activity, "description": title_of("", activity)}]


def _finished(work: Work) -> dt.date | None:
    """The day it was first seen finished, where it still is."""
    if work.percent != DONE:
        return None
    return next(seen.day for seen in work.story if seen.percent == DONE)


def _process_status(contract: ContractRow, as_of: dt.date) -> str:
    if contract.signed is None and not contract.number:
        return "pre-award"
    return "closed" if contract.ends_now is not None and contract.ends_now < as_of else "active"


def _value(amount: Decimal | None) -> dict[str, Any]:
    """An amount as JSON has it: whole rupiah as a whole number; 13 digits and sen still fit a double exactly."""
    if amount is None:
        return {}
    return {"amount": int(amount) if amount == amount.to_integral_value() else float(amount), "currency": "IDR"}


def _fund_name(source: str) -> str:
    return fund_sources().get(fund_code(source), clean(source))


def _fund(source: str) -> dict[str, str]:
    return {"id": f"sumber-dana-{_slug(fund_code(source) or source)}", "name": _fund_name(source)}


def _partner(name: str) -> dict[str, str]:
    return {"id": f"pelaksana-{_slug(name)}", "name": clean(name)}


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-") or "lain"


def _filled(thing: Any) -> Any:
    """A thing without what is empty: the standard wants it left out."""
    if isinstance(thing, Mapping):
        told = {key: _filled(value) for key, value in thing.items()}
        return {key: value for key, value in told.items() if value not in (None, "", {}, [])}
    if isinstance(thing, Sequence) and not isinstance(thing, str):
        return [told for item in thing if (told := _filled(item)) not in (None, "", {}, [])]
    return thing
