"""The server's end of a connection: an answer leaves as one segment, and a head that drips is not waited for."""

import asyncio
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

HEAD_SECONDS = 20
"""For the head of a connection's first request; uvicorn itself waits for ever."""


class Gathered:
    """A transport that sends what is written in one turn of the loop together.

    Head and body written apart cost a round trip on a slow line (sync.md section 2).
    """

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        self._transport, self._loop, self._parts = transport, loop, bytearray()

    def write(self, data: bytes) -> None:
        """Keep it until the loop turns."""
        if not self._parts:
            self._loop.call_soon(self._flush)
        self._parts += data

    def close(self) -> None:
        """Send what is left and hang up."""
        self._flush()
        self._transport.close()

    def _flush(self) -> None:
        if self._parts:
            self._transport.write(bytes(self._parts))
            self._parts.clear()

    def __getattr__(self, name: str) -> Any:
        """Everything else is the transport's own."""
        return getattr(self._transport, name)


class DistrictProtocol(H11Protocol):
    """HTTP/1.1 as uvicorn speaks it, over gathered writes."""

    def connection_made(self, transport: Any) -> None:
        """Take a connection, and let go of it where no request comes."""
        super().connection_made(Gathered(transport, self.loop))  # type: ignore[arg-type]
        self.loop.call_later(HEAD_SECONDS, self._hang_up_if_silent)

    def _hang_up_if_silent(self) -> None:
        if self.cycle is None and not self.transport.is_closing():
            self.transport.close()
