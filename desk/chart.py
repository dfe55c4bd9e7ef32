"""The codes of village finance: accounts, activities and fund sources (Permendagri 20/2018, annex), and their order."""

import csv
import functools
import re
from dataclasses import dataclass
from gettext import gettext as _

import resources
from desk.store import DeskError

ROOTS = {"4": "revenue", "5": "expenditure", "6": "financing"}
"""Accounts of the first level and the part of the budget each one heads."""
FIELDS = ("1", "2", "3", "4", "5")
"""The five fields (bidang) of expenditure."""
Path = tuple[str, ...]
"""A code cut at its dots: `("4", "2", "1", "01")`."""


@dataclass(frozen=True)
class Place:
    """Where a line of the budget stands: its activity and its account; both empty for the top of a part."""

    activity: Path = ()
    account: Path = ()

    @classmethod
    def of(cls, account: str, activity: str) -> "Place":
        """The place two codes say."""
        return cls(tuple(activity.split(".")) if activity else (), tuple(account.split(".")) if account else ())

    @property
    def depth(self) -> int:
        """Levels of both codes together."""
        return len(self.activity) + len(self.account)

    def is_above(self, other: "Place") -> bool:
        """Whether the other's codes begin with this one's."""
        return (
            self != other
            and other.activity[: len(self.activity)] == self.activity
            and other.account[: len(self.account)] == self.account
        )


@dataclass(frozen=True)
class Entry:
    """One code of the shipped tables with its names."""

    code: str
    name: str
    alias: str
    level: int
    parent: str
    is_range: bool
    """A block of codes the regency defines (90-99): no line can stand on the block itself."""

    @property
    def title(self) -> str:
        """The name villages know, as Siskeudes prints it."""
        return self.alias or self.name


@functools.cache
def accounts() -> dict[str, Entry]:
    """Accounts by code (Permendagri 20/2018, annex, and those added since)."""
    return _entries("accounts.csv")


@functools.cache
def activities() -> dict[str, Entry]:
    """Fields, sub-fields and activities by code (Permendagri 20/2018, annex, and those added since)."""
    return _entries("activities.csv")


def _entries(name: str) -> dict[str, Entry]:
    with resources.path(name).open(encoding="utf-8", newline="") as file:
        return {
            row["code"]: Entry(
                row["code"],
                row["name"],
                row.get("alt_name") or "",
                int(row["level"]),
                row["parent_code"],
                row["status"] == "range",
            )
            for row in csv.DictReader(file)
        }


@functools.cache
def fund_sources() -> dict[str, str]:
    """Fund sources by their short name."""
    return {row["code"]: row["name"] for row in _fund_rows()}


@functools.cache
def _fund_rows() -> tuple[dict[str, str], ...]:
    with resources.path("fund_sources.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def fund_code(said: str) -> str:
    """The short name of a fund source by any name villages use for it; what is in no table stays as it was said."""
    return _fund_names().get(" ".join(said.casefold().split()), said.strip())


@functools.cache
def _fund_names() -> dict[str, str]:
    names: dict[str, str] = {}
    for row in _fund_rows():
        account = accounts().get(row["revenue_account"])
        titles = (account.name, account.alias) if account else ()
        for name in (row["code"], row["name"], *row["common_abbrev"].split("/"), *titles):
            names.setdefault(name.casefold(), row["code"])
    names.pop("", None)
    return names


def fund_of_account(account: str) -> str:
    """The fund source whose revenue an account is (`4.2.1.01`: DDS); "" where it is none's."""
    sources = {row["revenue_account"]: row["code"] for row in _fund_rows()}
    while account and account not in sources:
        account = account.rpartition(".")[0]
    return sources.get(account, "")


def is_known(code: str, table: dict[str, Entry]) -> bool:
    """Whether a code stands in a table, in one of its 90-99 blocks, or below one that does (rincian of a regency)."""
    while True:
        head, _dot, last = code.rpartition(".")
        if code in table:
            return not table[code].is_range
        if f"{head}.90-99" in table and last.isdecimal() and len(last) == 2 and int(last) >= 90:
            return True
        if code.count(".") <= 3:
            return False
        code = head


_ACCOUNT = re.compile(r"[456](\.[1-9]){0,2}|[456](\.[1-9]){2}(\.\d{2}){1,2}", re.ASCII)
_ACTIVITY = re.compile(r"[1-5](\.\d)?|[1-5]\.\d\.\d{2}", re.ASCII)


def place_of(account: str, activity: str) -> str:
    """The section a manually entered line belongs to, by its codes.

    Args:
        account: `4.2.1`, `5.1.1.01`, `6.1`; "" where only the activity is given.
        activity: `1` (a field), `1.1`, `1.1.02`; "" for revenue and financing.

    Raises:
        DeskError: no such code, a 90-99 block itself, or codes that do not go together.
    """
    for code, table in ((account, accounts()), (activity, activities())):
        if code in table and table[code].is_range:
            raise DeskError(range_words(code))
    if account and not (_ACCOUNT.fullmatch(account) and is_known(account, accounts())):
        raise DeskError(_("Kode rekening {code} tidak ada di daftar. Pilih dari daftar.").format(code=account))
    if activity and not (_ACTIVITY.fullmatch(activity) and is_known(activity, activities())):
        raise DeskError(_("Kode kegiatan {code} tidak ada di daftar. Pilih dari daftar.").format(code=activity))
    if not account and not activity:
        raise DeskError(_("Pilih bidang, kegiatan, atau rekeningnya."))
    if account in ROOTS:
        raise DeskError(
            _("Jumlah {title} dihitung sendiri. Isi kelompok di bawahnya.").format(title=accounts()[account].title)
        )
    if activity and account and not account.startswith("5"):
        raise DeskError(_("Kegiatan hanya untuk belanja (rekening 5). Kosongkan kegiatannya."))
    if account.startswith("4"):
        return "revenue"
    if account.startswith("6"):
        return "payments" if account.startswith("6.2") else "receipts"
    return "expenditure"


def range_words(code: str) -> str:
    """Why nothing stands on a 90-99 block, and what to type instead."""
    return _("{code} ialah blok kode yang dirinci kabupaten. Ketik kode lengkapnya, misalnya {example}.").format(
        code=code, example=code.removesuffix("-99")
    )


def is_regional(code: str, table: dict[str, Entry]) -> bool:
    """Whether a code is one of those the regency defines in a 90-99 block, or stands below such a one."""
    return code not in table and is_known(code, table)


def title_of(account: str, activity: str) -> str:
    """The name a line gets when a person gives none: its account's, else its activity's."""
    entry = accounts().get(account) or activities().get(activity)
    return entry.title if entry else account or activity
