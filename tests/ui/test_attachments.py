"""The files of a request: added, opened and taken off at the real page, sealed on the disk, harmless on the screen."""

import datetime as dt
import os
import struct
import threading
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDropEvent, QImage
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot
from reportlab.pdfgen.canvas import Canvas

from desk.attachments import Attached, attached
from desk.desk import Desk
from desk.files import LARGEST, Files
from desk.foi.commands import Register
from desk.foi.rules import RequestForm
from desk.projects.commands import PutProject
from desk.projects.rules import ProjectForm
from desk.vault import MakeKey, seal_of
from ui.foi.page import RequestsPage
from ui.parts import filing, photos
from ui.parts.attachments import AttachmentsPart
from ui.projects.page import ProjectsPage
from ui.rooms import sweep
from ui.work import Work

SECRET = b"3522155506900001 Siti Contoh"


@pytest.fixture
def work(desk: Desk) -> Iterator[Work]:
    """The threads of a window over the test's desk; no bug on any of them."""
    made, failures = Work(), []
    made.take(desk)
    made.failed.connect(failures.append)
    yield made
    made._desk = None
    made.close()
    assert failures == []


@pytest.fixture
def page(work: Work, desk: Desk, qtbot: QtBot, today: dt.date, now: dt.datetime) -> RequestsPage:
    """The page of requests with a request of today open, at the size a small window leaves it."""
    desk.do(MakeKey())
    form = RequestForm(today, today, "Siti Contoh", "RT 03", "RAB jalan", "ingin tahu", phone="0812-0000-0000")
    request = desk.do(Register(form)).value.id
    shown = RequestsPage(work, lambda: today, lambda: now, None)
    qtbot.addWidget(shown)
    shown.resize(848, 508)
    shown.show()
    shown.open(request)
    qtbot.waitUntil(lambda: shown.record.detail is not None)
    return shown


@pytest.fixture
def part(page: RequestsPage) -> AttachmentsPart:
    """The list of files on it."""
    return page.record.attachments


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    """A letter, its words readable in its bytes."""
    path = tmp_path / "Surat Siti Contoh.pdf"
    canvas = Canvas(str(path), pageCompression=0)
    canvas.drawString(100, 700, SECRET.decode())
    canvas.save()
    assert SECRET in path.read_bytes()
    return path


def photo(path: Path, width: int, height: int) -> Path:
    """A picture of a PC's camera."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("teal"))
    assert image.save(str(path))
    return path


def bomb(path: Path, width: int, height: int) -> Path:
    """A few bytes that say they are a huge picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(bytes(9))) + chunk(b"IEND", b""))
    return path


def put(part: AttachmentsPart, qtbot: QtBot, *paths: Path, what: str = "answer") -> None:
    """Choose files, say what they are, save."""
    before = len(part.rows)
    part.take(list(paths))
    qtbot.waitUntil(lambda: not part.asking.isHidden(), timeout=20_000)
    part.asking.what.setCurrentIndex(part.asking.what.findData(what))
    key(qtbot, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(part.rows) == before + len(paths))


def refusal(part: AttachmentsPart, qtbot: QtBot, path: Path) -> str:
    """What is said of a file that is not taken."""
    part.take([path])
    qtbot.waitUntil(lambda: bool(part.trouble.text()), timeout=20_000)
    assert part.asking.isHidden() and part.add.isEnabled() and part.rows == []
    return part.trouble.text()


def key(qtbot: QtBot, which: Qt.Key, how: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """A key where the keyboard is."""
    qtbot.keyClick(QApplication.focusWidget(), which, how)


def shown(page: RequestsPage, qtbot: QtBot) -> None:
    """Wait until a file is on the screen; each has a preview of its own."""
    qtbot.waitUntil(lambda: page.file.preview.view.hasFocus(), timeout=10_000)


def kept(desk: Desk, part: AttachmentsPart) -> list[Attached]:
    """What the database knows of the files."""
    return list(desk.ask(attached, "request", part._owner))


def content(desk: Desk, row: Attached) -> bytes:
    """A file as the desk reads it."""
    return Files(desk.folder, desk.ask(seal_of)).read(row)


def everything(folder: Path) -> bytes:
    """Every byte and every name below a folder."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return b"".join(str(path).encode() + path.read_bytes() for path in files)


def test_a_file_is_added_opened_and_taken_off_by_keys_alone(
    page: RequestsPage, part: AttachmentsPart, pdf: Path, desk: Desk, qtbot: QtBot
) -> None:
    part.take([pdf])
    qtbot.waitUntil(part.asking.what.hasFocus)
    assert part.asking.names.text() == "Surat Siti Contoh.pdf" and part.asking.what.currentData() == "letter"
    key(qtbot, Qt.Key.Key_Down)
    assert "tidak pernah dikirim" in part.asking.field._hint.text() and part.asking.what.currentData() == "identity"
    key(qtbot, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(part.rows) == 1)
    assert part.note.text() == "Tersimpan dan disegel." and part.add.hasFocus()
    part.rows[0].open.setFocus()
    key(qtbot, Qt.Key.Key_Space)
    shown(page, qtbot)
    assert page.pages.currentWidget() is page.file and page.file.heading.text() == pdf.name
    key(qtbot, Qt.Key.Key_Escape)
    assert page.pages.currentWidget() is page.main and part.rows[0].open.hasFocus()
    key(qtbot, Qt.Key.Key_Tab)
    key(qtbot, Qt.Key.Key_Space)
    assert part.leaving.reason.hasFocus() and pdf.name in part.leaving.words.text()
    key(qtbot, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: part.rows == [] and part.add.hasFocus())
    assert not part.none.isHidden() and kept(desk, part) == []
    (lying,) = (desk.folder / "files").glob("*/*")
    sweep(desk, dt.datetime.now(dt.UTC) + dt.timedelta(days=6))
    assert lying.exists()
    sweep(desk, dt.datetime.now(dt.UTC) + dt.timedelta(days=8))
    assert not lying.exists()


def test_neither_the_content_nor_the_name_lies_in_clear_anywhere(
    page: RequestsPage, part: AttachmentsPart, pdf: Path, desk: Desk, qtbot: QtBot, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    (tmp_path / "temp").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temp"))
    picture = photo(tmp_path / "KTP Siti.png", 300, 200)
    put(part, qtbot, pdf, picture, what="identity")
    whole = everything(desk.folder)
    for place in range(2):
        part.rows[place].open.click()
        shown(page, qtbot)
        qtbot.waitUntil(lambda: page.file.preview.view.drawn() is not None, timeout=10_000)
        page.file.leave()
    assert page.file._content == b""
    for after in (whole, everything(desk.folder), everything(tmp_path / "temp")):
        for word in (SECRET, b"3522155506900001", b"Siti", b"%PDF-", b"IHDR", picture.read_bytes()[:64]):
            assert word not in after, word
    assert whole and list((tmp_path / "temp").iterdir()) == []


def test_what_the_applicant_brought_is_masked_until_somebody_asks_and_that_is_written_down(
    page: RequestsPage, part: AttachmentsPart, pdf: Path, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    card = photo(tmp_path / "KTP Siti.jpg", 300, 200)
    put(part, qtbot, card, what="identity")
    put(part, qtbot, photo(tmp_path / "Peta.png", 90, 60))
    qtbot.waitUntil(lambda: part.rows[1].picture.pixmap().width() == 44)
    drawn = part.rows[0].picture.pixmap().toImage()
    assert part.rows[0].open.text() == "Salinan kartu identitas" and part.rows[1].open.text() == "Peta.png"
    assert drawn == part.rows[0].picture.pixmap().toImage() and drawn.width() == 24

    def looks() -> int:
        return int(desk.ask(lambda conn: conn.exec_driver_sql("SELECT count(*) FROM unmasking").scalar_one()))

    assert looks() == 0
    part.rows[0].open.click()
    shown(page, qtbot)
    assert looks() == 1
    page.file.leave()
    assert part.rows[0].open.text() == "KTP Siti.jpg"
    qtbot.waitUntil(lambda: part.rows[0].picture.pixmap().width() == 44)


def test_a_photo_of_6000_pixels_is_kept_with_1600(
    part: AttachmentsPart, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    put(part, qtbot, photo(tmp_path / "jalan.jpg", 6000, 4000), what="photo")
    (row,) = kept(desk, part)
    held = QImage.fromData(content(desk, row))
    assert (held.width(), held.height(), row.kind) == (1600, 1066, "jpg") and row.size < 200_000
    again = photos.reduced(content(desk, row), "jpg")
    assert not again.is_reduced and again.content == content(desk, row)


def test_the_clerk_is_told_that_a_picture_was_made_smaller(part: AttachmentsPart, qtbot: QtBot, tmp_path: Path) -> None:
    part.take([photo(tmp_path / "surat.png", 1700, 2400)])
    qtbot.waitUntil(part.asking.what.hasFocus, timeout=10_000)
    assert part.note.text() == "Gambar 1700 × 2400 piksel diperkecil menjadi 1133 × 1600."


@pytest.mark.parametrize(("width", "height"), [(60_000, 60_000), (8001, 8000), (2_000_000, 1), (2**31 - 1, 2**31 - 1)])
def test_a_flood_of_pixels_is_refused_before_it_is_unpacked(
    part: AttachmentsPart, desk: Desk, qtbot: QtBot, tmp_path: Path, width: int, height: int
) -> None:
    assert "Gambar ini" in refusal(part, qtbot, bomb(tmp_path / "kecil.png", width, height))
    assert not (desk.folder / "files").exists()


def test_what_cannot_be_kept_is_refused_with_a_sentence(part: AttachmentsPart, qtbot: QtBot, tmp_path: Path) -> None:
    for name, held, said in (
        ("a.pdf", b"MZ\x90\x00", "Yang diterima"),
        ("a.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF", "Gambar ini rusak"),
        ("a.txt", b"", "kosong"),
        ("b.pdf", b"%PDF-" + bytes(LARGEST), "lebih dari 20 MB"),
    ):
        (tmp_path / name).write_bytes(held)
        assert said in refusal(part, qtbot, tmp_path / name)
    assert "tidak ditemukan" in refusal(part, qtbot, tmp_path)
    part.take([tmp_path] * 21)
    assert "Paling banyak 20" in part.trouble.text()


def test_one_bad_file_keeps_no_other_back(part: AttachmentsPart, pdf: Path, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "virus.exe").write_bytes(b"MZ\x90\x00")
    part.take([tmp_path / "virus.exe", pdf])
    qtbot.waitUntil(part.asking.what.hasFocus)
    assert part.asking.names.text() == pdf.name and part.trouble.text().startswith("virus.exe: Jenis berkas ini")


def test_a_hostile_name_is_shown_harmless(
    part: AttachmentsPart, pdf: Path, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    name = "<b>rp\u202efdp.exe\n&amp" + "x" * 100
    hostile = tmp_path / f"{name}.pdf"
    hostile.write_bytes(pdf.read_bytes())
    put(part, qtbot, hostile)
    shown = part.rows[0].open
    assert "<" not in shown.text() + shown.toolTip() and "\u202e" not in shown.text() and "\n" not in shown.toolTip()
    assert "&&amp" in shown.text() and len(shown.text()) <= 38 and shown.toolTip().endswith(".pdf")
    assert not {os.sep, "\n"} & set(shown.toolTip())
    part.trouble.say("<b>tebal</b>")
    assert part.trouble.findChildren(QLabel)[1].textFormat() == Qt.TextFormat.PlainText


def test_files_are_dropped_and_pasted(
    part: AttachmentsPart, pdf: Path, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(pdf)), QUrl("https://contoh.desa.id/x.pdf")])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    part.dropEvent(QDropEvent(QPointF(5, 5), copy, data, left, none))
    qtbot.waitUntil(part.asking.what.hasFocus)
    part.asking.save.click()
    qtbot.waitUntil(lambda: len(part.rows) == 1)
    QApplication.clipboard().setImage(QImage(str(photo(tmp_path / "a.png", 40, 30))))
    qtbot.waitUntil(part.add.hasFocus)
    key(qtbot, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(part.asking.what.hasFocus)
    assert part.asking.names.text() == "tempelan.png"
    part.asking.cancel.click()
    assert part.asking.isHidden() and part.add.hasFocus()
    QApplication.clipboard().setText("bukan berkas")
    part.paste()
    assert "papan klip" in part.trouble.text()


def test_the_same_file_stands_once(part: AttachmentsPart, pdf: Path, desk: Desk, qtbot: QtBot) -> None:
    put(part, qtbot, pdf)
    part.take([pdf])
    qtbot.waitUntil(part.asking.what.hasFocus)
    part.asking.what.setCurrentIndex(part.asking.what.findData("answer"))
    part.asking.save.click()
    qtbot.waitUntil(lambda: part.note.text() == "Berkas ini sudah ada di sini.")
    assert len(kept(desk, part)) == 1


def test_what_is_not_shown_is_saved_as_a_copy_that_says_it_is_not_sealed(
    page: RequestsPage, part: AttachmentsPart, qtbot: QtBot, tmp_path: Path
) -> None:
    table = tmp_path / "daftar.csv"
    table.write_text("nama;jumlah\r\n", encoding="utf-8")
    put(part, qtbot, table)
    part.rows[0].open.click()
    qtbot.waitUntil(page.file.copy.hasFocus)
    assert "Berkas csv tidak ditampilkan" in page.file.preview.waiting_for
    assert "tidak disegel" in page.file.warning.text() and page.file.warning.isVisible()
    page.file.save_to(tmp_path / "salinan.csv")
    qtbot.waitUntil(lambda: "salinan.csv" in page.file.said.text())
    assert (tmp_path / "salinan.csv").read_bytes() == table.read_bytes()
    page.file.save_to(tmp_path / "tidak" / "ada.csv")
    qtbot.waitUntil(lambda: "Pilih folder lain" in page.file.said.text())


def test_a_damaged_pdf_and_a_missing_file_say_what_to_do(
    page: RequestsPage, part: AttachmentsPart, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "rusak.pdf").write_bytes(b"%PDF-1.7 rusak")
    put(part, qtbot, tmp_path / "rusak.pdf")
    part.rows[0].open.click()
    qtbot.waitUntil(lambda: "rusak atau memakai kata sandi" in page.file.preview.waiting_for)
    page.file.leave()
    next((desk.folder / "files").glob("*/*")).unlink()
    part.rows[0].open.click()
    qtbot.waitUntil(lambda: "Ambil dari cadangan" in page.file.preview.waiting_for)
    assert not page.file.copy.isEnabled()


def test_nothing_slow_is_done_in_the_windows_thread(
    page: RequestsPage, part: AttachmentsPart, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: set[str] = set()
    for place, name in ((filing, "chosen"), (photos, "reduced"), (photos, "thumbnail"), (photos, "sheet")):
        real = getattr(place, name)

        def watched(*args: object, real: object = real, name: str = name) -> object:
            seen.add(f"{name} {threading.current_thread() is threading.main_thread()}")
            return real(*args)  # type: ignore[operator]

        monkeypatch.setattr(place, name, watched)
    put(part, qtbot, photo(tmp_path / "a.png", 60, 40))
    part.rows[0].open.click()
    shown(page, qtbot)
    assert seen == {"chosen False", "reduced False", "thumbnail False", "sheet False"}


def test_another_request_has_none_of_these_files(
    page: RequestsPage, part: AttachmentsPart, pdf: Path, desk: Desk, qtbot: QtBot, today: dt.date
) -> None:
    put(part, qtbot, pdf)
    other = desk.do(
        Register(RequestForm(today, today, "Budi", "RT 01", "BLT", "tahu", phone="0812-0000-0001"))
    ).value.id
    part.take([pdf])
    qtbot.waitUntil(lambda: not part.asking.isHidden())
    page.open(other)
    qtbot.waitUntil(lambda: part._owner == other)
    assert part.rows == [] and part.asking.isHidden() and part.note.text() == ""


def test_an_activitys_papers_are_open_files_of_its_own_page(
    work: Work, desk: Desk, qtbot: QtBot, tmp_path: Path, today: dt.date
) -> None:
    desk.do(MakeKey())
    activity = desk.do(PutProject(ProjectForm(2026, "Rabat beton", place="RT 03"))).value
    page = ProjectsPage(work, lambda: today)
    qtbot.addWidget(page)
    page.resize(848, 508)
    page.show()
    page.open(activity)
    part = page.activities.view.papers
    qtbot.waitUntil(lambda: part._listed == ())
    put(part, qtbot, photo(tmp_path / "jalan.jpg", 2000, 1000), what="other")
    (row,) = desk.ask(attached, "project", activity)
    assert not row.is_sealed and QImage.fromData(content(desk, row)).width() == 1600
    assert not page.is_unsaved and part.note.text() == "Tersimpan."
    part.rows[0].open.click()
    qtbot.waitUntil(lambda: page.file.preview.view.hasFocus(), timeout=10_000)
    assert page.screens.currentWidget() is page.file and not page.file.warning.isVisible()
    key(qtbot, Qt.Key.Key_Escape)
    assert page.screens.currentIndex() == 0 and part.rows[0].open.hasFocus() and not page.activities.side.isHidden()
