"""What the district may know is written down once, and what it may not know is not in it."""

import resources
from desk.catalogue import catalogue, printed

PRIVATE_WORDS = {"name", "address", "occupation", "phone", "email", "identity_number"}


def test_the_committed_edition_is_the_one_the_mapping_gives() -> None:
    assert resources.path("wire/v1.json").read_text(encoding="utf-8") == printed()


def test_an_applicant_is_in_no_edition() -> None:
    entities = catalogue()["entities"]
    assert "applicant" not in entities
    assert not PRIVATE_WORDS & set(entities["request"]) and not PRIVATE_WORDS & set(entities["request_event"])
    assert {"sought", "purpose"}.isdisjoint(entities["request"])
