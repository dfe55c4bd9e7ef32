"""The district officer's command line speaks like the village's: Indonesian, one sentence for what was typed wrong."""

import re
import sys

import pytest
from district import run_kabupaten

from sync.server.cli import main

ENGLISH = re.compile(r"\b(usage|options?|positional|arguments?|show|this|help|message|exit|file|host|port|name)\b(?!-)")


@pytest.mark.parametrize("command", ["", "serve", "invite", "villages", "revoke"])
def test_its_help_is_indonesian_all_through(
    command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["meja-kabupaten", *filter(None, [command]), "--help"])
    with pytest.raises(SystemExit, match="0"):
        main()
    said = capsys.readouterr().out
    assert said.startswith("pemakaian: meja-kabupaten") and "tampilkan bantuan ini" in said
    assert ENGLISH.findall(re.sub(r"--\w[\w-]*", "", said)) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["undang"], "'undang' tidak ada; pilih dari"),
        (["invite"], "belum diisi: DESA"),
        (["serve", "--port", "x"], "--port: 'x' bukan angka"),
    ],
)
def test_what_was_typed_wrong_is_said_in_one_sentence(words: list[str], said: str) -> None:
    assert said in run_kabupaten(*words, status=2)["error"]
