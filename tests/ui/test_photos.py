"""A photo on its way into a desk: what a phone writes is taken, what would be drawn for hours is refused."""

import pytest

from desk.photodata import scans
from desk.store import DeskError
from tests.test_photodata import flood, progressive
from ui.parts.photos import MOST_SCANS, shareable


def test_a_photo_that_is_drawn_over_ten_thousand_times_is_refused() -> None:
    usual = progressive()
    assert 1 < scans(usual) <= MOST_SCANS and shareable(usual, "jpg", keep_place=False).size == (200, 130)
    with pytest.raises(DeskError, match="Simpan ulang"):
        shareable(flood(usual), "jpg", keep_place=False)
