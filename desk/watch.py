"""Someone looks on while a long act runs: told how far it has come, and able to stop it."""

from collections.abc import Callable
from gettext import gettext as _

from desk.errors import DeskError

Watch = Callable[[int, int], None]
"""Told steps done and steps in all (0 where nobody knows yet); it may raise `Stopped`, and then nothing is kept."""


class Stopped(DeskError):  # noqa: N818 (a wish, not a fault)
    """The person stopped the act."""

    def __init__(self) -> None:
        super().__init__(_("Dibatalkan. Tidak ada yang berubah."))


def unwatched(_done: int, _total: int) -> None:
    """Nobody looks on."""
