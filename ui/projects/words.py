"""How an activity, its contracts and its money read on the screen."""

import datetime as dt
from decimal import Decimal
from gettext import gettext as _

from desk.dates import short_date, span
from desk.money import rupiah
from desk.projects.contracts import AddendumRow, ContractRow, PaymentRow
from desk.projects.queries import LineOf, ProjectDetail, ProjectRow
from desk.projects.rules import METHODS, point_text
from desk.projects.watch import steps_back


def state(row: ProjectRow, today: dt.date) -> tuple[str, str]:
    """How an activity stands: `late`, `done` or `quiet`, and in words."""
    lateness, is_over = row.lateness(today), row.excess is not None
    if lateness:
        late = _("kontrak lewat waktu") if lateness == "contract" else _("lewat jadwal")
        return "late", _("lewat jadwal, anggaran") if is_over else late
    if is_over:
        return "late", _("melebihi anggaran")
    if row.percent == 100:
        return "done", _("selesai")
    if row.percent is None:
        return "quiet", _("belum dicatat")
    return "quiet", _("belum mulai") if row.percent == 0 else _("berjalan")


def summary(rows: tuple[ProjectRow, ...]) -> str:
    """The list in one line: how many, how much, how many are done."""
    known = [row.cost for row in rows if row.cost is not None]
    done = sum(row.percent == 100 for row in rows)
    parts = [_("{n} kegiatan").format(n=len(rows))]
    if known:
        parts.append(rupiah(sum(known, Decimal(0))))
    if len(known) < len(rows):
        parts.append(_("{n} belum ada anggarannya").format(n=len(rows) - len(known)))
    if done:
        parts.append(_("{n} selesai").format(n=done))
    return " · ".join(parts)


def facts(row: ProjectRow) -> str:
    """What is known of an activity beside its money, one fact a line."""
    told = (
        (_("Lokasi"), row.place),
        (_("Titik"), point_text(row.point)),
        (_("Volume"), row.amount_of_work),
        (_("Penerima manfaat"), row.beneficiaries),
        (_("Pelaksana"), row.executor),
        (_("Penanggung jawab"), row.responsible),
        (_("Waktu"), span(row.starts, row.ends)),
    )
    return "\n".join(f"{name}: {value}" for name, value in told if value)


def source_words(row: ProjectRow) -> str:
    """Who pays, in the width of an amount: the first of several, and how many more."""
    if len(row.funds) < 2:
        return row.fund_source
    return _("{source} + {n} lagi").format(source=row.funds[0].source, n=len(row.funds) - 1)


def budget_words(row: ProjectRow) -> tuple[str, str]:
    """Budget and sources; and what is agreed, paid and left of it."""
    several = ", ".join(f"{fund.source} {rupiah(fund.amount)}" for fund in row.funds)
    sources = several or row.fund_source
    told = [sources] if sources else []
    if row.money.committed is not None:
        told.append(_("kontrak {sum}").format(sum=rupiah(row.money.committed)))
    if row.money.paid is not None:
        told.append(_("dibayar {sum}").format(sum=rupiah(row.money.paid)))
        if row.cost is not None and row.cost >= row.money.paid:
            told.append(_("sisa anggaran {sum}").format(sum=rupiah(row.cost - row.money.paid)))
    return _("Anggaran {cost}").format(cost=rupiah(row.cost)), " · ".join(told)


def warnings(detail: ProjectDetail) -> tuple[tuple[str, str], ...]:
    """What should be looked at: the state of a note, and its sentence."""
    row, told = detail.row, []
    if row.excess is not None:
        told.append(("late", _("Kontrak atau pembayaran melebihi anggaran {sum}.").format(sum=rupiah(row.excess))))
    for contract in detail.contracts:
        paid = sum(payment.amount for payment in detail.payments if payment.contract == contract.id)
        if contract.value_now is not None and paid > contract.value_now:
            said = _("Pembayaran untuk {partner} melebihi nilai kontraknya {sum}.")
            told.append(("late", said.format(partner=contract.partner, sum=rupiah(paid - contract.value_now))))
    if row.fund_gap:
        said = _("Jumlah sumber dana tidak sama dengan anggaran: selisihnya {sum}.")
        told.append(("late", said.format(sum=rupiah(abs(row.fund_gap)))))
    if row.pays_ahead:
        told.append(("soon", _("Bagian yang dibayar lebih besar daripada pekerjaan yang jadi. Periksa dulu.")))
    story = list(reversed(detail.story))
    for place in steps_back([seen.percent for seen in story]):
        said = _("Kemajuan turun dari {before} % menjadi {now} % pada {day}. Periksa apakah salah ketik.")
        before, seen = story[place - 1], story[place]
        told.append(("soon", said.format(before=before.percent, now=seen.percent, day=short_date(seen.day))))
    return tuple(told)


def contract_words(row: ContractRow) -> tuple[str, str]:
    """A contract as it stands after its addenda."""
    number = " ".join(part for part in (row.number, _("tanggal {day}").format(day=short_date(row.signed))
                                        if row.signed else "") if part)  # fmt: skip
    told = (METHODS[row.method], number, "" if row.value_now is None else rupiah(row.value_now),
            span(row.starts, row.ends_now))  # fmt: skip
    return row.partner, " · ".join(part for part in told if part)


def addendum_words(row: AddendumRow) -> tuple[str, str]:
    """What an addendum changes."""
    first = " ".join(part for part in (_("Addendum"), row.number, short_date(row.day)) if part)
    told = (
        "" if row.value is None else _("nilai menjadi {sum}").format(sum=rupiah(row.value)),
        "" if row.ends is None else _("selesai menjadi {day}").format(day=short_date(row.ends)),
        row.reason,
    )
    return first, " · ".join(part for part in told if part)


def payment_words(row: PaymentRow, contracts: tuple[ContractRow, ...]) -> tuple[str, str]:
    """A payment, and under which contract."""
    partner = next((contract.partner for contract in contracts if contract.id == row.contract), "")
    return f"{rupiah(row.amount)} · {short_date(row.day)}", " · ".join(part for part in (row.what, partner) if part)


def line_words(line: LineOf) -> tuple[str, str]:
    """A line of the budget, what it has and what was spent of it."""
    code = f"{line.ref.activity} / {line.ref.account}" if line.ref.account else line.ref.activity
    title = "" if line.title in (line.ref.activity, line.ref.account) else line.title
    if line.amount is None and line.realised is None:
        return f"{code} {title}".strip(), _("belum ada dalam APBDes tahun ini")
    told = _("APBDes {sum}").format(sum=rupiah(line.amount))
    if line.realised is not None:
        told += " · " + _("realisasi {sum}").format(sum=rupiah(line.realised))
    return f"{code} {title}".strip(), told
