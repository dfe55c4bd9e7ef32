"""The whole job once, without a screen, for a village that is plainly invented."""

import datetime as dt
import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from gettext import gettext as _
from pathlib import Path
from typing import Any

import resources
from desk.budget.queries import in_force, totals
from desk.desk import Desk
from desk.exchange.apbdes import import_budget
from desk.foi.commands import Register
from desk.foi.rules import RequestForm
from desk.key import beside, key_file, unlocker
from desk.money import plain
from desk.outbox import synced_rows
from desk.paper import board, receipt
from desk.paper.queries import poster, receipt_of
from desk.projects.commands import PutContract, PutPayment, PutProject, SetProgress
from desk.projects.rules import ContractForm, PaymentForm, ProjectForm
from desk.store import DeskError
from desk.village.commands import AppointOfficial, SetContact, SetVillage
from desk.village.rules import EXAMPLE_CODE, EXAMPLE_NOTE
from sync.client.round import district_rows, enrol, sync

YEAR = 2022
"""Of the budget, which Desa Belantih published (resources/SOURCES.md)."""

CODE, PHONE = EXAMPLE_CODE, "0812-3456-7890"
HEAD, OFFICER, CITIZEN = "Budi Contoh", "Sari Contoh", "Siti Contoh"
REGULATION, ENACTED = "Peraturan Desa Contoh Nomor 1 Tahun 2022", dt.date(2022, 1, 3)
PROJECTS = (
    ("Rabat beton jalan", "Dusun Contoh Kidul RT 03/RW 01", "120", "m", 148_500_000, (0, 55, 100)),
    ("Saluran air", "Dusun Contoh Lor RT 01/RW 02", "85", "m", 63_250_000, (0, 60)),
    ("Rehabilitasi Posyandu Contoh", "Dusun Contoh RT 02/RW 01", "1", "unit", 42_000_000, (0,)),
)
"""Name, place, volume, unit, rupiah, percent on each of `SEEN`; invented."""
SEEN = (dt.date(YEAR, 3, 1), dt.date(YEAR, 6, 15), dt.date(YEAR, 9, 28))
SUPPLY = ContractForm(
    "provider", "Toko Bangunan Contoh", "SPK Contoh 4/2022", dt.date(YEAR, 2, 24), Decimal(86_400_000),
    dt.date(YEAR, 3, 1), dt.date(YEAR, 9, 15),
)  # fmt: skip
"""Who brought cement and steel for the first of the projects, which the village's own team built; invented."""
PAID = (("uang muka", 34_560_000, dt.date(YEAR, 3, 7)), ("pelunasan", 51_840_000, dt.date(YEAR, 9, 20)))
"""What was paid of it, rupiah, and when."""
INVENTED = {
    "village": "Desa Contoh", "code": CODE, "head": HEAD, "ppid": OFFICER, "phone": PHONE, "regulation": REGULATION,
    "projects": [name for name, *_rest in PROJECTS], "contract": f"{SUPPLY.partner}, {SUPPLY.number}",
    "applicant": CITIZEN,
}  # fmt: skip


def demo(out: Path, now: Callable[[], dt.datetime]) -> dict[str, Any]:
    """Set up, import, list, register, print, sync; the desk stays in `out`/desk, the papers beside it.

    Raises:
        DeskError: a step refused, or `out` holds something that is not a demo.
    """
    _make_room(out)
    desk = Desk(out / "desk", now, unlocker([key_file(beside(out / "desk"))]))
    try:
        request = _fill(desk, now().date())
        papers = _print(desk, request, out, now())
        with _district(out / "kabupaten.db") as (url, code):
            enrol(desk, url, code)
            done = sync(desk, now)
            synced = {"sent": done.sent, "server_rows": district_rows(desk), "desk_rows": desk.ask(synced_rows)}
        version = desk.ask(in_force, YEAR)
        assert version is not None
        sums = desk.ask(totals, version.id)
    finally:
        desk.close()
    figures = {name: getattr(sums, name) for name in ("revenue", "expenditure", "financing", "balance")}
    budget = {name: None if amount is None else plain(amount) for name, amount in figures.items()}
    return {**papers, "phone": PHONE, "budget": budget, "sync": synced, "invented": INVENTED}


def _make_room(out: Path) -> None:
    """A demo may be made anew over an older one, never over anything else."""
    mark = out / "contoh.txt"
    if out.exists() and any(out.iterdir()) and not mark.exists():
        raise DeskError(_("Folder {out} sudah berisi hal lain. Pilih folder baru dengan --out.").format(out=out))
    if out.exists():
        shutil.rmtree(out)
    out.mkdir(parents=True)
    mark.write_text(f"{EXAMPLE_NOTE}\n", encoding="utf-8")


def _fill(desk: Desk, today: dt.date) -> bytes:
    """The village, its budget, its projects, and one request, whose id comes back."""
    desk.do(SetVillage(CODE, "Contoh", "Contoh", "Contoh"))
    desk.do(AppointOfficial("head", "Kepala Desa", HEAD, PHONE, dt.date(2020, 1, 2)))
    desk.do(AppointOfficial("ppid", "Sekretaris Desa", OFFICER, None, dt.date(2020, 1, 2)))
    desk.do(SetContact("Jalan Contoh Nomor 1", "Kantor Desa Contoh, Jalan Contoh Nomor 1"))
    belantih = resources.path("demo/belantih-2022.csv")
    import_budget(desk, belantih, YEAR, regulation=REGULATION, enacted_on=ENACTED)
    road, *_others = [_build(desk, *project, today=today) for project in PROJECTS]
    contract = desk.do(PutContract(road, SUPPLY)).value
    for what, amount, day in PAID:
        desk.do(PutPayment(road, PaymentForm(day, Decimal(amount), what, contract), today))
    asked = RequestForm(
        today, today, CITIZEN, "Dusun Contoh RT 03/RW 01", "Rencana anggaran biaya rabat beton jalan Contoh Kidul",
        "ingin tahu penggunaan Dana Desa", "petani", "0812-0000-0000", topic="budget", access="copy", copy_form="hard",
        delivery="collect", project=road,
    )  # fmt: skip
    return desk.do(Register(asked)).value.id


def _build(
    desk: Desk, name: str, place: str, volume: str, unit: str, cost: int, seen: tuple[int, ...], *, today: dt.date
) -> bytes:
    """A project as far as it was seen; its id."""
    form = ProjectForm(
        YEAR, name, place, volume, unit, Decimal(cost), "Dana Desa", "TPK Desa Contoh", "Kaur Contoh",
        dt.date(YEAR, 3, 1), dt.date(YEAR, 9, 30),
    )  # fmt: skip
    project = desk.do(PutProject(form)).value
    for day, percent in zip(SEEN, seen, strict=False):
        desk.do(SetProgress(project, day, percent, today))
    return project


def _print(desk: Desk, request: bytes, out: Path, moment: dt.datetime) -> dict[str, Any]:
    """Both posters, the APBDes in tiles too, and the receipt; their paths."""
    papers: dict[str, bytes] = {}
    for name, kind, tile in (("poster", "apbdes", None), ("tiles", "apbdes", "A4"), ("projects", "projects", None)):
        record = desk.ask(poster, kind, YEAR, moment.date(), moment)
        papers[name] = board.render(record, "A3", tile=tile).pdf
    papers["receipt"] = receipt.render(desk.ask(receipt_of, request, moment, OFFICER), "A4")
    paths = {name: out / f"{name}.pdf" for name in papers}
    for name, path in paths.items():
        path.write_bytes(papers[name])
    return {name: str(path.absolute()) for name, path in paths.items()}


@contextmanager
def _district(database: Path) -> Iterator[tuple[str, str]]:
    """A district server of its own on a free port, and a code for the village."""
    where = ["--database", str(database), "--json"]
    invite = [*_kabupaten(), "invite", CODE, "--name", "Contoh", *where]
    code = json.loads(subprocess.run(invite, check=True, capture_output=True, text=True).stdout)["code"]
    serve = [*_kabupaten(), "serve", "--port", "0", *where]
    with subprocess.Popen(serve, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            yield json.loads(server.stdout.readline())["url"], code
        finally:
            server.terminate()


def _kabupaten() -> list[str]:
    """How the district's program is started: a frozen build has it beside its own."""
    if getattr(sys, "frozen", False):
        return [str(Path(sys.executable).with_name("meja-kabupaten"))]
    return [sys.executable, "-m", "sync.server.cli"]
