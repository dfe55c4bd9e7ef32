"""A photo on the notice board says what was built, never where the phone was, unless somebody wished it."""

import io
import struct
import warnings
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from desk.photodata import bare, has_place, is_turned, scans

GPS_TAG = bytes.fromhex("8825000400000001"), bytes.fromhex("2588040001000000")
"""The entry 0x8825 that leads to the place, one number of four bytes, as either byte order writes it."""
WORDS = b"Siti Contoh, kamera 35221555069"


def tags(**more: object) -> bytes:
    """Exif with a place in Bojonegoro and the words of a maker."""
    made = Image.Exif()
    made[0x8825] = {1: "S", 2: (7.0, 9.0, 0.72), 3: "E", 4: (111.0, 52.0, 54.12)}
    made[0x010E] = WORDS.decode()
    for name, value in more.items():
        made[int(name[1:], 16)] = value
    return made.tobytes()


def jpeg(size: tuple[int, int] = (60, 40), exif: bytes | None = None) -> bytes:
    """A photo as a phone makes it."""
    picture, held = Image.effect_noise(size, 60).convert("RGB"), io.BytesIO()
    picture.save(held, "JPEG", exif=tags() if exif is None else exif, comment=WORDS, quality=88)
    return held.getvalue()


def png() -> bytes:
    """A screenshot that tells as much."""
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", WORDS.decode())
    info.add_itxt("XML:com.adobe.xmp", "<exif:GPSLatitude>7,9.012S</exif:GPSLatitude>")
    held = io.BytesIO()
    Image.effect_noise((60, 40), 60).save(held, "PNG", pnginfo=info, exif=tags())
    return held.getvalue()


def pixels(content: bytes) -> bytes:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow remarks on damaged tags
        with Image.open(io.BytesIO(content)) as picture:
            return picture.convert("RGB").tobytes()


def test_what_the_phone_wrote_is_there_before_and_gone_after():
    photo = jpeg()
    assert has_place(photo) and any(tag in photo for tag in GPS_TAG) and WORDS in photo
    clean = bare(photo, "jpg")
    assert not has_place(clean) and not any(tag in clean for tag in GPS_TAG)
    assert b"Exif" not in clean and WORDS not in clean
    assert pixels(clean) == pixels(photo)


def test_a_png_keeps_its_pixels_and_nothing_else():
    shot = png()
    assert has_place(shot) and WORDS in shot and b"GPSLatitude" in shot
    clean = bare(shot, "png")
    assert not has_place(clean) and b"eXIf" not in clean and b"GPSLatitude" not in clean and WORDS not in clean
    assert pixels(clean) == pixels(shot)


def test_the_place_stays_where_it_is_wished_and_the_rest_still_goes():
    photo = jpeg()
    kept = bare(photo, "jpg", place_from=photo)
    assert has_place(kept) and WORDS not in kept and pixels(kept) == pixels(photo)
    with Image.open(io.BytesIO(kept)) as picture:
        held = picture.getexif().get_ifd(0x8825)
    assert [round(float(part), 2) for part in held[2]] == [7.0, 9.0, 0.72] and held[1] == "S"


def test_a_photo_without_a_place_gets_none_though_it_is_wished():
    photo = jpeg(exif=b"")
    assert not has_place(bare(photo, "jpg", place_from=photo))


@pytest.mark.parametrize("tail", [b"ftypmp42 film with +7.15-111.88/", WORDS])
def test_a_film_behind_the_last_byte_does_not_slip_through(tail):
    photo = jpeg()
    clean = bare(photo + tail, "jpg")
    assert tail not in clean and pixels(clean) == pixels(photo)


@given(st.sampled_from([0xE1, 0xE2, 0xE3, 0xEC, 0xED, 0xEF, 0xFE]), st.binary(min_size=1, max_size=200))
def test_no_segment_of_a_program_slips_through(mark, told):
    told = b"http://ns.adobe.com/xap/1.0/\x00GPSLatitude" + told
    photo = jpeg(exif=b"")
    segment = bytes((0xFF, mark)) + struct.pack(">H", len(told) + 2) + told
    clean = bare(photo[:2] + segment + photo[2:], "jpg")
    assert b"GPSLatitude" not in clean and pixels(clean) == pixels(photo)


def test_a_progressive_photo_of_many_scans_is_whole_afterwards():
    held = io.BytesIO()
    Image.effect_noise((200, 130), 80).convert("RGB").save(held, "JPEG", progressive=True, exif=tags())
    assert pixels(bare(held.getvalue(), "jpg")) == pixels(held.getvalue())


def test_the_colours_of_the_screen_stay():
    held = io.BytesIO()
    Image.effect_noise((60, 40), 60).convert("RGB").save(held, "JPEG", icc_profile=b"p" * 700, exif=tags())
    with Image.open(io.BytesIO(bare(held.getvalue(), "jpg"))) as picture:
        assert picture.info["icc_profile"] == b"p" * 700


def test_a_photo_that_was_held_sideways_says_so_only_before():
    assert is_turned(jpeg(exif=tags(x0112=6))) and not is_turned(jpeg())


@given(st.binary(max_size=60))
def test_damaged_tags_are_no_fault_of_the_picture(damage):
    photo = jpeg(exif=b"Exif\x00\x00MM\x00*" + damage)
    assert pixels(bare(photo, "jpg", place_from=photo)) == pixels(photo)
    has_place(photo)


def test_a_chunk_that_lies_about_itself_is_written_with_a_sum_that_fits():
    shot = png()
    clean = bare(shot, "png")
    at, sums = 8, []
    while at < len(clean):
        size = int.from_bytes(clean[at : at + 4])
        sums.append(zlib.crc32(clean[at + 4 : at + 8 + size]) == int.from_bytes(clean[at + 8 + size : at + 12 + size]))
        at += 12 + size
    assert len(sums) >= 3 and all(sums)


def flood(usual: bytes) -> bytes:
    """A progressive photo whose last scan comes ten thousand times more."""
    last = usual[usual.rindex(b"\xff\xda") : -2]
    return usual[:-2] + last * 10_000 + usual[-2:]


def progressive() -> bytes:
    """A photo as some phones write it, in several scans."""
    held = io.BytesIO()
    Image.effect_noise((200, 130), 80).convert("RGB").save(held, "JPEG", progressive=True, exif=tags())
    return held.getvalue()


def test_a_photo_that_is_drawn_over_ten_thousand_times_is_counted():
    usual = progressive()
    assert (scans(jpeg()), scans(flood(usual)) - scans(usual)) == (1, 10_000)
