"""House rules: who may import whom, how long a file may be, and that every room says what it is for."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ("desk", "ui", "sync", "resources")
CODE = sorted(file for room in ROOMS for file in (ROOT / room).rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
FILE_LINES, FUNCTION_LINES, LINE_LETTERS = 400, 40, 120
LATE_IMPORTS = "ui/start.py"
"""The one file that imports inside functions: the window is painted before the rest is loaded."""
SUBJECTS = ("village", "foi", "dip", "letters", "budget", "realisation", "projects", "reports", "privacy")


def name(file: Path) -> str:
    """The file as the project calls it."""
    return file.relative_to(ROOT).as_posix()


def tree(file: Path) -> ast.Module:
    """The file, parsed."""
    return ast.parse(file.read_text(encoding="utf-8"))


def parts(file: Path, *kinds: type[ast.AST]) -> list[ast.AST]:
    """Its classes or functions, nested ones too."""
    return [node for node in ast.walk(tree(file)) if isinstance(node, kinds)]


def test_the_arrows_between_the_rooms_hold():
    linter = Path(sys.executable).with_name("lint-imports")
    run = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


def test_no_file_and_no_function_outgrows_one_reading():
    long_files = [name(f) for f in CODE + TESTS if len(f.read_text(encoding="utf-8").splitlines()) > FILE_LINES]
    assert long_files == []
    functions = ((f, node) for f in CODE + TESTS for node in parts(f, ast.FunctionDef, ast.AsyncFunctionDef))
    long = [f"{name(f)}:{node.lineno} {node.name}" for f, node in functions if size(node) > FUNCTION_LINES]
    assert long == []


def size(function: ast.FunctionDef) -> int:
    """Lines from its name to its end, its docstring left out: explaining more is never too long."""
    doc = function.body[0] if ast.get_docstring(function) else None
    return function.end_lineno - function.lineno + 1 - (doc.end_lineno - doc.lineno + 1 if doc else 0)


def test_no_line_is_wider_than_a_screen():
    wide = [
        f"{name(f)}:{number}"
        for f in CODE + TESTS
        for number, line in enumerate(f.read_text(encoding="utf-8").splitlines(), 1)
        if len(line) > LINE_LETTERS
    ]
    assert wide == []


def test_every_module_and_class_says_what_it_is_for():
    silent = [name(f) for f in CODE + TESTS if not ast.get_docstring(tree(f))]
    silent += [
        f"{name(f)}:{node.lineno} {node.name}"
        for f in CODE + TESTS
        for node in parts(f, ast.ClassDef)
        if not ast.get_docstring(node)
    ]
    assert silent == []


def test_the_first_line_of_a_docstring_is_a_whole_sentence():
    owners = ((f, node) for f in CODE for node in [tree(f), *parts(f, ast.ClassDef, ast.FunctionDef)])
    firsts = ((f, (ast.get_docstring(node) or ".").split("\n")[0]) for f, node in owners)
    cut = [f"{name(f)}: {first}" for f, first in firsts if not re.search(r"[.?!:)`\"]$", first)]
    assert cut == []


def test_imports_stand_at_the_top():
    inside = [
        f"{name(f)}:{node.lineno}"
        for f in CODE
        if name(f) != LATE_IMPORTS
        for function in parts(f, ast.FunctionDef, ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert inside == []


LONGER = {
    "budget": {"balance.py", "codes.py", "compare.py", "outline.py", "spent.py", "versions.py"},
    "foi": {"about.py", "life.py", "story.py", "endings.py", "takeover.py", "search.py"},
    "privacy": {"erasing.py"},
    "projects": {"contracts.py", "watch.py"},
}
"""The subject the product exists for fills more than one file with rules, commands and queries; letting go of an
identity is not done with its transaction; and an activity is a record, its contracts, and what follows from both."""


@pytest.mark.parametrize("subject", SUBJECTS)
def test_a_subject_is_told_in_four_files(subject):
    found = {f.name for f in (ROOT / "desk" / subject).iterdir() if f.is_file()}
    four = {"__init__.py", "tables.py", "rules.py", "commands.py", "queries.py"}
    assert four | LONGER.get(subject, set()) >= found
    assert {"tables.py", "commands.py", "queries.py"} <= found


def test_no_test_is_put_aside_or_waits_for_the_clock():
    banned = re.compile(r"mark\.(skip|xfail)|pytest\.skip\(|(?<!\.)time\.sleep\(|qtbot\.wait\(|sleep\(\d")
    found = [
        f"{name(f)}:{number}"
        for f in TESTS
        if f != Path(__file__)
        for number, line in enumerate(f.read_text(encoding="utf-8").splitlines(), 1)
        if banned.search(line)
    ]
    assert found == []


def test_nothing_is_put_off_and_no_machine_is_named():
    words = re.compile(r"\bTODO\b|\bFIXME\b|\bXXX\b|raise NotImplementedError|/home/\w|/work/\w|/root/\w")
    shipped = [f for f in (ROOT / "resources").rglob("*") if f.suffix in (".md", ".csv", ".json", ".qss")]
    texts = [f for f in [*CODE, *TESTS, *shipped, ROOT / "README.md", ROOT / "pyproject.toml"] if f != Path(__file__)]
    found = [
        f"{name(f)}:{number}"
        for f in texts
        for number, line in enumerate(f.read_text(encoding="utf-8").splitlines(), 1)
        if words.search(line)
    ]
    assert found == []
