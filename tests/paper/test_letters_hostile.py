"""Whatever is typed into a letter, it is printed: all of it, as text, on as many pages as it takes."""

import pypdfium2
import pytest

from desk.paper.letters.press import render
from desk.paper.letters.words import printable
from desk.paper.text import faces
from tests.paper.letters import LETTERS, spoilt
from tests.paper.pdfcheck import faults, text_of

FREE = frozenset({"details", "asked", "reason", "how", "case", "policy", "remark", "request_number"})
"""In each letter at least one of these is as long as a person can type."""

FILLED = [name for name in LETTERS if not name.endswith("-blank") and name != "payment"]
FORBIDDEN = {"off page", "dead edge", "overlap", "small"}

ODD = (
    "\u202ebalik\u202c \x00\x1b[31m <b>tebal</b> &amp; {name} %s "
    "\U0001f600 \ua9b1\ua9a5 \u0627\u0628 \ue000 \ud800 \ufe0f"
)


def whole(pdf: bytes) -> str:
    """All text in one line."""
    return " ".join(text_of(pdf).split())


def black(pdf: bytes) -> float:
    """The share of the first page that is nearly black."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        levels = document[0].render(scale=0.7, grayscale=True).to_pil().histogram()
    finally:
        document.close()
    return sum(levels[:64]) / sum(levels)


def wrong(pdf: bytes) -> list[object]:
    """Faults of place; odd words in the text are none here."""
    return [fault for fault in faults(pdf, floor=6.5) if fault.kind in FORBIDDEN]


@pytest.mark.parametrize("name", LETTERS)
def test_odd_characters_are_printed_or_named_and_never_a_box(name):
    pdf = render(spoilt(LETTERS[name], ODD), "A4")
    text = whole(pdf)
    assert wrong(pdf) == []
    assert black(pdf) < 0.1
    for piece in ("balik", "<b>tebal</b> &amp; {name} %s", "[gambar: grinning face]", "[aksara Jawa: U+A9B1 U+A9A5]"):
        assert piece in text
    assert not set(text) & set("\u202e\u202c\x00\x1b\ud800\ufe0f")


@pytest.mark.parametrize("name", FILLED)
def test_ten_thousand_letters_flow_on_and_none_is_lost(name):
    words = [f"kata{i}" for i in range(1240)]
    text = " ".join(words)
    assert len(text) > 9_900
    pdf = render(spoilt(LETTERS[name], text, only=FREE), "A4")
    assert wrong(pdf) == []
    printed = set(whole(pdf).split())
    assert set(words) <= printed


@pytest.mark.parametrize("name", LETTERS)
def test_every_field_may_be_a_word_longer_than_the_page_is_wide(name):
    pdf = render(spoilt(LETTERS[name], "W" * 250), "F4")
    assert wrong(pdf) == []


def test_one_word_of_ten_thousand_letters_is_cut_in_reasonable_time():
    pdf = render(spoilt(LETTERS["refusal"], "x" * 10_000, only=frozenset({"details"})), "A4")
    assert text_of(pdf).count("x") >= 10_000


@pytest.mark.parametrize("name", LETTERS)
def test_empty_fields_are_dashes(name):
    pdf = render(spoilt(LETTERS[name], ""), "A4")
    assert wrong(pdf) == []
    assert "None" not in whole(pdf)


def test_dates_and_articles_hold_together():
    face = faces().plain
    assert "23\u00a0November\u00a02026" in printable("tanggal 23 November 2026", face)
    assert "UU\u00a014/2008" in printable("menurut UU 14/2008", face)
    assert "huruf\u00a0h angka\u00a03" in printable("Pasal 17 huruf h angka 3", face)
    assert "ayat\u00a0(7)" in printable("ayat (7)", face)


def test_what_has_no_glyph_is_named_in_words():
    face = faces().plain
    assert printable("a\u4e2db", face) == "a [aksara Tionghoa: U+4E2D] b"
    assert printable("\ue000", face) == "[huruf: U+E000]"
    assert printable("ya\ufe0f", face) == "ya"
