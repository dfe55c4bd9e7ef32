"""The real server, a line that can fail, and a village that has joined over it."""

import datetime as dt
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desk.desk import Desk
from desk.village.commands import AppointOfficial, SetVillage
from sync.client.round import Round, enrol, sync

# The tests of one folder share what is no fixture as a plain module.
sys.path.insert(0, str(Path(__file__).parent))

from district import VILLAGE, District, Proxy


@pytest.fixture
def district(tmp_path: Path) -> Iterator[District]:
    """A district that knows no village yet."""
    running = District(tmp_path / "kabupaten.db")
    yield running
    running.stop()


@pytest.fixture
def proxy(district: District) -> Iterator[Proxy]:
    """The line between desk and district."""
    line = Proxy(district.port)
    yield line
    line.close()


@pytest.fixture
def village(desk: Desk, today: dt.date) -> Desk:
    """A desk with its village and its head."""
    desk.do(SetVillage(VILLAGE))
    desk.do(AppointOfficial("head", "Kepala Desa", "Budi Contoh", "081234567890", today))
    return desk


@pytest.fixture
def joined(village: Desk, district: District, proxy: Proxy) -> Desk:
    """The same, enrolled over the proxy, nothing sent yet."""
    enrol(village, proxy.url, district.invite())
    proxy.reset()
    return village


@pytest.fixture
def send(joined: Desk, now: dt.datetime) -> Callable[[], Round]:
    """One round of that desk."""
    return lambda: sync(joined, lambda: now)
