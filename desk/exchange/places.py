"""What a person is told of rows whose place in the budget is not plain: many of one kind in one sentence."""

from collections.abc import Sequence
from gettext import gettext as _

from desk.budget.rules import Line, Problem
from desk.exchange.tree import Node, Tree

EXAMPLE = _("“Kode;Uraian;Anggaran” dan di bawahnya “4.2.1;Dana Desa;600.000.000”")
"""A heading and a row as they are wanted."""

_MOST = 3
"""Unknown codes that are named one by one; more of them are a habit of the whole table."""


def check_places(tree: Tree, lines: Sequence[Line], heading: int, *, has_codes: bool) -> list[Problem]:
    """Rows that count nowhere, codes nobody knows, and rows that may be counted twice.

    Args:
        tree: with every row placed.
        lines: the same rows, their sums closed.
        heading: the heading's row.
        has_codes: the table has a column of codes.
    """
    totals = _("Baris {row}: “{title}” dikenali sebagai jumlah, tetapi tidak jelas jumlah dari apa; tidak dihitung.")
    said = [_problem(node, totals) for node in tree.totals_of_nothing]
    said += [_stray(node) for node in tree.strays] if has_codes else _strays(tree.strays, heading)
    return [*said, *_unknown(tree.unknown), *_unsure(tree.unsure, lines)]


def _problem(node: Node, sentence: str) -> Problem:
    return Problem(node.entry.row, sentence.format(row=node.entry.row, title=node.title, code=node.code))


def _stray(node: Node) -> Problem:
    return _problem(
        node, _("Baris {row}: “{title}” berdiri di luar pendapatan, belanja, dan pembiayaan; tidak dihitung.")
    )


def _strays(strays: Sequence[Node], heading: int) -> list[Problem]:
    """In a table without codes the missing column is what to mend."""
    told = _(
        "Baris {row}: tabel ini tidak punya kolom Kode, sehingga {count} baris (baris {rows}) tidak dikenali dan tidak "
        "dihitung. Tambahkan kolom Kode, misalnya judul {example}, lalu muat lagi."
    ).format(row=heading, count=len(strays), rows=_listed(strays), example=EXAMPLE)
    return [Problem(heading, told)] if strays else []


def _unknown(unknown: Sequence[Node]) -> list[Problem]:
    if len(unknown) <= _MOST:
        told = _("Baris {row}: kode {code} tidak ada di daftar Permendagri 20/2018; barisnya tetap dimuat.")
        return [_problem(node, told) for node in unknown]
    codes = ", ".join(list(dict.fromkeys(node.code for node in unknown))[:4])
    told = _(
        "Baris {row}: {count} kode ({codes}, …) tidak ada di daftar Permendagri 20/2018 (baris {rows}); barisnya tetap "
        "dimuat. Bila itu nomor urut, ganti dengan kode rekening, misalnya 4.2.1 atau 1.1.01, lalu muat lagi."
    )
    row = unknown[0].entry.row
    return [Problem(row, told.format(row=row, count=len(unknown), codes=codes, rows=_listed(unknown)))]


def _listed(nodes: Sequence[Node]) -> str:
    rows = ", ".join(str(node.entry.row) for node in nodes[:8])
    return f"{rows}, …" if len(nodes) > 8 else rows


def _unsure(unsure: Sequence[Node], lines: Sequence[Line]) -> list[Problem]:
    """Rows without code that count on their own, where no printed total of their part confirms that they do."""
    tops = {None} | {place for place, line in enumerate(lines) if line.kind == "section"}
    printed = {x.section for x in lines if x.kind in ("total", "section") and x.amount is not None}
    open_parts = {x.section for x in lines if x.kind == "unspecified" and x.parent in tops}
    doubtful = [node for node in unsure if node.section not in printed - open_parts]
    by_section: dict[str, list[Node]] = {}
    for node in doubtful:
        by_section.setdefault(node.section, []).append(node)
    others = _(" dan {count} baris tanpa kode lainnya")
    return [
        Problem(
            nodes[0].entry.row,
            _(
                "Baris {row}: “{title}”{others} dihitung sebagai baris sendiri. Bila "
                "jumlahnya sudah ada di baris di atasnya, isi kolom Kode di berkas, lalu muat lagi."
            ).format(
                row=nodes[0].entry.row, title=nodes[0].title,
                others=others.format(count=len(nodes) - 1) if nodes[1:] else "",
            ),
        )
        for nodes in by_section.values()
    ]  # fmt: skip
