"""An answer of the command line for eyes: one line a field, in the words of the desk."""

from collections.abc import Mapping
from gettext import gettext as _
from types import MappingProxyType
from typing import Any

WORDS: Mapping[str, str] = MappingProxyType(
    {
        "added": _("ditambahkan"), "address": _("alamat"), "amount": _("anggaran"), "as_of": _("keadaan per"),
        "before": _("semula"), "gone": _("tidak ada lagi"), "realised": _("realisasi"), "balance": _("selisih"),
        "budget": _("APBDes"), "bytes_down": _("bita diterima"), "bytes_up": _("bita dikirim"), "certain": _("pasti"),
        "changed": _("berubah"), "code": _("kode"), "complaints": _("pengaduan"),
        "conflicts": _("perlu diputuskan"), "controls": _("jumlah pemeriksa"), "days": _("hari"),
        "differences": _("perbedaan"),
        "desk_rows": _("baris di meja"), "device": _("perangkat"), "district": _("kecamatan"),
        "due": _("batas waktu"), "error": _("kesalahan"), "expenditure": _("belanja"), "file": _("berkas"),
        "financing": _("pembiayaan"), "from": _("sejak"), "head": _("kepala"), "head_title": _("jabatan kepala"),
        "invented": _("data contoh"), "kind": _("jenis"), "lines": _("baris"), "name": _("nama"),
        "names": _("dengan nama pemohon"), "ok": _("beres"), "pages": _("halaman"), "paper": _("kertas"),
        "phone": _("nomor HP"), "poster": _("poster"), "ppid": _("petugas PPID"), "problems": _("yang perlu dilihat"),
        "receipt": _("tanda bukti"), "received": _("diterima"), "regency": _("kabupaten"),
        "requests": _("permintaan ke server"), "revenue": _("pendapatan"), "rows": _("baris"), "sent": _("terkirim"),
        "server_rows": _("baris di server"), "sha256": _("sidik SHA-256"), "sheets": _("lembar"),
        "sync": _("kirim dan terima"), "tiles": _("poster per lembar"), "unchanged": _("tidak berubah"),
        "url": _("alamat server"), "village": _("desa"), "warnings": _("peringatan"), "year": _("tahun"),
    }
)  # fmt: skip
"""Keys of the JSON answers, and how they are said; `_realised` behind a key is what was really received or spent."""

REALISED = "_realised"


def plain(answer: Mapping[str, Any]) -> str:
    """An answer for eyes."""
    return "\n".join(f"{_said(key)}: {_word(value)}" for key, value in answer.items())


def _said(key: str) -> str:
    """A key in words; one that is not known here stands as it is."""
    if key.endswith(REALISED):
        return _("realisasi {word}").format(word=_said(key.removesuffix(REALISED)))
    return WORDS.get(key, key)


def _word(value: Any) -> str:
    if isinstance(value, bool):
        return _("ya") if value else _("tidak")
    if isinstance(value, list):
        return "".join(f"\n  {_item(item)}" for item in value) or "-"
    if isinstance(value, dict):
        return "".join(f"\n  {_said(key)}: {_word(item)}" for key, item in value.items())
    return "-" if value is None else str(value)


def _item(item: Any) -> str:
    """One of a list: a problem by its sentence, with what it means for its row; else its values on one line."""
    if not isinstance(item, dict):
        return _word(item)
    if "message" in item:
        said = str(item["message"])
        return _("{message} (baris ini tidak diambil)").format(message=said) if item.get("blocks") else said
    return "  ".join(_said(value) if key == "column" else _word(value) for key, value in item.items())
