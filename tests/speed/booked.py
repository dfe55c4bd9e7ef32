"""Draws the register of two thousand requests once, in a process of its own, ours or the peer's way.

    python -m tests.speed.booked ours|peer ROWS [PEERS]

Prints seconds of computing from the records to the bytes, the peak of the process in MiB before and after, pages and
bytes.
"""

import datetime as dt
import importlib
import io
import random
import sys
import time
from collections.abc import Iterable
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import resources
from desk.dates import WIB
from desk.paper.book.contents import request_register, shown
from desk.paper.book.pen import LEADING
from desk.paper.book.records import Cover, RequestBook, RequestRow
from desk.paper.book.render import MARGIN, SIZES, render
from desk.paper.book.ruler import Ruler
from desk.paper.book.table import Rulers, Table
from desk.paper.book.widths import PAD, Grid
from desk.paper.records import VillageHead
from desk.paper.sheets import SHEETS
from desk.paper.text import faces

NAMES = ("Siti Aminah", "Bambang Sutrisno", "Nur Khasanah binti H. Ahmad Dahlan", "Yohanes Agus Prasetyo", "M. Rizki")
PLACES = ("Dusun Krajan RT 03/RW 01", "Dusun Kedungrejo RT 12/RW 04", "Dusun Sumber Wangi RT 01/RW 05")
SOUGHT = (
    "Salinan APBDes tahun berjalan dan penjabarannya",
    "RAB pembangunan jalan rabat beton Dusun Krajan beserta gambar teknis dan berita acara serah terima pekerjaan",
    "Daftar penerima BLT Dana Desa",
    "Peta batas desa dan daftar tanah kas desa yang disewakan, termasuk nilai sewa per bidang",
)
PURPOSES = ("Bahan musyawarah RT", "Ingin tahu penggunaan Dana Desa", "Penelitian skripsi tentang keuangan desa")


def book(rows: int) -> RequestBook:
    """A year of so many requests, the same ones every time; one in ten asks in words of its own."""
    dice = random.Random(11)
    village = VillageHead("Desa Contoh", "Sumberrejo", "Bojonegoro", "Jalan Raya Contoh Nomor 1", head_name="Sutrisno")
    year = dt.date(2026, 1, 1), dt.date(2026, 12, 31), dt.date(2026, 12, 31)
    cover = Cover(village, *year, dt.datetime(2027, 1, 4, 9, 15, tzinfo=WIB), "Sri Wahyuni")
    return RequestBook(cover, tuple(_row(dice, i, rows) for i in range(rows)))


def _row(dice: random.Random, i: int, rows: int) -> RequestRow:
    day = dt.date(2026, 1, 1) + dt.timedelta(days=i * 364 // rows)
    refused = i % 9 == 0
    return RequestRow(
        number=f"{i + 1:04d}/PI/A/2026",
        received=day,
        name=dice.choice(NAMES),
        address=dice.choice(PLACES),
        contact=f"0812-{dice.randint(1000, 9999)}-{dice.randint(1000, 9999)}",
        occupation=dice.choice(("Petani", "Wiraswasta", "Guru")),
        sought=dice.choice(SOUGHT) + (f", berkas nomor {i}" if i % 10 == 0 else ""),
        purpose=dice.choice(PURPOSES),
        held=i % 7 != 0,
        holder="Dinas PU Kabupaten" if i % 14 == 0 else "",
        soft=i % 2 == 0,
        hard=i % 3 == 0,
        view=i % 4 == 0,
        copy=i % 4 != 0,
        decision="Ditolak" if refused else "Dikabulkan",
        reason="Pasal 17 huruf h: memuat data pribadi warga" if refused else "",
        notified=day + dt.timedelta(days=9),
        handed=None if refused else day + dt.timedelta(days=11),
        fee=Decimal(dice.choice((0, 2500, 12000))),
        payment="tunai",
    )


def peer(made: RequestBook, folder: Path) -> tuple[float, bytes]:
    """The same twenty columns, texts, widths, faces and sheet drawn with the peer's two classes."""
    sys.path.insert(0, str(folder / "poster"))
    technique = importlib.import_module("rlfast")
    listing = request_register(made).listing
    height, width = SHEETS["A4"].points
    grid = Table(listing, width - 2 * MARGIN, SIZES, Rulers(Ruler(faces().plain), Ruler(faces().bold))).grid
    texts = [
        tuple(shown(c.kind, c.value(row)).replace("\u00a0", " ") for c in listing.columns)
        for row in listing.sections[0].rows
    ]
    began = time.process_time()
    drawn = _Peer(technique, grid, (width, height)).draw([column.title for column in listing.columns], texts)
    return time.process_time() - began, drawn


class _Peer:
    """The register of the peer's e_rl_canvas.py, its geometry taken from ours."""

    def __init__(self, technique: Any, grid: Grid, page: tuple[float, float]) -> None:
        fonts = Path(resources.path("fonts/IBMPlexSansCondensed-Regular.ttf")).parent
        self.plain = technique.F("Peer", str(fonts / "IBMPlexSansCondensed-Regular.ttf"))
        self.bold = technique.F("PeerBold", str(fonts / "IBMPlexSansCondensed-SemiBold.ttf"))
        self.out = io.BytesIO()
        self.canvas = technique.Canvas(self.out, pagesize=page, pageCompression=1)
        self.pen = technique.Pen(self.canvas)
        self.size, self.top, self.low = grid.size, page[1] - 70.0, 45.0
        self.xs = [MARGIN + edge for edge in grid.edges]
        self.rooms = [b - a - 2 * PAD for a, b in pairwise(self.xs)]

    def draw(self, titles: list[str], texts: list[tuple[str, ...]]) -> bytes:
        """All pages, the titles on each."""
        heading = self.wrapped(titles, self.bold)
        y = self.line(heading, self.top, self.bold)
        for row in texts:
            cells = self.wrapped(row, self.plain)
            if y - self.height(cells) < self.low:
                self.end(y)
                y = self.line(heading, self.top, self.bold)
            y = self.line(cells, y, self.plain)
        self.end(y)
        self.canvas.save()
        return self.out.getvalue()

    def wrapped(self, texts: Iterable[str], face: Any) -> list[list[str]]:
        """A row's cells as lines."""
        return [face.wrap(text, self.size, room) for text, room in zip(texts, self.rooms, strict=True)]

    def height(self, cells: list[list[str]]) -> float:
        """Points a row takes."""
        return max(map(len, cells)) * LEADING * self.size + 3

    def line(self, cells: list[list[str]], y: float, face: Any) -> float:
        """Draw a row and the rule under it; answers where the next one begins."""
        size, leading, text = self.size, LEADING * self.size, self.pen.text
        for x, cell in zip(self.xs, cells, strict=False):
            below = y - size
            for said in cell:
                text(x + PAD, below, said, face, size)
                below -= leading
        y -= self.height(cells)
        self.pen.lines.append(f"{MARGIN:.2f} {y:.2f} m {self.xs[-1]:.2f} {y:.2f} l")
        return y

    def end(self, y: float) -> None:
        """Close a page with the rules between its columns."""
        for x in self.xs:
            self.pen.lines.append(f"{x:.2f} {self.top:.2f} m {x:.2f} {y:.2f} l")
        self.pen.flush()
        self.canvas.showPage()


def peak() -> float:
    """The most memory this process ever had, MiB; Linux keeps it in the process's own status."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def main() -> None:
    """Draw once and say what it took."""
    made = book(int(sys.argv[2]))
    before = peak()
    if sys.argv[1] == "peer":
        seconds, pdf = peer(made, Path(sys.argv[3]))
    else:
        began = time.process_time()
        pdf = render(made, "A4")
        seconds = time.process_time() - began
    print(seconds, before, peak(), pdf.count(b"/Type /Page\n") or pdf.count(b"/Type /Page "), len(pdf))


if __name__ == "__main__":
    main()
