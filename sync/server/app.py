"""The district server: four verbs over HTTP, each bounded in size and time."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from logging import getLogger
from typing import Annotated, Any

from fastapi import FastAPI, Request, Response
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from sqlalchemy import Engine
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect

from sync import wire
from sync.server import enrolment, rounds
from sync.server.enrolment import Brake, Refusal
from sync.server.pieces import Shelf

BODY_SECONDS = 60
"""For a whole body; 256 kB at the 64 kbit/s of a village take half of it."""

Count = Annotated[int, Field(ge=0, lt=2**53)]


class SyncMessage(BaseModel):
    """`POST /v1/sync`: what a desk says (sync.md section 3)."""

    model_config = ConfigDict(strict=True, extra="ignore")

    inc: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
    after: Count
    head: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
    ops: Annotated[list[dict[str, Any]], Field(max_length=wire.MOST_OPERATIONS)]
    since: Count
    gen: Count
    v: Annotated[int, Field(ge=1)]
    room: Count = rounds.FEED_BYTES
    """Bytes of JSON in the answer's page that the line of this desk carries between two cuts."""


class PieceMessage(BaseModel):
    """`POST /v1/piece`: a part of a body of `/v1/sync`, for a line that carries no whole one."""

    model_config = ConfigDict(strict=True, extra="ignore")

    digest: Annotated[str, Field(max_length=100)]
    n: Annotated[int, Field(ge=0)]
    of: Annotated[int, Field(ge=1, le=wire.MOST_PACKED // wire.PIECE + 1)]
    part: Annotated[str, Field(max_length=2 * wire.PIECE)]


class EnrolMessage(BaseModel):
    """`POST /v1/enrol`: the code as somebody typed it, and who asks."""

    model_config = ConfigDict(strict=True, extra="ignore")

    code: Annotated[str, Field(max_length=100)]
    inc: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
    village: Annotated[str, Field(max_length=13)]


def create_app(engine: Engine, slow_body: float = BODY_SECONDS) -> FastAPI:
    """The ASGI application on an open store."""
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    catalogue = wire.catalogue()
    brake, shelf = Brake(), Shelf()

    async def enrol(request: Request) -> Response:
        address = request.client.host if request.client else ""
        brake.check(address)
        message = EnrolMessage.model_validate(await _body(request, slow_body))
        try:
            return _answer(await run_in_threadpool(enrolment.enrol, engine, message.code, message.inc, message.village))
        except Refusal as refusal:
            if refusal.status == 403:
                brake.count(address)
            raise

    async def sync(request: Request) -> Response:
        code = await run_in_threadpool(_village, engine, request)
        return await exchange(code, await _body(request, slow_body))

    async def piece(request: Request) -> Response:
        code = await run_in_threadpool(_village, engine, request)
        said = PieceMessage.model_validate(await _body(request, slow_body))
        body = shelf.put(code, said.digest, (said.n, said.of), said.part)
        return _answer({"n": said.n}) if body is None else await exchange(code, wire.unpack(body))

    async def exchange(code: str, message: dict[str, Any]) -> Response:
        said = SyncMessage.model_validate(message)
        sent = rounds.Round(
            said.inc, said.after, bytes.fromhex(said.head), tuple(said.ops), said.since, said.gen, said.v, said.room
        )
        return _answer(await run_in_threadpool(rounds.exchange, engine, code, sent, catalogue))

    async def state(request: Request) -> Response:
        code = await run_in_threadpool(_village, engine, request)
        return _answer(await run_in_threadpool(rounds.state, engine, code))

    for path, verb in (("enrol", enrol), ("sync", sync), ("piece", piece), ("state", state)):
        app.add_api_route(f"/v1/{path}", _guarded(verb), methods=["GET" if verb is state else "POST"])
    return app


def _guarded(verb: Callable[[Request], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
    """Turn whatever goes wrong into a status and a word; the story stays in the server's own log."""

    async def guarded(request: Request) -> Response:
        try:
            return await verb(request)
        except Refusal as refusal:
            return _answer({"error": refusal.reason}, refusal.status)
        except TimeoutError:
            return _answer({"error": "slow"}, 408)
        except wire.TooLargeError:
            return _answer({"error": "size"}, 413)
        except (wire.WireError, ValidationError):
            return _answer({"error": "message"}, 400)
        except ClientDisconnect:
            return Response(status_code=400)
        except Exception:
            number = secrets.token_hex(4)
            getLogger("meja.kabupaten").exception("error %s", number)
            return _answer({"error": "server", "number": number}, 500)

    return guarded


async def _body(request: Request, seconds: float) -> dict[str, Any]:
    """The message in a request, within time and size.

    Raises:
        TimeoutError, WireError, Refusal: too slow, not a message, too large.
    """
    body = b""
    async with asyncio.timeout(seconds):
        async for chunk in request.stream():
            body += chunk
            if len(body) > wire.MOST_PACKED:
                raise Refusal(413, "size")
    return wire.unpack(body)


def _village(engine: Engine, request: Request) -> str:
    kind, _space, token = request.headers.get("authorization", "").partition(" ")
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as conn:
        code = enrolment.village_of(conn, token) if kind == "Bearer" and token else None
    if code is None:
        raise Refusal(401, "token")
    return code


def _answer(message: dict[str, Any], status: int = 200) -> Response:
    body = wire.pack(message)
    headers = {"content-digest": wire.digest(body), "cache-control": "no-store"}
    return Response(body, status, headers, wire.MEDIA_TYPE)
