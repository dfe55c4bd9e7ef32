"""A request as a citizen of the tests makes it."""

import datetime as dt
from collections.abc import Callable

import pytest

from desk.foi.rules import RequestForm


@pytest.fixture
def form(today: dt.date) -> Callable[..., RequestForm]:
    """Builds a complete form; name the fields that shall differ."""

    def build(**fields: object) -> RequestForm:
        complete: dict[str, object] = {
            "received": today,
            "registered": today,
            "name": "Siti Contoh",
            "address": "RT 03/RW 01 Dusun Contoh",
            "phone": "0812-0000-0000",
            "sought": "RAB jalan Dusun Krajan",
            "purpose": "ingin tahu penggunaan dana desa",
        }
        return RequestForm(**(complete | fields))  # type: ignore[arg-type]  # fields come by name

    return build
