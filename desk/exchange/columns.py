"""Which column of an old register is what: headings as villages write them, over one row or several."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desk.exchange.headings import is_column_numbers, plain_words
from desk.exchange.sheet import Cell, Sheet

_SEARCHED = 80
"""Rows that may stand above the heading."""
_TALLEST = 3
"""Rows a heading can take."""
_LONGEST = 90
"""Characters of one heading."""

_WHEN = r"(?:tgl|tanggal|hari|waktu)\b.*"
_RULES: tuple[tuple[str, str], ...] = (
    ("order", r"(no|nomor|nmr|no urut|nomor urut|urut|urutan)"),
    ("name_address", r"nama\b.*\balamat\b.*"),
    ("address", r".*\b(alamat|domisili|tempat tinggal)\b.*"),
    ("name", r"nama\b(?!.*\b(informasi|dokumen|barang)\b).*"),
    ("identity_number", r".*\b(nik|ktp|paspor|identitas)\b.*"),
    ("contact", r".*\b(hp|telp|telepon|telpon|telfon|tlp|wa|whatsapp|handphone|kontak|contact|dihubungi)\b.*"),
    ("email", r".*\b(email|e mail|surel|surat elektronik)\b.*"),
    ("occupation", r".*\b(pekerjaan|profesi)\b.*"),
    ("", r"(cara|metode|bukti)\b.*\b(pembayaran|bayar)\b.*|.*\bpembayaran cara( pembayaran| bayar)?"),
    ("fee", r".*\b(biaya|ongkos|tarif)\b.*"),
    ("purpose", r".*\b(tujuan|kegunaan|keperluan|maksud)\b.*|alasan (permohonan|permintaan|pengajuan|meminta).*"),
    ("reason", r"(?!tgl|tanggal).*\b(alasan|dasar)\b.*"),
    ("notified", r".*\bpemberitahuan\b.*"),
    ("handed", rf"{_WHEN}\b(pemberian|diberikan|penyerahan|diserahkan|serah|pengambilan|diambil)\b.*"),
    ("notified", rf"{_WHEN}\b(jawab\w*|dijawab|tanggapan|ditanggapi|keputusan|balasan|dibalas|selesai)\b.*"),
    ("registered", rf"{_WHEN}\b(daftar|pendaftaran|didaftar\w*|registrasi|register|dicatat|pencatatan)\b.*"),
    ("received", r"(hari )?(tgl|tanggal)( surat)?|hari dan tanggal|waktu"),
    ("received", rf"{_WHEN}\b(terima|diterima|penerimaan|masuk|permohonan|permintaan|pengajuan|mohon|surat)\b.*"),
    ("number", r"(no|nomor|nmr|kode)\b.*\b(daftar|pendaftaran|registrasi|register|reg|agenda)\b.*"),
    ("number", r"(no|nomor|nmr|kode)\b.*\b(permohonan|permintaan)\b.*"),
    ("number", r"(no|nomor) (surat|tiket|formulir)|(registrasi|no reg)"),
    ("held_yes", r".*\b(penguasaan|dikuasai|status informasi)\b.*\bya\b"),
    ("held_no", r".*\b(penguasaan|dikuasai|status informasi)\b.*\btidak\b.*"),
    ("soft", r".*\bsoft( ?(copy|file))?"),
    ("hard", r".*\bhard( ?copy)?"),
    ("view", r".*\b(melihat|mengetahui|membaca)\b(?!.*\bsalinan\b).*"),
    ("copy", r"(?!bentuk).*\b(meminta|mendapat\w*) salinan"),
    ("held", r".*\b(penguasaan|dikuasai|status informasi)\b.*"),
    ("access", r"(jenis|cara) (permohonan|permintaan|akses|memperoleh)\b.*"),
    ("form", r".*\b(bentuk|format)\b.*"),
    ("decision", r".*\bkeputusan\b.*|hasil( permohonan)?"),
    ("status", r"status( permohonan| permintaan)?|tindak lanjut|penyelesaian|tanggapan|jawaban"),
    ("", r".*\b(cara|jenis|kategori|status)\b.*|keterangan.*|ket|paraf.*|tanda tangan.*|ttd.*"),
    ("sought", r".*\b(rincian|informasi|dokumen|data|perihal|materi|uraian|permintaan|isi|yang diminta)\b.*"),
    ("name", r"(pemohon|peminta|identitas pemohon)"),
)  # fmt: skip
"""In their order: the first that fits all the words of a heading says what its column is; "" is a known one we leave
out, because free remarks name people."""

IDENTITIES = ("name", "name_address", "address", "contact", "email", "occupation", "identity_number")
"""Roles that say who asked."""


@dataclass(frozen=True)
class Columns:
    """Where a register begins and what its columns hold."""

    last: int
    """The heading's last row, from 0."""
    roles: Mapping[str, int]
    """By role the column, from 0."""
    used: tuple[tuple[str, str], ...]
    """Each heading's words and its role, "" where the column is left out."""
    words: frozenset[str]
    """What the heading's cells say, to know it again on a later page."""


def find_columns(sheet: Sheet) -> Columns | None:
    """The heading of a register, or None where nothing looks like one."""
    for first in range(min(_SEARCHED, len(sheet.rows))):
        found: Columns | None = None
        for last in range(first, min(first + _TALLEST, len(sheet.rows))):
            if last > first and not _continues(sheet.rows[first : last + 1]):
                break
            if last == first and not _could_begin(sheet.rows[first]):
                break
            found = _columns(sheet.rows, first, last) or found
        if found:
            return found
    return None


def role_of(words: str) -> str:
    """What a column with these plain words over it holds; "" where it is not known."""
    return next((role for role, rule in _RULES if re.fullmatch(rule, words)), "")


def _could_begin(row: Sequence[Cell]) -> bool:
    """Three short headings at least: a title above the table has one cell."""
    return sum(isinstance(cell.value, str) and len(cell.value) <= _LONGEST for cell in row) > 2


def _continues(block: Sequence[Sequence[Cell]]) -> bool:
    """A lower row of a heading has a few words below wider ones, and nothing where a row of the table begins."""
    below = [(column, cell.value) for column, cell in enumerate(block[-1]) if cell.value is not None]
    if not below or any(not isinstance(value, str) or len(value) > _LONGEST for _column, value in below):
        return False
    if any(re.search(r"\d", str(value)) for _column, value in below):
        return False
    above = {column for column, cell in enumerate(block[0]) if cell.value is not None}
    first = min(above, default=0)
    return below[0][0] > first and any(_is_sub(str(value)) for _column, value in below)


def _is_sub(text: str) -> bool:
    words = plain_words(text)
    return words in ("ya", "tidak") or role_of(words) != "" or bool(re.search(r"pemberi|salinan|tulis", words))


def _columns(rows: Sequence[Sequence[Cell]], first: int, last: int) -> Columns | None:
    texts = _texts(rows[first : last + 1])
    roles: dict[str, int] = {}
    used: list[tuple[str, str]] = []
    for column, text in texts.items():
        role = role_of(plain_words(text))
        is_first = bool(role) and role not in roles
        if is_first:
            roles[role] = column
        used.append((text, role if is_first else ""))
    if "number" in roles and "order" in roles:
        place = list(texts).index(roles.pop("order"))
        used[place] = (used[place][0], "order")
    elif "order" in roles:
        roles["number"] = roles.pop("order")
    has_day = {"received", "registered"} & set(roles)
    if "number" not in roles or not has_day or not {"name", "name_address", "sought"} & set(roles):
        return None
    if last + 1 < len(rows) and is_column_numbers(rows[last + 1]):
        last += 1
    words = frozenset(w for row in rows[first : last + 1] for cell in row if (w := plain_words(cell.value)))
    return Columns(last, roles, tuple(used), words)


def _texts(block: Sequence[Sequence[Cell]]) -> dict[int, str]:
    """The words over each column; a merged heading's words stand over every column that has words of its own below."""
    told: dict[int, str] = {}
    width = max(len(row) for row in block)
    for column in range(width):
        own = [_text(row, column) for row in block]
        for level in range(len(block) - 1):
            if not own[level] and any(own[level + 1 :]):
                own[level] = next((t for c in range(column - 1, -1, -1) if (t := _text(block[level], c))), "")
        if text := " ".join(part for part in own if part):
            told[column] = text
    return told


def _text(row: Sequence[Cell], column: int) -> str:
    value = row[column].value if column < len(row) else None
    return " ".join(value.split())[:_LONGEST] if isinstance(value, str) else ""
