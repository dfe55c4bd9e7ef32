"""What was typed and not saved is sealed on the disk, found again, and never in the way."""

import datetime as dt
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.desk import Desk
from desk.drafts import Draft, Drafts
from desk.seal import Seal
from desk.store import DeskError

FORM = {"name": "Siti Contoh", "identity_number": "3522155506900001", "sought": "RAB jalan\nKrajan 🙂"}


@pytest.fixture
def drafts(tmp_path: Path) -> Drafts:
    """The drafts of an empty folder."""
    return Drafts(tmp_path, Seal(bytes(32)))


def on_disk(folder: Path) -> list[Path]:
    """Every file under it."""
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_a_draft_is_there_again_with_its_name_and_its_moment(drafts: Drafts, tmp_path: Path, now: dt.datetime) -> None:
    drafts.save("foi.request", "a", FORM, now, name="Siti Contoh")
    again = Drafts(tmp_path, Seal(bytes(32)))
    assert again.found().drafts == (Draft("foi.request", "a", "Siti Contoh", now, FORM),)
    assert again.take("foi.request", "a") == again.found("foi.request").drafts[0]
    assert again.found("budget").drafts == ()
    assert again.take("foi.request", "b") is None


def test_nothing_of_a_draft_stands_in_clear_and_nothing_enters_the_log(
    desk: Desk, tmp_path: Path, now: dt.datetime
) -> None:
    before, version = (desk.folder / "desa.db").read_bytes(), desk.version()
    drafts = Drafts(desk.folder, Seal(bytes(32)))
    drafts.save("foi.request", FORM["identity_number"], FORM, now, name=FORM["name"])
    assert (desk.folder / "desa.db").read_bytes() == before and desk.version() == version
    for path in on_disk(tmp_path):
        held = path.read_bytes() + str(path).encode()
        assert not any(words.encode() in held for words in ("Siti", "Contoh", "3522155506900001", "Krajan"))


def test_the_newest_words_stand_in_place_of_the_older_ones(drafts: Drafts, tmp_path: Path, now: dt.datetime) -> None:
    for number in range(5):
        drafts.save("foi.request", "a", {"sought": "x" * number}, now + dt.timedelta(seconds=number))
    (draft,) = drafts.found().drafts
    assert draft.fields == {"sought": "xxxx"}
    assert len(on_disk(tmp_path)) == 1


def test_two_sittings_at_one_form_are_two_drafts_newest_first(drafts: Drafts, now: dt.datetime) -> None:
    wib, wita = now, (now + dt.timedelta(minutes=1)).astimezone(dt.timezone(dt.timedelta(hours=8)))
    for key, at in (("old", wib), ("new", wita)):
        drafts.save("foi.request", key, {}, at)
    assert [draft.key for draft in drafts.found().drafts] == ["new", "old"]


def test_a_discarded_draft_leaves_nothing_and_may_be_discarded_again(
    drafts: Drafts, tmp_path: Path, now: dt.datetime
) -> None:
    drafts.discard("foi.request", "a")
    drafts.save("foi.request", "a", FORM, now)
    for _ in range(2):
        drafts.discard("foi.request", "a")
    assert on_disk(tmp_path) == []


@given(st.dictionaries(st.text(), st.text(st.characters(exclude_categories=()))), st.text(), st.text())
def test_whatever_was_typed_comes_back_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, fields: dict[str, str], key: str, name: str
) -> None:
    drafts = Drafts(tmp_path_factory.mktemp("drafts"), Seal(bytes(32)))
    at = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)
    drafts.save("../form", key.encode(errors="replace").decode(), fields, at, name=name)
    (draft,) = drafts.found().drafts
    assert draft.fields == fields and draft.name == name


def damaged(whole: bytes, dice: random.Random) -> Iterator[bytes]:
    """What a bad sector or a hand may make of a file."""
    yield b""
    yield whole[: dice.randrange(len(whole))]
    yield bytes(len(whole))
    for _ in range(20):
        altered = bytearray(whole)
        altered[dice.randrange(len(whole))] ^= 1 << dice.randrange(8)
        yield bytes(altered)


def test_a_damaged_draft_is_put_aside_told_once_and_takes_no_other_along(
    drafts: Drafts, tmp_path: Path, now: dt.datetime
) -> None:
    drafts.save("foi.request", "whole", FORM, now)
    (whole,) = on_disk(tmp_path)
    drafts.save("foi.request", "bad", FORM, now)
    (bad,) = set(on_disk(tmp_path)) - {whole}
    for content in damaged(bad.read_bytes(), random.Random(2)):
        bad.write_bytes(content)
        with pytest.raises(DeskError, match=r"rusak|kunci"):
            drafts.take("foi.request", "bad")
        found = drafts.found()
        assert [draft.key for draft in found.drafts] == ["whole"]
        (sentence,) = found.troubles
        assert f"drafts/{bad.stem}.rusak" in sentence and "Isi lagi" in sentence
        assert bad.with_suffix(".rusak").read_bytes() == content
        assert drafts.found().troubles == ()


def test_a_draft_carried_to_another_place_is_not_taken_for_that_form(
    drafts: Drafts, tmp_path: Path, now: dt.datetime
) -> None:
    drafts.save("foi.request", "a", FORM, now)
    (mine,) = on_disk(tmp_path)
    drafts.save("foi.request", "b", {}, now)
    (other,) = set(on_disk(tmp_path)) - {mine}
    other.write_bytes(mine.read_bytes())
    assert [draft.key for draft in drafts.found().drafts] == ["a"]


def test_under_another_key_no_draft_is_put_aside(drafts: Drafts, tmp_path: Path, now: dt.datetime) -> None:
    for key in ("a", "b"):
        drafts.save("foi.request", key, FORM, now)
    found = Drafts(tmp_path, Seal(b"k" * 32)).found()
    assert found.drafts == () and len(found.troubles) == 1 and "lembar pemulihan" in found.troubles[0]
    assert len(drafts.found().drafts) == 2


def test_what_a_crash_left_half_written_is_removed_and_the_older_words_stay(
    drafts: Drafts, tmp_path: Path, now: dt.datetime
) -> None:
    drafts.save("foi.request", "a", FORM, now)
    (whole,) = on_disk(tmp_path)
    whole.with_name(f"{whole.name}.0a1b2c3d.part").write_bytes(whole.read_bytes()[:9])
    assert [draft.fields for draft in Drafts(tmp_path, Seal(bytes(32))).found().drafts] == [FORM]
    assert on_disk(tmp_path) == [whole]


def test_a_draft_without_a_zone_is_a_mistake_of_ours(drafts: Drafts) -> None:
    with pytest.raises(ValueError, match="zone"):
        drafts.save("foi.request", "a", {}, dt.datetime(2026, 11, 22))
