"""Activities as OC4IDS: what the public validator of the standard says of them, and what they never tell."""

import datetime as dt
import functools
import json
import threading
from collections.abc import Iterator
from decimal import Decimal
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from libcoveoc4ids.api import oc4ids_json_output
from libcoveoc4ids.config import LIB_COVE_OC4IDS_CONFIG_DEFAULT, LibCoveOC4IDSConfig

from desk.desk import Desk
from desk.exchange.opendata.codelists import sector_of, type_of
from desk.exchange.opendata.export import Wanted, gather, make
from desk.exchange.opendata.oc4ids import UNREGISTERED
from desk.projects.commands import PutProject
from desk.projects.rules import ProjectForm
from desk.realisation.commands import ExplainActivity
from desk.store import DeskError
from desk.village.commands import SetPrefix
from desk.village.queries import prefix as known_prefix
from desk.village.rules import check_prefix
from tests.exchange import openvillage as village
from tests.exchange.openvillage import TODAY, YEAR, oc4ids_folder

PREFIX = "oc4ids-ab12cd"


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder and says nothing about it."""

    def log_message(self, *_args: object) -> None:
        """Nobody reads it."""


@pytest.fixture
def standard() -> Iterator[LibCoveOC4IDSConfig]:
    """The validator, its schema and code lists coming from a server on this computer instead of the web."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(oc4ids_folder())))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    here = f"http://127.0.0.1:{server.server_port}/"
    yield LibCoveOC4IDSConfig(
        LIB_COVE_OC4IDS_CONFIG_DEFAULT | {"schema_host": here, "schema_codelists": {"0.9": f"{here}codelists/"}}
    )
    server.shutdown()
    thread.join()
    server.server_close()


def told(desk: Desk, prefix: str = PREFIX, as_of: dt.date = TODAY) -> dict[str, Any]:
    """The package as a reader has it."""
    wanted = Wanted("oc4ids", YEAR, as_of, prefix=prefix)
    package: dict[str, Any] = json.loads(make(desk.ask(gather, wanted, TODAY), wanted).content)
    return package


def road_of(package: dict[str, Any]) -> dict[str, Any]:
    """The one activity with a contract."""
    (found,) = [p for p in package["projects"] if "contractingProcesses" in p]
    return found


def findings(package: dict[str, Any], standard: LibCoveOC4IDSConfig, folder: Any) -> dict[str, Any]:
    """What the validator has to say, by kind, where it has."""
    said = oc4ids_json_output(str(folder), json_data=package, lib_cove_oc4ids_config=standard)
    names = ("validation_errors", "additional_fields", "additional_closed_codelist_values", "conformance_checks",
             "additional_checks", "additional_open_codelist_values")  # fmt: skip
    return {name: said[name] for name in names if said.get(name)}


def test_the_public_validator_finds_nothing_wrong(desk, standard, tmp_path):
    village.whole_village(desk)
    package = told(desk)
    found = findings(package, standard, tmp_path)
    assert set(found.pop("additional_open_codelist_values")) == {"projects/additionalClassifications/scheme"}
    assert found == {}
    assert len(package["projects"]) == 2


def test_the_validator_would_have_found_it(desk, standard, tmp_path):
    village.whole_village(desk)
    broken = told(desk)
    del broken["publisher"]
    road = road_of(broken)
    road["status"] = "selesai"
    road["budget"]["amount"]["amount"] = "145.250.000"
    road["period"]["startDate"] = "01-03-2026"
    road["parties"] = road["parties"][1:]
    road["pemohon"] = "siapa"
    found = findings(broken, standard, tmp_path)
    said = " ".join(json.loads(error)["message"] for error, _places in found["validation_errors"])
    assert len(found["validation_errors"]) == 3
    assert all(word in said for word in ("'publisher'", "'amount'", "Date")), said
    assert "additional_fields" in found and "additional_closed_codelist_values" in found
    assert [check["check_id"] for check in found["additional_checks"]] == ["missing-org-refs"]


def test_without_a_registered_prefix_the_ids_say_so_and_so_does_the_closing_sentence(desk, standard, tmp_path):
    village.whole_village(desk)
    package = told(desk, prefix="")
    assert all(p["id"].startswith(f"{UNREGISTERED}-{village.CODE}-") for p in package["projects"])
    (check,) = findings(package, standard, tmp_path)["conformance_checks"]
    assert check["check_id"] == "invalid-project-ids"
    wanted = Wanted("oc4ids", YEAR, TODAY)
    assert "belum terdaftar" in make(desk.ask(gather, wanted, TODAY), wanted).warnings[-1]
    wanted = Wanted("oc4ids", YEAR, TODAY, prefix=PREFIX)
    assert PREFIX in make(desk.ask(gather, wanted, TODAY), wanted).warnings[-1]


def test_a_registered_prefix_is_kept_and_used_until_another_one_comes(desk):
    village.whole_village(desk)
    assert desk.ask(known_prefix) == ""
    desk.do(SetPrefix(" OC4IDS-ab12cd "))
    assert desk.ask(known_prefix) == PREFIX
    desk.do(SetPrefix("oc4ids-xy34zw"))
    assert desk.ask(known_prefix) == "oc4ids-xy34zw"


@pytest.mark.parametrize("prefix", ["oc4ids", "oc4ids-12345", "oc4ids-ab12cd7", "desa-ab12cd", "oc4ids_ab12cd"])
def test_a_prefix_of_another_form_is_refused(prefix):
    with pytest.raises(DeskError, match="oc4ids-ab12cd"):
        check_prefix(prefix)


def test_a_road_is_told_with_its_money_contract_and_progress(desk):
    village.whole_village(desk)
    road = road_of(told(desk))
    assert (road["status"], road["type"], road["sector"]) == ("completion", "construction", ["transport.road"])
    assert road["budget"]["amount"] == {"amount": 145250000, "currency": "IDR"}
    assert road["budget"]["approvalDate"] == "2025-12-30T00:00:00+07:00"
    (funds,) = road["budget"]["budgetBreakdowns"]
    assert [(f["sourceParty"]["id"], f["amount"]["amount"]) for f in funds["budgetBreakdown"]] == [
        ("sumber-dana-dds", 100000000),
        ("sumber-dana-add", 45250000),
    ]
    (place,) = road["locations"]
    assert place["geometry"] == {"type": "Point", "coordinates": [111.8817, -7.1502]}
    assert place["description"] == "Dusun Krajan RT 03/RW 01, depan balai desa"
    roles = {party["id"]: party["roles"] for party in road["parties"]}
    assert roles[village.CODE] == ["publicAuthority", "buyer"]
    assert roles["pelaksana-cv-bangun-contoh"] == ["supplier"]
    assert [m["id"] for m in road["metrics"]] == ["physicalProgress", "financialProgress"]
    assert [o["measure"] for o in road["metrics"][0]["observations"]] == [30, 100]
    assert [o["value"]["amount"] for o in road["metrics"][1]["observations"]] == [42000000, 43500000.5]
    assert [o["measure"] for o in road["forecasts"][0]["observations"]] == [0, 40, 100]
    assert road["milestones"][0]["status"] == "met" and road["completion"]["endDate"].startswith("2026-07-10")
    assert [t["value"]["amount"] for t in road["transactions"]] == [1500000.5]


def test_a_contract_keeps_what_was_signed_and_lists_what_changed(desk):
    village.whole_village(desk)
    (process,) = road_of(told(desk))["contractingProcesses"]
    summary = process["summary"]
    assert summary["contractValue"]["amount"] == 140000000
    assert summary["contractPeriod"]["endDate"] == "2026-06-30T00:00:00+07:00"
    (change,) = summary["modifications"]
    assert (change["oldContractValue"]["amount"], change["newContractValue"]["amount"]) == (140000000, 145000000)
    assert change["newContractPeriod"]["endDate"] == "2026-07-15T00:00:00+07:00"
    assert summary["status"] == "closed"
    assert summary["suppliers"] == [{"id": "pelaksana-cv-bangun-contoh", "name": "CV Bangun Contoh"}]
    assert [t["value"]["amount"] for t in summary["transactions"]] == [42000000]


def test_on_an_earlier_day_less_was_known(desk):
    village.whole_village(desk)
    road = road_of(told(desk, as_of=dt.date(2026, 5, 1)))
    (process,) = road["contractingProcesses"]
    assert road["status"] == "implementation" and "completion" not in road
    assert [o["measure"] for o in road["metrics"][0]["observations"]] == [30]
    assert "modifications" not in process["summary"] and process["summary"]["status"] == "active"
    assert [d["documentType"] for d in road["documents"]] == ["budgetApproval"]


def test_requests_about_an_activity_are_documents_without_anybody_in_them(desk):
    village.whole_village(desk)
    road = road_of(told(desk))
    papers = [d for d in road["documents"] if d["documentType"].startswith("informationRequest")]
    assert [d["documentType"] for d in papers] == [
        "informationRequest", "informationRequestResponse", "informationRequest",
    ]  # fmt: skip
    assert papers[0]["title"] == "Permohonan informasi 001/PI/A/2026"
    assert papers[0]["description"] == (
        "Terdaftar 22 November 2026. Pokok: kegiatan dan pembangunan. Keadaan per 22 November 2026: sudah dijawab."
    )
    assert "Pokok: APBDes dan keuangan desa." in papers[2]["description"]
    allowed = {"id", "documentType", "title", "description", "datePublished", "language"}
    assert all(set(paper) <= allowed for paper in papers)


def test_a_draft_budget_approves_nothing(desk):
    village.settle(desk)
    village.draft(desk)
    village.build(desk)
    road = road_of(told(desk))
    assert "approvalDate" not in road["budget"] and "documents" not in road
    assert "belum ada di APBDes yang ditetapkan" in road["budget"]["description"]


def test_an_activity_that_was_given_up_says_why(desk, standard, tmp_path):
    village.settle(desk)
    bridge = desk.do(PutProject(ProjectForm(YEAR, "Jembatan", cost=Decimal(90000000)))).value
    desk.do(ExplainActivity(YEAR, "", bridge, "not_done", "dananya dipakai untuk banjir", dt.date(2026, 9, 1)))
    package = told(desk)
    (project,) = package["projects"]
    assert project["status"] == "cancelled"
    assert project["description"].endswith("Tidak dilaksanakan: dananya dipakai untuk banjir")
    assert told(desk, as_of=dt.date(2026, 8, 31))["projects"][0]["status"] == "preparation"
    assert findings(package, standard, tmp_path) == {}


def test_a_year_without_activities_has_nothing_to_tell(desk):
    village.settle(desk)
    with pytest.raises(DeskError, match="halaman Kegiatan"):
        told(desk)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Rehab jembatan", "rehabilitation"),
        ("Peningkatan jalan usaha tani", "rehabilitation"),
        ("Pembangunan talud", "construction"),
        ("Penggantian pipa", "replacement"),
        ("Pelebaran jalan", "expansion"),
        ("Pelatihan kader", ""),
        ("Bantuan Langsung Tunai", ""),
    ],
)
def test_the_name_tells_what_kind_of_work_it_is_or_nothing_is_said(name, kind):
    assert type_of(name) == kind


@pytest.mark.parametrize(
    ("code", "sector"),
    [("2.3.11", "transport.road"), ("2.4.11", "waterAndWaste"), ("2.4.01", "socialHousing"), ("1.1.04", "governance"),
     ("2.3.07", ""), ("5.1.00", ""), ("", "")],
)  # fmt: skip
def test_the_activity_tells_the_sector_or_nothing_is_said(code, sector):
    assert sector_of(code) == sector


def test_an_activity_with_next_to_nothing_known_is_still_valid(desk, standard, tmp_path):
    village.settle(desk)
    desk.do(PutProject(ProjectForm(YEAR, "Jembatan")))
    package = told(desk)
    assert findings(package, standard, tmp_path) == {}
    assert package["projects"][0]["status"] == "identification"
