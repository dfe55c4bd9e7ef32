"""Messages that come in pieces, over a line that carries no whole one."""

import base64
import binascii
from dataclasses import dataclass, field

from sync import wire


@dataclass
class Message:
    """One message in the making."""

    digest: str
    of: int
    parts: dict[int, bytes] = field(default_factory=dict)


class Shelf:
    """Of every village the one message it is sending; kept in memory, and sent again where the server starts anew."""

    def __init__(self) -> None:
        self._messages: dict[str, Message] = {}

    def put(self, village: str, digest: str, place: tuple[int, int], part: str) -> bytes | None:
        """Keep a piece; the whole body where no other lacks.

        Args:
            digest: of the whole body.
            place: which piece it is, from 0, and of how many.
            part: the piece in base64.

        Raises:
            WireError: not a piece, or the whole is not what was announced.
        """
        number, of = place
        try:
            piece = base64.b64decode(part, validate=True)
        except (binascii.Error, ValueError) as error:
            raise wire.WireError("not base64") from error
        if not piece or not number < of:
            raise wire.WireError("not a piece")
        message = self._messages.get(village)
        if message is None or (message.digest, message.of) != (digest, of):
            message = self._messages[village] = Message(digest, of)
        message.parts[number] = piece
        if sum(map(len, message.parts.values())) > wire.MOST_PACKED:
            del self._messages[village]
            raise wire.TooLargeError("packed")
        if len(message.parts) < of:
            return None
        # The whole stays: the answer to the last piece may be lost, and then that piece comes once more.
        body = b"".join(message.parts[n] for n in range(of))
        if wire.digest(body) != digest:
            del self._messages[village]
            raise wire.WireError("not what was announced")
        return body
