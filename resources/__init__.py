"""Files shipped with the program: reference tables, fonts, icons, forms; their sources stand in SOURCES.md."""

from pathlib import Path

_ROOT = Path(__file__).parent


def path(name: str) -> Path:
    """Where a shipped file lies, from a checkout, an installed wheel and a frozen build alike.

    Args:
        name: path below `resources/` with forward slashes, e.g. `fonts/IBMPlexSansCondensed-Regular.ttf`.

    Raises:
        FileNotFoundError: the file is not part of this build.
    """
    file = _ROOT / name
    if not file.exists():
        raise FileNotFoundError(f"resources/{name} is not part of this build")
    return file
