"""Sealing: what a citizen entrusts to the desk lies on the disk only as ciphertext under the village key.

A sealed value is `version | mark of the key | nonce | ciphertext and tag`. What it belongs to goes into the tag, so
that a value carried to another row, or to another field, does not open there.
"""

import hashlib
import hmac
import os
from dataclasses import dataclass, field
from functools import cached_property
from gettext import gettext as _

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from desk.store import DeskError

KEY_BYTES = 32
CHECK_BYTES = 8
MARK_BYTES = 4
NONCE_BYTES = 12

VERSION = b"\x01"
"""ChaCha20-Poly1305 (RFC 8439), random nonce: as fast on an old office PC without AES instructions as on a new one."""

_HEADER = len(VERSION) + MARK_BYTES
_SHORTEST = _HEADER + NONCE_BYTES + 16


class KeyLost(DeskError):  # noqa: N818 (what has happened, as the recovery screen says it)
    """The key these data were sealed with is not here: the way on is the recovery screen, never an empty desk."""


class SealBroken(DeskError):  # noqa: N818
    """One sealed value is not what the desk once wrote: damaged, altered, or moved from its place."""


@dataclass(frozen=True)
class Seal:
    """The village key at work; it never shows itself in a log or a traceback."""

    key: bytes = field(repr=False)

    def __post_init__(self) -> None:
        """A key has 32 bytes; anything else is a bug of the caller."""
        if len(self.key) != KEY_BYTES:
            raise ValueError("a village key has 32 bytes")

    @cached_property
    def check(self) -> bytes:
        """Eight bytes that name the key and betray nothing of it; the desk's file keeps them."""
        return hashlib.blake2s(b"", digest_size=CHECK_BYTES, key=self.key, person=b"mejadesa").digest()

    def is_for(self, check: bytes) -> bool:
        """Whether this is the key such a check was taken from."""
        return hmac.compare_digest(self.check, check)

    def close(self, plain: bytes, about: bytes) -> bytes:
        """Seal `plain`; `about` says what it belongs to (`b"applicant:" + id`) and is needed again to open it."""
        nonce = os.urandom(NONCE_BYTES)
        return self._header + nonce + self._cipher.encrypt(nonce, plain, self._header + about)

    def open(self, sealed: bytes, about: bytes) -> bytes:
        """What was sealed.

        Raises:
            KeyLost: sealed with another key.
            SealBroken: altered, cut short, from another row, or written by a newer program.
        """
        if len(sealed) < _SHORTEST:
            raise SealBroken(_broken())
        try:
            return self._opened(sealed, about)
        except InvalidTag:
            raise self._reason(sealed, about) from None

    @cached_property
    def _cipher(self) -> ChaCha20Poly1305:
        return ChaCha20Poly1305(self.key)

    @cached_property
    def _header(self) -> bytes:
        return VERSION + self.check[:MARK_BYTES]

    def _opened(self, sealed: bytes, about: bytes) -> bytes:
        """The plain bytes; the tag covers the header as it was found, so an altered header does not open either."""
        begin = _HEADER + NONCE_BYTES
        return self._cipher.decrypt(sealed[_HEADER:begin], sealed[begin:], sealed[:_HEADER] + about)

    def _reason(self, sealed: bytes, about: bytes) -> DeskError:
        """Why a value did not open: a flipped bit in its header must not send anyone looking for another key."""
        header = sealed[:_HEADER]
        if header != self._header and self._opens_as_ours(sealed, about):
            return SealBroken(_broken())
        if header[:1] != VERSION:
            return SealBroken(
                _("Data tersegel ini rusak, atau dibuat Meja Desa yang lebih baru. Pasang versi terbaru, lalu coba.")
            )
        if header != self._header:
            return KeyLost(
                _("Data ini disegel dengan kunci desa yang lain. Ketik kode dari lembar pemulihan kunci itu.")
            )
        return SealBroken(_broken())

    def _opens_as_ours(self, sealed: bytes, about: bytes) -> bool:
        try:
            self._opened(self._header + sealed[_HEADER:], about)
        except InvalidTag:
            return False
        return True


def _broken() -> str:
    return _("Data tersegel ini rusak atau pernah diubah di luar Meja Desa. Pulihkan dari cadangan terakhir.")
