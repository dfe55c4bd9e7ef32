"""The reader of commands for both programs: usage, help and errors in Indonesian, not as Python has them."""

import argparse
import re
from collections.abc import Iterable
from gettext import gettext as _
from typing import Any, NoReturn

FAULTS = (
    (r"the following arguments are required: (.+)", _("belum diisi: {0}")),
    (r"unrecognized arguments: (.+)", _("tidak dikenal: {0}")),
    (r"argument (.+?): invalid choice: (\S+?),? .*\(choose from (.+)\)", _("{0}: {1} tidak ada; pilih dari {2}")),
    (r"argument (.+?): expected .+", _("{0} belum diikuti isinya")),
    (r"argument (.+?): invalid int value: (.+)", _("{0}: {1} bukan angka")),
    (r"argument (.+?): invalid year value: (.+)", _("{0}: {1} bukan tahun seperti 2026")),
    (r"argument (.+?): invalid fromisoformat value: (.+)", _("{0}: {1} bukan tanggal seperti 2026-11-22")),
    (r"argument (.+?): ignored explicit argument (.+)", _("{0} tidak memakai isi {1}")),
    (r"ambiguous option: (.+?) could match (.+)", _("{0} dapat berarti {1}")),
)
"""What Python says of a command that was typed wrong, and how it is said here."""


class MisusedError(Exception):
    """A command that cannot be run as it was typed; says why and where help is."""


class Formatter(argparse.HelpFormatter):
    """Help that begins in Indonesian."""

    def add_usage(self, usage: str | None, actions: Any, groups: Any, prefix: str | None = None) -> None:
        """The line that shows how a command is typed."""
        super().add_usage(usage, actions, groups, _("pemakaian: ") if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """Says what is wrong with a command the way every other error is said."""

    def __init__(self, **how: Any) -> None:
        """A parser that knows --help; the parsers of its commands are made of this kind too."""
        super().__init__(**how, formatter_class=Formatter, add_help=False)
        self._positionals.title, self._optionals.title = _("isian"), _("pilihan")
        self.add_argument("-h", "--help", action="help", help=_("tampilkan bantuan ini"))

    def error(self, message: str) -> NoReturn:
        """Leave the answering to `main`."""
        said = _("Perintah ini belum lengkap atau salah tulis ({what}). Lihat {program} --help.")
        raise MisusedError(said.format(what=in_words(message), program=self.prog))


def in_words(message: str, faults: Iterable[tuple[str, str]] = FAULTS) -> str:
    """A fault of a command in Indonesian; what this version of Python says anew is only called a fault."""
    for said, words in faults:
        if found := re.fullmatch(said, message, re.DOTALL):
            return words.format(*found.groups())
    return _("isinya tidak dapat dibaca")
