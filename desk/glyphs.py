"""Which characters the papers can print; what nobody could print is asked to be written otherwise, in its field.

A receipt is promised the moment a number is given. So the form is asked before that, and not the printer after it.
"""

import csv
import functools
import unicodedata
from collections.abc import Mapping
from gettext import gettext as _
from types import MappingProxyType

import resources

SCRIPTS: Mapping[str, str] = MappingProxyType(
    {
        "ARABIC": "Arab", "BALINESE": "Bali", "BATAK": "Batak", "BUGINESE": "Bugis", "CJK": "Tionghoa",
        "HEBREW": "Ibrani", "JAVANESE": "Jawa", "MAKASAR": "Makassar", "REJANG": "Rejang", "SUNDANESE": "Sunda",
    }
)  # fmt: skip
"""The first word of a character's Unicode name, and how the script is called here."""

BROKEN = _("Ada huruf rusak di tempelan ini ({code}). Hapus huruf itu, lalu ketik sendiri bagian itu.")
"""Half of a character, as some programs copy it: it can be neither kept nor printed."""


@functools.cache
def known() -> frozenset[str]:
    """The characters every typeface of running text has (`resources/glyphs.csv`, read from the fonts)."""
    table = csv.DictReader(resources.path("glyphs.csv").read_text(encoding="ascii").splitlines())
    spans = (range(int(row["first"], 16), int(row["last"], 16) + 1) for row in table)
    return frozenset(chr(code) for span in spans for code in span)


def unprintable(text: str) -> str:
    """The first character of a text that no paper can print, "" where there is none.

    Spaces, control characters and invisible marks are not printed and do no harm: papers leave them out.
    """
    for ch in unicodedata.normalize("NFC", text).replace("\u2011", "-"):
        if ch not in known() and not ch.isspace() and unicodedata.category(ch) not in ("Cc", "Cf"):
            return ch
    return ""


def fault(text: str) -> str:
    """What is wrong with the characters of a text, naming the first that cannot stay; "" where nothing is."""
    ch = unprintable(text)
    if not ch:
        return ""
    code = f"U+{ord(ch):04X}"
    if unicodedata.category(ch) == "Cs":
        return BROKEN.format(code=code)
    return _("“{letter}” ({kind}, {code}) tidak dapat dicetak di surat. Hapus, atau tulis dengan huruf Latin.").format(
        letter=ch, kind=kind_of(ch), code=code
    )


def kind_of(ch: str) -> str:
    """What a character is, in a word or two: a picture, a letter of a script, a letter."""
    script = SCRIPTS.get(unicodedata.name(ch, "").split(" ", 1)[0].split("-", 1)[0])
    if script:
        return _("aksara {script}").format(script=script)
    return _("gambar") if unicodedata.category(ch) in ("So", "Sk") else _("huruf")
