"""The zip gate counts what really comes out of an archive and believes nothing the archive says of itself."""

import io
import struct
import zipfile
import zlib
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk.exchange.gate import MOST_BYTES, MOST_ENTRIES, Refused, pack, unpack


def archive(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip file with these parts."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return packed.getvalue()


def reason(data: bytes) -> str:
    """Why the gate refuses these bytes."""
    with pytest.raises(Refused) as refusal:
        unpack(data)
    return refusal.value.reason


def with_claimed_size(data: bytes, claimed: int) -> bytes:
    """The same archive, its headers telling another unpacked size of every part."""
    changed = bytearray(data)
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = changed.find(signature)
        while at >= 0:
            struct.pack_into("<I", changed, at + offset, claimed)
            at = changed.find(signature, at + 1)
    return bytes(changed)


def test_text_parts_pass_and_pictures_stay_outside():
    parts = unpack(archive({"a/b.xml": b"<a/>", "c.rels": b"<r/>", "mimetype": b"x", "media/photo.png": b"\x89PNG"}))
    assert parts == {"a/b.xml": b"<a/>", "c.rels": b"<r/>", "mimetype": b"x"}


def test_what_passed_is_packed_anew_and_passes_again():
    parts = {"a.xml": b"<a>1</a>", "mimetype": b"x"}
    assert unpack(pack(parts).getvalue()) == parts


def test_a_bomb_is_stopped_while_it_inflates():
    data = archive({"xl/a.xml": b"<a>" + b" " * (MOST_BYTES + 1)})
    assert len(data) < 100_000
    assert reason(data) == "bomb"


def test_a_bomb_whose_headers_claim_ten_bytes_is_a_bomb_all_the_same():
    data = archive({"xl/a.xml": b"<a>" + b" " * (MOST_BYTES + 1)})
    assert reason(with_claimed_size(data, 10)) == "bomb"


def test_many_parts_count_together():
    part = b" " * (MOST_BYTES // 10 + 1)
    assert reason(archive({f"{number}.xml": part for number in range(10)})) == "bomb"


def test_a_small_part_whose_header_lies_is_damaged():
    assert reason(with_claimed_size(archive({"a.xml": b"<a>hundred bytes</a>"}), 5)) == "damaged"


def test_parts_that_share_the_same_bytes_are_counted_each_time():
    data = bytearray(archive({"a.xml": b" " * (MOST_BYTES // 4), "b.xml": b"<b/>"}))
    first = data.find(b"PK\x01\x02")
    end = data.rfind(b"PK\x05\x06")
    second = data.find(b"PK\x01\x02", first + 1)
    entry = bytes(data[first:second])
    many = b"".join(entry.replace(b"a.xml", f"{n}.xml".encode()) for n in range(6))
    directory_at = first
    tail = bytearray(data[end:])
    struct.pack_into("<HHII", tail, 8, 6, 6, len(many), directory_at)
    assert reason(bytes(data[:first]) + many + bytes(tail)) == "bomb"


def test_too_many_parts_are_refused():
    assert reason(archive({f"{n}.xml": b"" for n in range(MOST_ENTRIES + 1)})) == "entries"


def test_two_parts_of_one_name_are_refused():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr("a.xml", b"<a/>")
        with pytest.warns(UserWarning, match="Duplicate"):
            file.writestr("a.xml", b"<b/>")
    assert reason(packed.getvalue()) == "damaged"


@pytest.mark.parametrize(
    "content",
    [
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>',
        b"<!doctype a><a/>",
        b"\xef\xbb\xbf<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>",
        b"<a/><!  ENTITY x 'y'>",
    ],
)
def test_a_document_type_is_refused_in_any_part(content: bytes):
    assert reason(archive({"xl/workbook.xml": b"<a/>", "docProps/app.xml": content})) == "dtd"


@pytest.mark.parametrize(
    "content",
    ['<?xml version="1.0" encoding="UTF-16"?><a/>'.encode("utf-16"), b'<?xml version="1.0" encoding="UTF-7"?><a/>'],
)
def test_an_encoding_in_which_one_could_hide_is_refused(content: bytes):
    assert reason(archive({"a.xml": content})) == "encoding"


def test_a_locked_part_asks_for_its_password():
    data = bytearray(archive({"a.xml": b"<a/>"}))
    data[6] |= 1
    at = data.find(b"PK\x01\x02")
    data[at + 8] |= 1
    assert reason(bytes(data)) == "password"


def test_another_compression_is_not_opened():
    assert reason(archive({"a.xml": b"<a/>" * 100}, zipfile.ZIP_BZIP2)) == "damaged"


@given(st.data())
@settings(max_examples=300)
def test_no_damaged_archive_is_anything_but_refused_or_read(data: st.DataObject):
    whole = bytearray(archive({"a.xml": b"<a>" + zlib.crc32(b"x").to_bytes(4, "big").hex().encode() + b"</a>"}))
    for _turn in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(whole)))
    with suppress(Refused):
        parts = unpack(bytes(whole[cut:]) if data.draw(st.booleans()) else bytes(whole))
        assert all(isinstance(content, bytes) for content in parts.values())
