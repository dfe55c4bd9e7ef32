"""What a row of a village budget is, by its code and words: a part, a line with its place, or a printed total."""

import re
from functools import cache

from desk.chart import Entry, Path, Place, accounts, activities, is_known
from desk.exchange.headings import plain_words

_PARTS = {
    "pendapatan": "revenue", "pendapatan desa": "revenue",
    "belanja": "expenditure", "belanja desa": "expenditure",
    "pembiayaan": "financing", "pembiayaan desa": "financing",
}  # fmt: skip
_GROUP = re.compile(
    r"\[\s*\d+(?:\.\d+)*\.?\s*\]|\(\s*\d+(?:\.\d+)*\.?\s*\)|\d+(?:\.\d+)*(?:(?<=\.90)-99)?\.?", re.ASCII
)
_LEADING = re.compile(rf"\s*((?:(?:{_GROUP.pattern})[\s,;/-]*)+)(?=$|[^\w.,%]|[A-Za-z])", re.ASCII)
_COUNTER = re.compile(r"(?:[ivxIVX]{1,5}|[A-Za-z])[.)]?(?:\s+|$)|[-*•–]\s*")
_LETTERED = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "a": "1", "b": "2", "c": "3", "d": "4", "e": "5"}
_NUMBERED = re.compile(rf"(?:belanja )?(?:sub ?)?(?:bidang|kegiatan) (\d+(?: \d+)*|{'|'.join(_LETTERED)})", re.ASCII)
"""`bidang 2`, `sub bidang 2 1`, `bidang ii`, as totals name what they add up."""
_FIELD_WORDS = (
    ("5", ("bencana", "darurat", "mendesak")),
    ("4", ("pemberdayaan",)),
    ("3", ("pembinaan", "kemasyarakatan")),
    ("2", ("pembangunan",)),
    ("1", ("pemerintahan", "pemerintah")),
)


def split_code(code: str, title: str, *, has_codes: bool = True) -> tuple[str, str]:
    """Code and words of a row: `4. PENDAPATAN` in one cell becomes two; a code before the words is taken off them.

    In a table with a column of codes only a long code is taken off a title (`2.5 m3 pasir` is none).
    """
    found = _LEADING.match(code)
    printed, words = (found.group(1).strip(" ,;/-"), code[found.end() :]) if found else ("", code)
    if not found and (counter := _COUNTER.match(code)):
        printed, words = counter.group().strip(), code[counter.end() :]
    words = words.strip(" -–:")
    title = f"{words} {title}".strip() if words else title
    if not printed and (found := _LEADING.match(title)) and title[found.end() :].strip():
        groups = groups_of(found.group(1))[0]
        is_long = bool(groups) and len(groups[0]) > 1 and (groups[0][0] in {"4", "5", "6"} or len(groups[0]) > 2)
        if is_long or (not has_codes and groups and ("." in found.group(1) or groups[0][0].startswith("0"))):
            printed, title = found.group(1).strip(), title[found.end() :].strip(" -–:")
    return printed, title


def part_of(title: str) -> str:
    """`revenue`, `expenditure` or `financing` where the words head that part; "" otherwise."""
    return _PARTS.get(_bare(title), "")


def total_of(title: str) -> str | None:
    """What a printed total is the total of; the words after `jumlah` where they name a line; None for no total.

    Answers one of `rules.CHECKS`, the remaining words in lower case, or "" for a bare `Jumlah`.
    """
    words = _bare(title)
    if words.startswith(("surplus", "defisit")):
        return "surplus"
    if "pembiayaan net" in words or "pembiayaan bersih" in words or words.startswith("selisih pembiayaan"):
        return "financing"
    if words.startswith(("silpa", "sisa lebih", "sisa kurang")) and not _is_earlier(words):
        return "balance"
    found = re.match(r"(?:sub ?)?(?:jumlah|total|jml)\b ?", words)
    return None if found is None else _named_total(words[found.end() :])


def _named_total(rest: str) -> str:
    if _NUMBERED.fullmatch(rest):
        return rest
    named = {"penerimaan pembiayaan": "receipts", "pengeluaran pembiayaan": "payments", "penerimaan": "receipts"}
    rest = re.sub(r"^(?:(?:total|seluruh|keseluruhan) )+|(?: (?:[a-z]|[ivx]{1,4}|\d))+$", "", rest)
    rest = rest.removesuffix(" desa")
    return _PARTS.get(rest) or named.get(rest, rest)


def numbered_activity(name: str) -> Path:
    """The field, sub-field or activity a total names by its number: `bidang 2`, `sub bidang 2 1`; () where none."""
    if not (found := _NUMBERED.fullmatch(name)):
        return ()
    number = found.group(1)
    if number in _LETTERED:
        return (_LETTERED[number],)
    return _activity(tuple(number.split()))


def _is_earlier(words: str) -> bool:
    return "sebelum" in words or " lalu" in words


def field_of(title: str) -> str:
    """The field (bidang) a heading names, `1` to `5`; "" where it names none."""
    named = _bare(title)
    words = named.split() if "bidang" in named else []
    if "bidang" in words[:3] and not words[0].startswith("sub"):
        return next((number for number, marks in _FIELD_WORDS if set(marks) & set(words)), "")
    return _fields_by_name().get(named, _fields_by_name().get(f"{named} desa", ""))


def subfield_of(title: str, field: str) -> Path:
    """The sub-field of a field that a row without a code names; () where it names none."""
    named = re.sub(r"^sub ?bidang ", "", _bare(title))
    return _subfields_by_name().get((field, named), ())


@cache
def _subfields_by_name() -> dict[tuple[str, str], Path]:
    listed = [(code.split("."), entry) for code, entry in activities().items() if entry.level == 2]
    return {(path[0], plain_words(entry.name)): tuple(path) for path, entry in listed}


@cache
def _fields_by_name() -> dict[str, str]:
    return {plain_words(entry.name): code for code, entry in activities().items() if entry.level == 1}


def groups_of(code: str) -> tuple[list[Path], list[Path]]:
    """The number groups of a printed code: those in the open and those in brackets."""
    found = [g.strip() for g in _GROUP.findall(code)]
    cut = [(g[0] in "[(", tuple(g.strip("[]() ").rstrip(".").split("."))) for g in found]
    return [path for bracketed, path in cut if not bracketed], [path for bracketed, path in cut if bracketed]


def spending_place(open_groups: list[Path], bracketed: list[Path], title: str, current: Place) -> Place:
    """Activity and account of a row under BELANJA.

    `5.1` is both an account and a sub-field, so words and the row above decide where the shape does not.
    """
    if bracketed:
        activity, account = bracketed[0], open_groups[0] if open_groups else ()
        if account and not _looks_like_account(account, title, current):
            activity, account = account, activity
        return Place(_activity(activity), _account(account))
    if len(open_groups) > 1:
        first, second = open_groups[:2]
        if first[0] == "5" and second[0] != "5":
            first, second = second, first
        return Place(_activity(first), _account(second))
    path = open_groups[0]
    if len(path) > 4 and path[3] == "5" and path[0] in {"1", "2", "3", "4", "5", "01", "02", "03", "04", "05"}:
        return Place(_activity(path[:3]), _account(path[3:]))
    if len(path) == 7 and path[0] == "5":
        return Place(_activity(path[4:]), _account(path[:4]))
    if _looks_like_account(path, title, current):
        return Place((), _account(path))
    return Place(_activity(path), ())


def _looks_like_account(path: Path, title: str, current: Place) -> bool:
    if path[0] != "5":
        return path[0] == "6"
    if len(path) == 1:
        return not field_of(title)
    if len(path) == 3:
        return len(path[2]) == 1
    if len(path) > 3:
        return True
    code = ".".join(path)
    as_account, as_activity = (_likeness(title, table.get(code)) for table in (accounts(), activities()))
    if as_account != as_activity:
        return as_account > as_activity
    return current.activity[:1] != ("5",) or len(current.activity) == 3


def _likeness(title: str, entry: Entry | None) -> float:
    """Share of common words of a title and a name of the tables."""
    if entry is None:
        return 0.0
    mine = set(plain_words(title).split())
    named = [set(plain_words(text).split()) for text in (entry.name, entry.alias) if text]
    return max((len(mine & words) / len(mine | words) for words in named if mine | words), default=0.0)


def _activity(path: Path) -> Path:
    """Fields and sub-fields lose their padding, activities keep two digits, as in the annex."""
    return (*(number.lstrip("0") or "0" for number in path[:2]), *(number.zfill(2) for number in path[2:]))


def _account(path: Path) -> Path:
    return (*(number.lstrip("0") or "0" for number in path[:3]), *(number.zfill(2) for number in path[3:]))


def plain_place(path: Path) -> Place:
    """The place of a row of revenue or financing."""
    return Place((), _account(path))


def named_account(title: str, part: str) -> Path:
    """The account whose name a row without a code bears in a part; () where none does exactly."""
    first = {"revenue": "4", "expenditure": "5", "financing": "6"}.get(part, "")
    return _accounts_by_name().get((first, _bare(title)), ())


@cache
def _accounts_by_name() -> dict[tuple[str, str], Path]:
    named: dict[tuple[str, str], Path] = {}
    for code, entry in accounts().items():
        if 1 < entry.level < 4:
            for name in (entry.name, entry.alias):
                if name:
                    named.setdefault((code[0], plain_words(name)), tuple(code.split(".")))
    return named


def known_codes(place: Place) -> tuple[str, str, bool]:
    """Account and activity as the tables write them, and whether both stand there."""
    account, activity = ".".join(place.account), ".".join(place.activity)
    is_right = (not account or is_known(account, accounts())) and (not activity or is_known(activity, activities()))
    return account, activity, is_right


def _bare(title: str) -> str:
    """Words of a title without the number, letter or Roman numeral in front of it."""
    words = plain_words(title)
    return _NUMBERS.sub("", words) if " " in words else words


_NUMBERS = re.compile(r"^(?:(?:\d+|[ivx]{1,5}|[a-z]) )+(?=\w{2})")
