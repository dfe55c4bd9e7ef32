"""A file is forced to the disk before it gets its name, and the name before anyone is told."""

import errno
import os
import resource
from pathlib import Path

import pytest

from desk.durable import hand_out, write_whole
from desk.store import DeskError


def test_content_then_name_then_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[str] = []
    fsync, replace = os.fsync, Path.replace

    def force(handle: int) -> None:
        order.append("force " + os.readlink(f"/proc/self/fd/{handle}").removeprefix(str(tmp_path)).split(".")[0])
        fsync(handle)

    def rename(part: Path, path: Path) -> Path:
        order.append("rename")
        assert part.read_bytes() == b"whole"
        return replace(part, path)

    monkeypatch.setattr(os, "fsync", force)
    monkeypatch.setattr(Path, "replace", rename)
    write_whole(tmp_path / "files" / "ab" / "abcd", b"whole")
    assert order == ["force ", "force /files", "force /files/ab/abcd", "rename", "force /files/ab"]


@pytest.mark.parametrize(
    ("number", "said"), [(errno.ENOSPC, "Disk penuh"), (errno.EIO, "Periksa disk"), (errno.EROFS, "hak tulis")]
)
def test_a_disk_that_refuses_at_the_last_moment_leaves_the_old_content(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, said: str
) -> None:
    path = tmp_path / "a"
    write_whole(path, b"old")

    def refuse(_handle: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(DeskError, match=said):
        write_whole(path, b"new")
    assert [(held.name, held.read_bytes()) for held in tmp_path.iterdir()] == [("a", b"old")]


def test_a_paper_that_cannot_be_written_leaves_the_one_that_lay_there(tmp_path: Path) -> None:
    paper = tmp_path / "register.pdf"
    hand_out(paper, b"old")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
    try:
        with pytest.raises(DeskError, match=r"disk penuh.*Pilih folder lain"):
            hand_out(paper, b"x" * 2000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert [file.read_bytes() for file in tmp_path.iterdir()] == [b"old"]
    with pytest.raises(DeskError, match="Pilih folder lain"):
        hand_out(tmp_path / "tidak ada" / "x.pdf", b"x")
