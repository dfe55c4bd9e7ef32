"""What a transaction cannot do about an identity that was let go: old pages of the file, its log, and drafts.

An UPDATE under `PRAGMA secure_delete` writes zeros over the cell it frees, but a page that was split or moved long
before may hold an older form of the same row, and the write-ahead log holds the page as it was. VACUUM writes the
file from its rows alone, and a checkpoint that truncates leaves an empty log.
"""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from gettext import gettext as _
from pathlib import Path

from desk.drafts import Drafts
from desk.errors import DeskError
from desk.store import fault_of_the_world


def rewrite(folder: Path) -> None:
    """Write the database file anew, so that no byte of what was let go is left in it or beside it.

    Raises:
        DeskError: the disk refuses, or somebody still reads the file as it was.
    """
    try:
        with closing(sqlite3.connect(folder / "desa.db", isolation_level=None, timeout=5)) as file:
            file.execute("PRAGMA secure_delete=ON")
            file.execute("VACUUM")
            is_busy, *_pages = file.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite3.Error as error:
        raise fault_of_the_world(error) or error from error
    if is_busy:
        raise DeskError(
            _("Identitas sudah dihapus, tetapi berkasnya sedang dibaca program lain. Tutup, lalu tekan Bersihkan.")
        )


def forget_drafts(drafts: Drafts, owners: Sequence[bytes]) -> int:
    """Throw away what was typed about these records and never saved; how many drafts there were."""
    marks = {owner.hex() for owner in owners}
    mine = [draft for draft in drafts.found().drafts if marks & set(draft.key.split(":"))]
    for draft in mine:
        drafts.discard(draft.kind, draft.key)
    return len(mine)
