"""Printed sums against their rows: what does not add up becomes one line `belum dirinci`, and a problem with its row.

Columns (SEMULA, the amount in force, realisation) are closed one by one; afterwards every heading equals the sum of
its rows in every column it has, so that adding the leaves gives the printed totals and nothing is added twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from gettext import gettext as _

from desk.budget.rules import UNSPECIFIED, Line, Problem, Totals, leaves, total_up
from desk.chart import ROOTS, Place, accounts
from desk.exchange.entries import Entry
from desk.exchange.tree import FIGURES, Node, Tree
from desk.money import rupiah

_COLUMN_NAMES = {"before": _("semula"), "amount": _("anggaran"), "realised": _("realisasi")}


@dataclass
class _Head:
    """A printed sum and the rows below it; without an index it heads a whole part that has no row of its own."""

    index: int | None
    section: str
    printed: dict[str, Decimal]
    row: int
    title: str


def close(tree: Tree) -> tuple[list[Line], list[Problem]]:
    """The tree as lines in reading order with every sum closed, and each difference as a problem."""
    closer = _Closer(tree.nodes)
    closer.close_all()
    return closer.lines(), closer.problems


class _Closer:
    """Closes sums from the leaves up and keeps the lines that close them."""

    def __init__(self, nodes: list[Node]) -> None:
        self._nodes = list(nodes)
        self.problems: list[Problem] = []
        self._values: dict[int, dict[str, Decimal]] = {}
        self._children: dict[int | None, list[int]] = {}
        self._totals: dict[int | None, list[Node]] = {}
        roots = {node.section: index for index, node in enumerate(nodes) if node.kind == "section"}
        for index, node in enumerate(nodes):
            if node.kind == "total":
                of = roots.get(node.section) if node.parent is None else node.parent
                self._totals.setdefault(of, []).append(node)
            else:
                self._children.setdefault(node.parent, []).append(index)

    def close_all(self) -> None:
        """The lines from the last up, then receipts and payments, then the whole parts."""
        counted = [i for i in range(len(self._nodes) - 1, -1, -1) if self._nodes[i].kind != "total"]
        for index in [i for i in counted if self._nodes[i].kind != "section"]:
            self._close(self._head(index))
        self._close_without_row("receipts", "payments")
        for index in [i for i in counted if self._nodes[i].kind == "section"]:
            self._close(self._head(index))
        self._close_without_row("revenue", "expenditure", "financing")

    def _close_without_row(self, *sections: str) -> None:
        """Parts whose total stands in the file and whose heading does not."""
        for section in sections:
            head: _Head | None = None
            for total in self._totals.get(None, []):
                if total.section == section and (figures := self._figures(total)):
                    head = head or _Head(None, section, {}, total.entry.row, total.title)
                    self._compare(total, figures, head)
                    head.printed, head.row, head.title = head.printed | figures, total.entry.row, total.title
            if head is not None:
                self._close(head)

    @staticmethod
    def _figures(node: Node) -> dict[str, Decimal]:
        return {c: figure for c in FIGURES if (figure := node.figure(c)) is not None}

    def _head(self, index: int) -> _Head:
        """What is printed for a line: on its own row, or on the total that belongs to it.

        For a whole part the total counts (it is what the village sums up to), for a line its own row does.
        """
        node = self._nodes[index]
        head = _Head(index, node.section, self._figures(node), node.entry.row, node.title)
        for total in self._totals.get(index, []):
            summed = self._figures(total)
            self._compare(total, summed, head)
            if node.kind == "section":
                head.printed |= summed
                head.row, head.title = total.entry.row, total.title
            else:
                head.printed = summed | head.printed
        return head

    def _compare(self, total: Node, figures: dict[str, Decimal], head: _Head) -> None:
        """Tell where a printed total says something else than what was printed before it for the same."""
        for column, printed in figures.items():
            if head.printed.get(column, printed) != printed:
                self.problems.append(
                    Problem(
                        total.entry.row,
                        _("Baris {row}: {title} tertulis {printed} ({column}), sedangkan “{name}” {other}.").format(
                            row=total.entry.row, title=total.title, printed=rupiah(printed),
                            column=_COLUMN_NAMES[column], name=head.title, other=rupiah(head.printed[column]),
                        ),
                    )
                )  # fmt: skip

    def _close(self, head: _Head) -> None:
        rows = self._rows(head)
        summed: dict[str, Decimal] = {}
        for row in rows:
            sign = -1 if self._nodes[row].section == "payments" and head.section == "financing" else 1
            for column, value in self._values.get(row, {}).items():
                summed[column] = summed.get(column, Decimal(0)) + sign * value
        if head.index is not None:
            self._values[head.index] = summed | head.printed
        own = {} if head.index is None else self._figures(self._nodes[head.index])
        # A line that prints its own amount and has no rows is a leaf; one that has it from a total alone is not.
        if rows or head.section == "financing" or own != head.printed:
            missing = {c: v - summed.get(c, Decimal(0)) for c, v in head.printed.items()}
            if any(missing.values()):
                self._add_unspecified(head, {c: v for c, v in missing.items() if v}, summed)
            self._note_zeros(head, {c: v for c, v in head.printed.items() if not v and c not in summed})

    def _note_zeros(self, head: _Head, zeros: dict[str, Decimal]) -> None:
        """A printed total of nothing over rows that print nothing: each of them is nothing, and known to be."""
        index = head.index
        if zeros and index is None and head.section in ROOTS.values():
            account = next(code for code, part in ROOTS.items() if part == head.section)
            title = accounts()[account].title.upper()
            root = Node(Entry(head.row, "", title), head.section, "section", "", title, Place(), account=account)
            self._nodes.append(root)
            index = len(self._nodes) - 1
            self._children.setdefault(None, []).append(index)
        for place in [index] if index is not None else self._rows(head):
            self._fill(place, zeros)

    def _fill(self, index: int, zeros: dict[str, Decimal]) -> None:
        rows = self._children.get(index, [])
        for row in rows:
            self._fill(row, zeros)
        if not rows:
            self._nodes[index].entry.amounts |= zeros

    def _rows(self, head: _Head) -> list[int]:
        if head.index is not None:
            return self._children.get(head.index, [])
        wanted = ("receipts", "payments") if head.section == "financing" else (head.section,)
        tops = [i for parent in (None, self._financing_root()) for i in self._children.get(parent, [])]
        return [i for i in dict.fromkeys(tops) if self._nodes[i].section in wanted]

    def _financing_root(self) -> int | None:
        roots = (i for i, n in enumerate(self._nodes) if n.kind == "section" and n.section == "financing")
        return next(roots, None)

    def _add_unspecified(self, head: _Head, missing: dict[str, Decimal], summed: dict[str, Decimal]) -> None:
        section = head.section
        if section == "financing":
            section = "receipts" if missing.get("amount", max(missing.values())) > 0 else "payments"
        sign = -1 if section == "payments" and head.section == "financing" else 1
        amounts = {column: sign * value for column, value in missing.items()}
        node = Node(Entry(head.row, "", UNSPECIFIED, amounts), section, "unspecified", "", UNSPECIFIED, Place())
        node.parent = head.index
        if head.index is None and head.section in ("receipts", "payments"):
            node.parent = self._financing_root()
        if head.index is not None:
            node.account, node.activity = self._nodes[head.index].account, self._nodes[head.index].activity
        self._nodes.append(node)
        self._children.setdefault(node.parent, []).append(len(self._nodes) - 1)
        self._values[len(self._nodes) - 1] = amounts
        told = "; ".join(
            _("{column} tertulis {printed}, rinciannya {summed}, selisih {missing}").format(
                column=_COLUMN_NAMES[c], printed=rupiah(head.printed[c]), summed=rupiah(summed.get(c, Decimal(0))),
                missing=rupiah(value),
            )
            for c, value in missing.items()
        )  # fmt: skip
        self.problems.append(
            Problem(
                head.row,
                _("Baris {row}: {title} tidak sama dengan rinciannya ({told}). Selisihnya ditulis sebagai “{name}”.")
                .format(row=head.row, title=head.title, told=told, name=UNSPECIFIED),
            )
        )  # fmt: skip

    def lines(self) -> list[Line]:
        """All rows in the order of the file, each closing line after the last row of what it closes."""
        order = sorted(range(len(self._nodes)), key=self._reading_place)
        places = {index: place for place, index in enumerate(order)}
        return [self._line(self._nodes[i], places) for i in order]

    def _reading_place(self, index: int) -> tuple[int, int, int]:
        node = self._nodes[index]
        if node.kind != "unspecified":
            return index, 0, 0
        last = self._last_below(node.parent) if node.parent is not None else self._last_of_part(node)
        # Inner sums close before the ones around them.
        return last, 1, -(node.parent if node.parent is not None else -1)

    def _last_below(self, index: int) -> int:
        below = [i for i in self._children.get(index, []) if self._nodes[i].kind != "unspecified"]
        return self._last_below(below[-1]) if below else index

    def _last_of_part(self, node: Node) -> int:
        tops = [i for i in self._children.get(None, []) if self._nodes[i].section == node.section]
        tops = [i for i in tops if self._nodes[i].kind != "unspecified"]
        return self._last_below(tops[-1]) if tops else -1

    @staticmethod
    def _line(node: Node, places: dict[int, int]) -> Line:
        texts = node.entry.texts
        return Line(
            node.section, node.kind, node.title, None if node.parent is None else places[node.parent], node.code,
            node.account, node.activity, texts.get("fund", ""), texts.get("volume", ""), texts.get("unit", ""),
            texts.get("price", ""), node.figure("before"), node.figure("amount"), node.figure("realised"),
            node.entry.row,
        )  # fmt: skip


def totals_of(lines: Sequence[Line], column: str) -> Totals:
    """The sums of one column, from its leaves."""
    return total_up((line.section, getattr(line, column)) for line in leaves(lines))


def check_results(lines: Sequence[Line], columns: Sequence[str]) -> list[Problem]:
    """Printed SURPLUS and SiLPA rows against the figures, and whether the budget closes; printed figures stay."""
    problems = []
    for column in columns:
        totals = totals_of(lines, column)
        for line in lines:
            printed: Decimal | None = getattr(line, column)
            if line.section == "balance" and totals.financing is None and printed not in (None, totals.surplus):
                problems.append(_without_financing(line, printed or Decimal(0)))
            reckoned = {"surplus": totals.surplus, "balance": totals.balance}.get(line.section)
            if line.kind == "total" and None not in (printed, reckoned) and printed != reckoned:
                problems.append(
                    Problem(
                        line.row,
                        _("Baris {row}: {title} tertulis {printed} ({column}), hitungannya {reckoned}.").format(
                            row=line.row, title=line.title, printed=rupiah(printed), column=_COLUMN_NAMES[column],
                            reckoned=rupiah(reckoned),
                        ),
                    )
                )  # fmt: skip
        if column != "realised" and totals.balance:
            problems.append(_unbalanced(lines, column, totals.balance))
    return problems


def _without_financing(line: Line, printed: Decimal) -> Problem:
    """A SiLPA that is not what revenue less expenditure leaves, in a file that says nothing of financing."""
    return Problem(
        line.row,
        _(
            "Baris {row}: {title} {printed} belum dihitung, sebab berkas ini tidak menyebut pembiayaan. Kalau itu "
            "SiLPA tahun lalu, tulis baris PEMBIAYAAN di atasnya, lalu muat lagi."
        ).format(row=line.row, title=line.title, printed=rupiah(printed)),
    )


def _unbalanced(lines: Sequence[Line], column: str, balance: Decimal) -> Problem:
    closing = [x.row for x in lines if x.kind == "total" and x.section == "balance"]
    row = closing[-1] if closing else max((x.row for x in lines if x.row is not None), default=None)
    return Problem(
        row,
        _(
            "Baris {row}: APBDes tidak seimbang ({column}): pendapatan - belanja + pembiayaan = {balance}, "
            "seharusnya Rp\u00a00."
        ).format(row=row, column=_COLUMN_NAMES[column], balance=rupiah(balance)),
    )


def check_differences(entries: Sequence[Entry]) -> list[Problem]:
    """Printed Bertambah/(Berkurang) and Lebih/(Kurang) columns against the figures beside them.

    Lebih/(Kurang) is budget less realisation in some offices and the reverse in others: what most rows say is taken.
    """
    changes = [
        (e, e.amounts["change"], e.amounts["amount"] - e.amounts["before"])
        for e in entries
        if {"change", "amount", "before"} <= e.amounts.keys()
    ]
    overs = [
        (e, e.amounts["over"], e.amounts["amount"] - e.amounts["realised"])
        for e in entries
        if {"over", "amount", "realised"} <= e.amounts.keys()
    ]
    against = sum(printed == -reckoned for _e, printed, reckoned in overs if reckoned)
    if against > sum(printed == reckoned for _e, printed, reckoned in overs if reckoned):
        overs = [(e, printed, -reckoned) for e, printed, reckoned in overs]
    return [
        Problem(
            entry.row,
            _("Baris {row}: selisih tertulis {printed}, hitungannya {reckoned}.").format(
                row=entry.row, printed=rupiah(printed), reckoned=rupiah(reckoned)
            ),
        )
        for entry, printed, reckoned in [*changes, *overs]
        if printed != reckoned
    ]
