"""What an old register says became of a request, in the words villages write it with."""

import re
from collections.abc import Mapping
from gettext import gettext as _
from types import MappingProxyType

from desk.dip.rules import LETTERS

OPEN = "open"
"""Nothing was decided yet."""

_RULES: tuple[tuple[str, str], ...] = (
    ("not_held", r"\b(tidak|belum|bukan)( (di|men)?guasai| (di)?kuasai| (ter)?didokumentasi\w*| ada| tersedia| memiliki"
                 r"| punya| kewenangan\w*| wewenang\w*| penguasaan)|\b(dirujuk|rujuk|dialihkan|dilimpahkan)\b"),
    ("withdrawn", r"\b(dicabut|mencabut|cabut|ditarik|menarik|mengundurkan|mundur|tidak jadi)\b|batal\w* oleh pemohon"
                  r"|pemohon (mem)?batal\w*"),
    ("lapsed", r"\b(gugur|ka?edaluwarsa|kadaluarsa)\b|\b(tidak|belum) (di)?lengkap\w*|tidak memenuhi syarat"),
    ("void", r"\b(batal|dibatalkan|salah (catat|tulis|input)|dobel|ganda)\b"),
    ("partly", r"\bsebagian\b"),
    ("refused", r"\b(di)?tolak\b|penolakan|menolak|dikecualikan|pengecualian|rahasia"
                r"|\btidak (dapat |bisa )?(di)?(beri\w*|kabul\w*|penuhi|setuju\w*|layani)"),
    (OPEN, r"\bbelum\b|proses|menunggu|pending|perpanjang|ditunda|terdaftar|\bbaru\b|dalam pengerjaan"),
    ("public", r"website|\bweb\b|sudah (tersedia|diumumkan|terbuka|dipublikasikan)|tersedia di"),
    ("granted", r"kabul|diberi|beri(kan)? seluruh|penuh|setuju|\bacc\b|diserahkan|layani|\bseluruhnya\b"),
    ("granted?", r"selesai|tuntas|diterima|dijawab|ditanggapi|ditindaklanjuti|\b(ok|oke|ya|v|done|sudah)\b"),
)  # fmt: skip
"""In their order. A question mark: the words say that it is over and not how, so whoever loads the file is told."""

EXAMPLES = _("dikabulkan, sebagian, ditolak, tidak dikuasai, dicabut, batal, atau proses")

_TICKS = re.compile(r"[√✓✔☑]")
_ARTICLE = re.compile(r"\b17\b\D{0,12}?\(?\b([a-j])\b|\bhuruf\s+([a-j])\b", re.IGNORECASE)

FORMS: Mapping[str, str] = MappingProxyType(
    {
        "soft": r"\bsoft|digital|elektronik|berkas komputer|file|pdf|flash",
        "hard": r"\bhard|cetak|kertas|foto ?kopi|fisik",
    }
)
ACCESSES: Mapping[str, str] = MappingProxyType(
    {"copy": r"salinan|copy|kopi|menyalin", "view": r"melihat|mengetahui|membaca|mencatat|mendengar"}
)


def decision_of(words: str) -> str | None:
    """What plain words decide: an outcome, an ending or `open`; None where nobody can tell.

    `granted?` is said of words that only say it is over, "" of none.
    """
    if not words:
        return ""
    return next((decision for decision, rule in _RULES if re.search(rule, words)), None)


def one_of(choices: Mapping[str, str], words: str) -> str:
    """The choice some plain words speak of; "" where they do not say."""
    return next((key for key, rule in choices.items() if re.search(rule, words)), "")


def is_ticked(text: str) -> bool:
    """Whether a narrow column is marked: anything but an empty, crossed out or denied cell."""
    return bool(_TICKS.search(text)) or text.strip().casefold() not in ("", "-", "–", "0", "tidak", "no", "false")


def grounds_in(reason: str) -> tuple[str, ...]:
    """Letters of article 17 a reason names: `Pasal 17 huruf h`, `17 (b)`."""
    named = {(first or second).lower() for first, second in _ARTICLE.findall(reason)}
    return tuple(letter for letter in LETTERS if letter in named)
