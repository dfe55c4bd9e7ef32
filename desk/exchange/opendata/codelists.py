"""How far, of what kind and in which sector an activity is, in the code lists of OC4IDS 0.9.5."""

import datetime as dt
import re
from collections.abc import Mapping
from types import MappingProxyType

from desk.exchange.opendata.works import Work
from desk.projects.watch import DONE

SECTORS: Mapping[str, str] = MappingProxyType(
    {
        "1": "governance", "2.1": "education", "2.2": "health", "2.3.01": "transport.road",
        "2.3.02": "transport.road", "2.3.03": "transport.road", "2.3.04": "transport.road",
        "2.3.05": "transport.road", "2.3.06": "governance", "2.3.08": "naturalResources",
        "2.3.10": "transport.road", "2.3.11": "transport.road", "2.3.12": "transport.road",
        "2.3.13": "transport.road", "2.3.14": "transport.road", "2.3.15": "governance",
        "2.3.17": "governance", "2.3.18": "governance", "2.3.19": "naturalResources", "2.4": "waterAndWaste",
        "2.4.01": "socialHousing", "2.4.09": "cultureSportsAndRecreation", "2.4.17": "cultureSportsAndRecreation",
        "2.5": "naturalResources", "2.6": "communications", "2.6.01": "transport.road", "2.6.04": "transport",
        "2.6.05": "transport", "2.7": "energy", "2.8": "cultureSportsAndRecreation",
        "3.1": "governance", "3.2": "cultureSportsAndRecreation", "3.3": "cultureSportsAndRecreation",
        "4.1": "economy", "4.2": "economy", "4.5": "economy", "4.7": "economy",
    }
)  # fmt: skip
"""Sub-fields and activities of Permendagri 20/2018 -> projectSector; the longest code that fits counts."""

TYPES = (
    ("decommissioning", r"pembongkaran|bongkar"),
    ("replacement", r"penggantian|ganti"),
    ("rehabilitation", r"rehab\w*|perbaikan|pemeliharaan|peningkatan|renovasi|normalisasi"),
    ("expansion", r"pelebaran|perluasan|lanjutan|perpanjangan"),
    ("construction", r"pembangunan|bangun|pembuatan|rabat|pengaspalan|pavingisasi|paving|pengecoran|pemasangan"),
)
"""projectType -> words of an activity's name that tell it; the first that fits counts."""


def status_of(work: Work, as_of: dt.date) -> str:
    """The projectStatus of an activity on a day: done, given up, at work, agreed or begun, or only planned."""
    if work.percent == DONE:
        return "completion"
    if work.given_up and not work.percent:
        return "cancelled"
    has_begun = work.row.starts is not None and work.row.starts <= as_of
    if work.percent or work.payments or any(contract.signed for contract in work.contracts) or has_begun:
        return "implementation"
    return "preparation" if work.row.cost is not None else "identification"


def type_of(name: str) -> str:
    """The projectType, by the words of an activity's name; "" where they do not tell."""
    return next((kind for kind, words in TYPES if re.search(rf"\b(?:{words})\b", name.casefold())), "")


def sector_of(activity: str) -> str:
    """The projectSector of an activity's code; "" where none fits."""
    fitting = [code for code in SECTORS if activity == code or activity.startswith(f"{code}.")]
    return SECTORS[max(fitting, key=len)] if fitting else ""
