"""Where the village's data lives on this PC."""

import os
import sys
from pathlib import Path

import platformdirs


def data_folder(chosen: str | None) -> Path:
    """The folder asked for, else MEJA_DATA, else the PC's own place for program data.

    On Windows that place belongs to the PC and not to one account, so that the next clerk finds the register.
    """
    named = chosen or os.environ.get("MEJA_DATA")
    if named:
        return Path(named).expanduser().absolute()
    place = platformdirs.site_data_path if sys.platform == "win32" else platformdirs.user_data_path
    return place("meja-desa", appauthor=False)
