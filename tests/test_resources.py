"""Every shipped file is found, installed or not, and says where it comes from."""

import re
from fnmatch import fnmatch
from pathlib import Path

import pytest

import resources

ROOT = Path(resources.__file__).parent
SHIPPED = sorted(str(f.relative_to(ROOT)) for f in ROOT.rglob("*") if f.is_file() and "__pycache__" not in f.parts)


def test_a_shipped_file_is_found_by_its_name():
    assert resources.path("holidays.csv").read_text(encoding="utf-8").startswith("date,name,category,standing\n")
    assert resources.path("demo/belantih-2022.csv").is_file()


def test_a_file_this_build_lacks_is_named():
    with pytest.raises(FileNotFoundError, match=r"resources/tidak-ada\.csv"):
        resources.path("tidak-ada.csv")


def test_every_table_font_icon_and_form_names_its_source():
    patterns = re.findall(r"^\| `([^`]+)` \|", resources.path("SOURCES.md").read_text(encoding="utf-8"), re.MULTILINE)
    for file in SHIPPED:
        if file.endswith((".csv", ".ttf", ".svg")) or file.startswith("forms/"):
            named = [p for p in patterns if fnmatch(file, f"{p}*" if p.endswith("/") else p)]
            assert named, f"resources/{file} has no line in SOURCES.md"


def test_no_line_of_sources_outlives_its_file():
    patterns = re.findall(r"^\| `([^`]+)` \|", resources.path("SOURCES.md").read_text(encoding="utf-8"), re.MULTILINE)
    for pattern in patterns:
        assert any(fnmatch(file, f"{pattern}*") for file in SHIPPED), f"{pattern} is not shipped"
