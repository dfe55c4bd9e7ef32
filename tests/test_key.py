"""The village key is kept by the clerk's account, comes back from paper, and is never replaced in silence."""

import os
import re
import stat
import subprocess
from dataclasses import replace

import pytest
import secretstorage
from hypothesis import example, given
from hypothesis import strategies as st

from desk import key, recovery
from desk.seal import KeyLost, Seal
from desk.store import DeskError

SEAL = Seal(bytes(range(100, 132)))
ROWS = recovery.code(SEAL.key)
TYPED = "\n".join(ROWS)
keys = st.binary(min_size=32, max_size=32)
letters = st.characters() | st.sampled_from(recovery.ALPHABET + recovery.ALPHABET.lower() + "OILoil -")


@pytest.fixture
def place(tmp_path):
    """The file store of an account."""
    return key.key_file(tmp_path / "akun" / "kunci")


class Shelf:
    """A store in memory, which may be locked."""

    def __init__(self, name="rak", locked=False):
        self.name, self.locked, self.held = name, locked, {}

    def keep(self, check, secret):
        self._ask()
        self.held[check] = secret

    def find(self, check):
        self._ask()
        return self.held.get(check)

    def _ask(self):
        if self.locked:
            raise key.StoreSilent(f"{self.name} terkunci.")


def test_a_new_key_is_kept_and_found_again(place):
    made = key.make([place])
    again = key.load(made.seal.check, [place])
    assert again == made
    assert again.kept_in == "berkas di folder pribadi akun ini"
    assert key.make([place]).seal != made.seal


def test_the_file_is_for_its_user_alone(place):
    key.keep(SEAL, [place])
    (file,) = place.folder.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(place.folder.stat().st_mode) == 0o700


def test_keys_of_two_villages_lie_side_by_side(place):
    first, second = key.make([place]), key.make([place])
    assert key.load(first.seal.check, [place]) == first
    assert key.load(second.seal.check, [place]) == second


def test_a_part_left_by_a_power_cut_is_in_nobodys_way(place):
    key.keep(SEAL, [place])
    (file,) = place.folder.iterdir()
    file.rename(file.with_suffix(".part"))
    assert place.find(SEAL.check) is None
    key.keep(SEAL, [place])
    assert [each.name for each in place.folder.iterdir()] == [file.name]


def test_a_locked_store_is_passed_over_and_the_next_one_keeps_the_key(place):
    locked = Shelf(locked=True)
    kept = key.keep(SEAL, [locked, place])
    assert kept.kept_in == place.name
    assert key.load(SEAL.check, [locked, place]) == kept


def test_a_store_that_does_not_give_back_what_it_took_is_not_trusted(place):
    forgetful = Shelf()
    forgetful.find = lambda check: None
    assert key.keep(SEAL, [forgetful, place]).kept_in == place.name


def test_where_no_store_takes_it_the_reasons_are_said():
    with pytest.raises(DeskError, match=r"gudang terkunci\. rak terkunci\. Periksa"):
        key.keep(SEAL, [Shelf("gudang", locked=True), Shelf(locked=True)])


def test_a_folder_that_refuses_is_a_store_that_is_silent(tmp_path):
    (tmp_path / "berkas").write_text("", encoding="utf-8")
    with pytest.raises(DeskError, match="tidak dapat dibuka atau ditulis"):
        key.make([key.key_file(tmp_path / "berkas")])
    with pytest.raises(KeyLost, match="tidak dapat dibuka"):
        key.load(SEAL.check, [key.key_file(tmp_path / "berkas")])


def test_a_lost_key_leads_to_the_sheet_and_names_it(place):
    with pytest.raises(KeyLost, match=rf"bertanda {recovery.mark(SEAL.check)} tidak ditemukan.*utuh: ketik kode"):
        key.load(SEAL.check, [place])
    assert not place.folder.exists()


def test_a_locked_store_is_named_where_the_key_may_be_in_it(place):
    with pytest.raises(KeyLost, match="rak terkunci"):
        key.load(SEAL.check, [Shelf(locked=True), place])


@pytest.mark.parametrize("text", ["", "bukan kunci", "00" * 31, "00" * 32, "ÿ"])
def test_a_file_with_something_else_in_it_is_a_lost_key(place, text):
    key.keep(SEAL, [place])
    next(place.folder.iterdir()).write_text(text, encoding="utf-8")
    with pytest.raises(KeyLost, match="bukan kunci data ini"):
        key.load(SEAL.check, [place])


def test_a_key_wrapped_by_the_system_lies_on_the_disk_only_wrapped(place):
    wrapped = replace(place, wrap=lambda data: data[::-1] + b"\r\n\n", unwrap=lambda data: data[:-3][::-1])
    key.keep(SEAL, [wrapped])
    assert SEAL.key.hex().encode() not in next(place.folder.iterdir()).read_bytes()
    assert key.load(SEAL.check, [wrapped]).seal == SEAL


def test_a_file_of_another_account_leads_to_the_sheet(place):
    def refuse(data):
        raise OSError(13, "Key not valid for use in specified state")

    key.keep(SEAL, [place])
    with pytest.raises(KeyLost, match=r"oleh akun ini .*Key not valid"):
        key.load(SEAL.check, [replace(place, unwrap=refuse)])


def test_a_key_put_back_from_its_sheet_is_kept(place):
    back = key.put_back(TYPED, SEAL.check, [place])
    assert back.seal == SEAL
    assert key.load(SEAL.check, [place]) == back


def test_the_sheet_of_another_key_is_refused_by_its_mark(place):
    other = Seal(bytes(32))
    with pytest.raises(
        KeyLost, match=rf"bertanda {recovery.mark(other.check)}.*Cari lembar bertanda {recovery.mark(SEAL.check)}"
    ):
        key.put_back("\n".join(recovery.code(other.key)), SEAL.check, [place])
    with pytest.raises(KeyLost, match="bertanda"):
        key.confirm("\n".join(recovery.code(other.key)), SEAL)
    key.confirm(TYPED, SEAL)
    assert not place.folder.exists()


@given(keys)
def test_every_key_comes_back_from_its_rows(secret):
    rows = recovery.code(secret)
    assert len(rows) == 8
    assert all(len(row) == 9 and set(row) <= {*recovery.ALPHABET, " "} for row in rows)
    assert recovery.read_code("\n".join(rows)) == secret


@given(keys, st.randoms(use_true_random=False))
def test_it_may_be_typed_as_people_type(secret, random):
    dress = {"0": "0Oo", "1": "1IiLl"}
    loose = [
        "".join(random.choice(dress.get(ch, ch + ch.lower())) + random.choice(["", " ", "-"]) for ch in row)
        for row in recovery.code(secret)
    ]
    numbered = [f"{random.choice(['', f'{i}. ', f' {i})'])}{row}" for i, row in enumerate(loose, 1)]
    assert recovery.read_code(random.choice(["\n", "\r\n", "\n\n"]).join(numbered)) == secret
    assert recovery.read_code(" ".join(loose)) == secret


def answer(typed):
    """The key, or the sentence why not."""
    try:
        return recovery.read_code(typed)
    except DeskError as error:
        return str(error)


@example(SEAL.key, 2, 4, "\n", "instead")
@example(SEAL.key, 2, 4, "\n", "more")
@given(keys, st.integers(0, 7), st.integers(0, 7), letters, st.sampled_from(["instead", "more", "less", "swap"]))
def test_any_single_mistake_is_found_and_its_row_named(secret, row, at, letter, mistake):
    rows = recovery.code(secret)
    plain = rows[row].replace(" ", "")
    wrong = {
        "instead": plain[:at] + letter + plain[at + 1 :],
        "more": plain[:at] + letter + plain[at:],
        "less": plain[:at] + plain[at + 1 :],
        "swap": plain[:at] + plain[at : at + 2][::-1] + plain[at + 2 :],
    }[mistake]
    typed = "\n".join((*rows[:row], wrong, *rows[row + 1 :]))
    said = answer(typed)
    assert said == secret or re.match(f"Baris {row + 1}[ :]", str(said))


def test_every_wrong_letter_and_every_exchange_in_a_row_is_found():
    plain = ROWS[3].replace(" ", "")
    wrong = {plain[:at] + letter + plain[at + 1 :] for at in range(8) for letter in recovery.ALPHABET} - {plain}
    for i in range(8):
        for j in range(i):
            letters = list(plain)
            letters[i], letters[j] = letters[j], letters[i]
            wrong.add("".join(letters))
    wrong.discard(plain)
    assert len(wrong) > 8 * 31
    for typed in wrong:
        with pytest.raises(DeskError, match="Baris 4 "):
            recovery.read_row(4, typed)


def test_rows_out_of_place_are_named():
    with pytest.raises(DeskError, match="Baris 2 berisi baris 3"):
        recovery.read_code("\n".join((ROWS[0], ROWS[2], ROWS[1], *ROWS[3:])))


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "Baris 1 belum diketik"),
        ("\n".join(ROWS[:7]), "Baris 8 belum diketik"),
        ("\n".join((*ROWS[:2], "", *ROWS[3:])), "Baris 3 belum diketik"),
        ("\n".join((*ROWS, ROWS[0])), "sesudah baris 8"),
        ("\n".join((ROWS[0][:-1], *ROWS[1:])), "Baris 1 berisi 7 huruf, seharusnya 8"),
        ("\n".join((*ROWS[:6], "U" + ROWS[6][1:], ROWS[7])), "Baris 7: “U” tidak dipakai"),
    ],
)
def test_what_is_missing_is_said(typed, says):
    with pytest.raises(DeskError, match=says):
        recovery.read_code(typed)


@given(st.text())
def test_no_text_at_all_breaks_the_reader(text):
    with pytest.raises(DeskError, match=r"[Bb]aris"):
        recovery.read_code(text)


def test_the_rows_of_a_known_key_stay_what_printed_sheets_say():
    assert recovery.code(bytes(range(32)))[:3] == ("0002 0G39", "420A 1G7K", "840J 2GBR")
    assert recovery.mark(Seal(bytes(range(32))).check) == "ZEWD"


@pytest.fixture
def no_bus(monkeypatch):
    """A PC without a desktop session."""
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)


def test_without_a_desktop_session_the_file_keeps_the_key(no_bus, tmp_path):
    kept = key.make(key.stores(tmp_path / "kunci"))
    assert kept.kept_in == "berkas di folder pribadi akun ini"
    assert key.load(kept.seal.check, key.stores(tmp_path / "kunci")) == kept


@pytest.mark.parametrize("address", ["", "bukan alamat", "unix:path=/tidak/ada"])
def test_a_dead_session_is_a_silent_store(monkeypatch, address):
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    with pytest.raises(key.StoreSilent, match="tidak menjawab"):
        key.SecretService().find(SEAL.check)


SESSION = (
    'printf rahasia | gnome-keyring-daemon --unlock --components=secrets > "$HOME/daemon"'
    ' && echo "$DBUS_SESSION_BUS_ADDRESS" && read -r until_the_test_ends'
)


@pytest.fixture
def secret_service(tmp_path, monkeypatch):
    """The store under test before a real GNOME Keyring, open as after log-in, on a session bus of its own."""
    home = tmp_path / "s"
    home.mkdir(mode=0o700)
    own = {**os.environ, "HOME": str(home), "XDG_DATA_HOME": str(home), "XDG_RUNTIME_DIR": str(home), "DISPLAY": ""}
    command = ["dbus-run-session", "--", "sh", "-c", SESSION]
    with subprocess.Popen(command, env=own, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as session:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", session.stdout.readline().strip())
        yield key.SecretService()
        session.stdin.close()


def test_the_desktop_keeps_the_key_where_it_can(secret_service, tmp_path):
    kept = key.make(key.stores(tmp_path / "kunci"))
    assert kept.kept_in == secret_service.name
    assert key.load(kept.seal.check, key.stores(tmp_path / "kunci")) == kept
    assert not (tmp_path / "kunci").exists()
    assert secret_service.find(bytes(8)) is None


def test_a_key_kept_twice_is_one_item(secret_service):
    for _ in range(2):
        secret_service.keep(SEAL.check, SEAL.key)
    with secretstorage.dbus_init() as line:
        (item,) = secretstorage.Collection(line).search_items({"check": SEAL.check.hex()})
        assert item.get_label() == f"Kunci desa {recovery.mark(SEAL.check)} (Meja Desa)"


def test_an_item_someone_changed_is_a_lost_key(secret_service):
    secret_service.keep(SEAL.check, bytes(32))
    with pytest.raises(KeyLost, match=r"gudang kunci desktop \(Secret Service\) bukan kunci data ini"):
        key.load(SEAL.check, [secret_service])


def test_a_locked_desktop_store_says_so_and_the_file_is_used(secret_service, place):
    secret_service.keep(SEAL.check, SEAL.key)
    with secretstorage.dbus_init() as line:
        secretstorage.Collection(line).lock()
    with pytest.raises(KeyLost, match="masih terkunci"):
        key.load(SEAL.check, [secret_service, place])
    assert key.keep(SEAL, [secret_service, place]).kept_in == place.name
