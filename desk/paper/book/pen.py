"""The quick pen: a page's text and rules gathered as operators and handed to the canvas once.

Marks drawn one by one through the canvas take ten times as long. Characters become bytes of the embedded font by
`str.translate`, which asks for each of them once in a document; a cell that was encoded is not encoded again.
"""

import zlib
from collections.abc import Sequence
from typing import Any

from reportlab.lib.rl_accel import escapePDF
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFName, PDFStream
from reportlab.pdfbase.ttfonts import TTFont

from desk.paper.pdf import Pdf
from desk.paper.text import Face

LEADING = 1.2
"""Em from line to line."""
HAIR = 0.4
"""Points; the rules of a table."""


class Script(dict[int, str]):
    """One face in one size: characters to what stands for them between the brackets of a Tj operator."""

    def __init__(self, face: Face, size: float, document: Any) -> None:
        super().__init__()
        font = pdfmetrics.getFont(face.name)
        assert isinstance(font, TTFont)
        self._font, self._size, self._document = font, size, document
        self.begin = self._select(0)
        self.leading = LEADING * size
        self.cells = _Cells(self)

    def _select(self, subset: int) -> str:
        return f"{self._font.getSubsetInternalName(subset, self._document)} {self._size:g} Tf"

    def __missing__(self, code: int) -> str:
        subset, letter = self._font.splitString(chr(code), self._document)[0]
        shown = escapePDF(letter)
        if subset:
            # A font holds 256 characters; for one beyond them the next part of the font is taken up and put down.
            shown = f")Tj {self._select(subset)} ({shown})Tj {self.begin} ("
        self[code] = shown
        return shown


class _Cells(dict[tuple[str, ...], str]):
    """Lines to the operators that show them one under the other from where the text stands."""

    def __init__(self, script: Script) -> None:
        super().__init__()
        self._script = script

    def __missing__(self, lines: tuple[str, ...]) -> str:
        script = self._script
        shown = self[lines] = "T* ".join([f"({line.translate(script)})Tj " for line in lines])
        return shown


def across(x: float) -> str:
    """The beginning of what moves text to a place, as far as it is known for a whole column."""
    return f"1 0 0 1 {x:.1f} "


class Pen(Pdf):
    """A PDF whose pages are written operator by operator; places are in points from the upper left corner."""

    def __init__(self, title: str, author: str) -> None:
        """Begin an empty document."""
        super().__init__(title, author)
        self._scripts: dict[tuple[str, float], Script] = {}
        self._height = 0.0
        self._text: list[str] = []
        self._rules: list[str] = []

    def begin(self, width: float, height: float) -> None:
        """Take a new sheet."""
        self._canvas.setPageSize((width, height))
        self._height = height

    def end(self) -> None:
        """Put the sheet away, its operators compressed: a book keeps hundreds of sheets until it is finished."""
        code = f"{HAIR} w {' '.join(self._rules)} S BT {' '.join(self._text)} ET".encode("ascii")
        self._canvas.addLiteral("")
        self._canvas.showPage()
        # ReportLab keeps its pages to itself, as plain text until it saves them.
        page = self._canvas._doc.Pages.pages[-1]  # type: ignore[attr-defined]
        page.Contents = PDFStream(PDFDictionary({"Filter": PDFName("FlateDecode")}), zlib.compress(code), [])
        self._text, self._rules = [], []

    def script(self, face: Face, size: float) -> Script:
        """A face in a size."""
        key = face.name, size
        if key not in self._scripts:
            # ReportLab keeps a font's parts by document, and hands its document to nobody.
            self._scripts[key] = Script(face, size, self._canvas._doc)  # type: ignore[attr-defined]
        return self._scripts[key]

    def take(self, script: Script) -> None:
        """Write in this script from here on."""
        self._text.append(f"{script.begin} {script.leading:g} TL")

    def lines(self, script: Script, x: float, baseline: float, lines: tuple[str, ...]) -> None:
        """Lines one under the other."""
        self.take(script)
        self.row(script, (across(x),), baseline, (lines,))

    def row(self, script: Script, places: Sequence[str], baseline: float, cells: Sequence[tuple[str, ...]]) -> None:
        """Cells side by side in the script taken last, their first lines on one baseline."""
        y, known = f"{self._height - baseline:.1f} Tm ", script.cells
        self._text += [x + y + known[cell] for x, cell in zip(places, cells, strict=True) if cell]

    def rule(self, left: float, right: float, y: float) -> None:
        """A hair line from left to right."""
        y = self._height - y
        self._rules.append(f"{left:.1f} {y:.1f} m {right:.1f} {y:.1f} l")

    def down(self, x: float, top: float, bottom: float) -> None:
        """A hair line from top to bottom."""
        self._rules.append(f"{x:.1f} {self._height - top:.1f} m {x:.1f} {self._height - bottom:.1f} l")
