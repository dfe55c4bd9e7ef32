"""An old register from a spreadsheet: found, read, understood row by row; what window and command line share.

What people wrote in a cell is never repeated in a sentence about it: a name that slipped into another column would be
told to whoever reads the problems.
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from gettext import gettext as _
from itertools import chain
from pathlib import Path

from desk.budget.rules import Problem
from desk.desk import Desk
from desk.exchange import decisions
from desk.exchange.columns import Columns, find_columns
from desk.exchange.days import days_in
from desk.exchange.headings import is_column_numbers, plain_words
from desk.exchange.sheet import Cell, Sheet, Subject, read_workbook
from desk.foi.rules import FIELD_LENGTH
from desk.foi.takeover import OldRequest, TakeOver, TakeoverReport, at
from desk.money import parse
from desk.store import DeskError

EXAMPLE = _("No. Pendaftaran, Tanggal, Nama, Alamat, Informasi yang diminta, Keputusan")

REGISTER = Subject(_("register"), "012/PPID/2023;14-03-2023;Siti Contoh;RAB jalan")

LONGEST_NUMBER = 60
"""Letters of a printed number."""

_NOTHING = ("-", "--", "---", "–", "—", ".", "..", "nihil", "n/a", "#")
_FAULTY = re.compile(r"#(REF|N/A|VALUE|NAME|DIV|NUM|NULL)", re.IGNORECASE)
_FEWEST = 4
"""Filled cells from which a row without number and date is a request somebody forgot to number, and no signature."""


@dataclass(frozen=True)
class RegisterFile:
    """A register that was read and understood: what the preview shows and taking over writes."""

    name: str
    entries: tuple[OldRequest, ...]
    problems: tuple[Problem, ...]
    columns: tuple[tuple[str, str], ...]
    """Each heading's words and its role, "" where the column is left out."""

    @property
    def left_out(self) -> tuple[str, ...]:
        """Headings of columns that are not taken over."""
        return tuple(heading for heading, role in self.columns if not role)


class _Unreadable(Exception):  # noqa: N818 (it keeps one row out, and the next one is read)
    """Why one row cannot be understood, as the rest of a sentence."""


def import_requests(
    desk: Desk, path: Path, by: str = "Petugas", *, starts: int | None = None, dry_run: bool = False
) -> TakeoverReport:
    """Read an old register and take it over; a dry run says what would happen and changes nothing.

    Raises:
        DeskError: not a register, or the new numbers cannot begin where they should; nothing was changed.
    """
    file = read_register(path)
    command = TakeOver(file.entries, file.problems, starts)
    return (desk.rehearse if dry_run else desk.do)(command, by).value


def read_register(path: Path) -> RegisterFile:
    """What a file says of old requests, outside any transaction.

    Raises:
        DeskError: not a spreadsheet, no register in it, or no row below its heading.
    """
    book = read_workbook(path, REGISTER)
    found = [(sheet, columns) for sheet in book.sheets if (columns := find_columns(sheet)) is not None]
    if not found:
        raise DeskError(
            _(
                "Judul kolom register tidak ditemukan di {name}. Beri judul kolom seperti {example}, lalu muat lagi."
            ).format(name=book.name, example=EXAMPLE)
        )
    readers = [_Reader(sheet, columns, sheet.name if len(found) > 1 else "") for sheet, columns in found]
    entries = tuple(chain.from_iterable(reader.read() for reader in readers))
    problems = [problem for reader in readers for problem in reader.problems]
    if not entries and not problems:
        raise DeskError(
            _("Tidak ada permohonan di bawah judul kolom {name}. Periksa berkasnya.").format(name=book.name)
        )
    used = tuple(dict.fromkeys(pair for _sheet, known in found for pair in known.used))
    file = RegisterFile(book.name, entries, (), used)
    return replace(file, problems=(*_about_columns(file), *problems))


def _about_columns(file: RegisterFile) -> Iterator[Problem]:
    """What is said of the file as a whole."""
    if file.left_out:
        names = ", ".join(f"“{heading}”" for heading in file.left_out)
        told = _("Kolom yang tidak diambil: {names}. Isinya tetap ada di register lama.")
        yield Problem(None, told.format(names=names))
    if not {"decision", "status"} & {role for _heading, role in file.columns}:
        told = _("Tidak ada kolom keputusan. Permohonan yang tidak jelas akhirnya tetap terbuka di sini.")
        yield Problem(None, told)


class _Reader:
    """One pass over the rows of one sheet."""

    def __init__(self, sheet: Sheet, columns: Columns, name: str) -> None:
        self._sheet, self._columns, self._name = sheet, columns, name
        self._row: Sequence[Cell] = ()
        self._number = 0
        self._noted: dict[str, list[int]] = {}
        """Remarks that keep no row out, and the rows they are about: thousands of rows may share one."""
        self.problems: list[Problem] = []

    def read(self) -> Iterator[OldRequest]:
        """Every request of the sheet; rows that are none are passed over, rows that cannot be read are told."""
        for number, row in enumerate(self._sheet.rows[self._columns.last + 1 :], self._columns.last + 2):
            self._row, self._number = row, number
            if self._is_furniture():
                continue
            try:
                yield self._entry()
            except _Unreadable as reason:
                where = at(number, self._name)
                self.problems.append(Problem(number, where + str(reason), blocks=True))
        for sentence, rows in self._noted.items():
            more = _("(dan {n} baris lain) ").format(n=len(rows) - 1) if rows[1:] else ""
            self.problems.append(Problem(rows[0], at(rows[0], self._name) + more + sentence))

    def _is_furniture(self) -> bool:
        """Blank rows, headings on a later page, column numbers, month titles, and signatures at the end."""
        filled = [cell for cell in self._row if cell.value is not None or cell.formula]
        words = {plain_words(cell.value) for cell in filled}
        if len(filled) < 2 or is_column_numbers(self._row) or len(words & self._columns.words) > len(words) / 2:
            return True
        has_number = bool(self._text("number"))
        has_day = any(days_in(self._value(role)) for role in ("received", "registered"))
        return not has_number and not has_day and len(filled) < _FEWEST

    def _entry(self) -> OldRequest:
        self._check_cells()
        label = self._label()
        received = self._day("received") or self._day("registered")
        if received is None:
            raise _Unreadable(_("tanggalnya kosong. Isi seperti 22-11-2023, simpan, lalu muat lagi."))
        decided, handed = self._answer_days()
        reason = self._text("reason")
        decision, elsewhere = self._decision(reason, handed)
        soft, hard = self._ticked("soft"), self._ticked("hard")
        form = "soft" if soft and not hard else "hard" if hard and not soft else ""
        access = "copy" if self._ticked("copy") else "view" if self._ticked("view") else ""
        return OldRequest(
            row=self._number,
            sheet=self._name,
            label=label,
            received=received,
            registered=self._day("registered") or received,
            sought=self._text("sought"),
            purpose=self._text("purpose"),
            identity=self._identity(),
            decision=decision,
            decided=decided,
            handed=handed,
            grounds=decisions.grounds_in(reason) if decision in ("refused", "partly") else (),
            reason=reason,
            elsewhere=elsewhere,
            form=form or decisions.one_of(decisions.FORMS, plain_words(self._text("form"))),
            access=access or decisions.one_of(decisions.ACCESSES, plain_words(self._text("access"))),
            fee=self._fee(),
        )

    def _check_cells(self) -> None:
        for role, column in self._columns.roles.items():
            cell = self._row[column] if column < len(self._row) else Cell()
            if cell.formula and cell.value is None:
                raise _Unreadable(_("ada rumus yang belum dihitung. Buka dan simpan lagi di Excel, lalu muat lagi."))
            if isinstance(cell.value, str) and _FAULTY.match(cell.value):
                raise _Unreadable(_("ada rumus yang galat. Perbaiki selnya, simpan, lalu muat lagi."))
            if len(self._text(role)) > FIELD_LENGTH:
                said = _("ada isi yang lebih dari {most} huruf. Pendekkan, simpan, lalu muat lagi.")
                raise _Unreadable(said.format(most=FIELD_LENGTH))

    def _label(self) -> str:
        if isinstance(self._value("number"), dt.date):
            raise _Unreadable(_("nomornya berubah menjadi tanggal. Jadikan sel itu teks dan tulis lagi nomornya."))
        label = " ".join(self._text("number").split())
        if not label:
            raise _Unreadable(_("nomornya kosong. Tulis nomor seperti di buku register, lalu muat lagi."))
        if len(label) > LONGEST_NUMBER or re.search(r"\d{10,}", label) or not re.search(r"\d", label):
            raise _Unreadable(_("kolom nomornya tidak berisi nomor pendaftaran. Perbaiki di berkas, lalu muat lagi."))
        return label

    def _day(self, role: str) -> dt.date | None:
        """The date of a column; None where the cell is empty."""
        if not self._text(role):
            return None
        days = days_in(self._value(role))
        if not days:
            raise _Unreadable(_("tanggalnya tidak terbaca. Tulis seperti 22-11-2023, simpan, lalu muat lagi."))
        return days[0]

    def _answer_days(self) -> tuple[dt.date | None, dt.date | None]:
        """When it was answered and when it was handed over; one column may hold both."""
        decided, handed = self._day("notified"), self._day("handed")
        both = days_in(self._value("notified"))
        return decided, handed or (both[1] if len(both) > 1 else None)

    def _decision(self, reason: str, handed: dt.date | None) -> tuple[str, str]:
        """What was decided, and who holds what the desk does not."""
        said = [plain_words(self._text(role)) for role in ("decision", "status")]
        found = [decisions.decision_of(words) for words in said if words]
        if None in found and not [one for one in found if one]:
            told = _("keputusannya tidak dikenal. Tulis {examples}, simpan, lalu muat lagi.")
            raise _Unreadable(told.format(examples=decisions.EXAMPLES))
        decision = next((one for one in found if one), "")
        held, holder = self._held()
        if decision in ("", decisions.OPEN):
            if not held and (reason or not decision):
                decision = "not_held"
            elif handed:
                decision = "granted"
            elif reason:
                decision = "refused"
        if decision == "granted?":
            decision = "not_held" if not held else "refused" if reason else "granted"
            self._note(_("keputusannya hanya tertulis selesai; dicatat sebagai {decision}.").format(
                decision=_READ_AS[decision]
            ))  # fmt: skip
        return "" if decision == decisions.OPEN else decision, holder if decision == "not_held" else ""

    def _held(self) -> tuple[bool, str]:
        """Whether the desk has it, as far as the register says otherwise; and who has it instead."""
        denied = self._text("held_no")
        if "held_no" in self._columns.roles and decisions.is_ticked(denied):
            return False, denied if len(denied) > 3 else ""
        return not re.match(r"(tidak|bukan|belum)\b", plain_words(self._text("held"))), ""

    def _identity(self) -> Mapping[str, str]:
        """Who asked; nothing of it has to be there."""
        known = {role: self._text(role) for role in ("name", "address", "occupation", "email", "identity_number")}
        if both := self._text("name_address"):
            known["name"], _mark, known["address"] = _parted(both)
        known["name"] = " ".join(known["name"].split())
        contact = _phone(self._value("contact"), self._text("contact"))
        if "@" in contact and not known["email"]:
            parts = re.split(r"[\s,;/]+", contact)
            known["email"] = next(part for part in parts if "@" in part)
            contact = " ".join(part for part in parts if "@" not in part)
        known["identity_number"] = known["identity_number"].replace(" ", "")
        if isinstance(self._value("identity_number"), Decimal) and len(known["identity_number"]) > 15:
            self._note(_("NIK-nya tersimpan sebagai angka, jadi angka terakhirnya dapat berubah. Periksa kartunya."))
        return known | {"phone": contact}

    def _fee(self) -> Decimal | None:
        value, text = self._value("fee"), self._text("fee")
        if isinstance(value, Decimal):
            return value if value >= 0 and value == round(value, 2) and value < 10**9 else None
        if not text:
            return None
        if re.search(r"gratis|tidak (ada|dipungut|dikenakan)|bebas|tanpa", text, re.IGNORECASE):
            return Decimal(0)
        try:
            amount = parse(text)
        except DeskError:
            self._note(_("biayanya tidak terbaca, jadi tidak diambil."))
            return None
        return amount if amount >= 0 else None

    def _ticked(self, role: str) -> bool:
        return role in self._columns.roles and decisions.is_ticked(self._text(role))

    def _value(self, role: str) -> str | Decimal | dt.date | None:
        column = self._columns.roles.get(role)
        return self._row[column].value if column is not None and column < len(self._row) else None

    def _text(self, role: str) -> str:
        """What a cell says as text; "" where it only says that there is nothing."""
        value = self._value(role)
        if isinstance(value, Decimal):
            return f"{value:.0f}" if value == value.to_integral_value() else str(value)
        text = "" if value is None else str(value).strip()
        return "" if text.casefold() in _NOTHING else text

    def _note(self, sentence: str) -> None:
        self._noted.setdefault(sentence, []).append(self._number)


_READ_AS = {"granted": _("diberikan"), "refused": _("ditolak, karena ada alasannya"), "not_held": _("tidak dikuasai")}


def _parted(text: str) -> tuple[str, str, str]:
    """Name and address of one cell: by the line, else by the first comma."""
    first, mark, rest = text.partition("\n" if "\n" in text else ",")
    return first, mark, rest.strip()


def _phone(value: str | Decimal | dt.date | None, text: str) -> str:
    """A phone number; one kept as a number has lost its zero."""
    lost_zero = isinstance(value, Decimal) or re.fullmatch(r"8\d{8,11}", text)
    return f"0{text}" if lost_zero and text.startswith("8") else text
