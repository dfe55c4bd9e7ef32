"""A real district server in a process of its own, and a line to it that can be made to fail."""

import http.client
import json
import socket
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sync import wire
from sync.server.enrolment import make_invite
from sync.server.store import open_store

VILLAGE = "35.22.12.2015"
EMPTY = {"inc": "0" * 32, "after": 0, "head": "0" * 32, "ops": [], "since": 0, "gen": 0, "v": 1}
"""A round of a desk that has nothing to say."""


def run_kabupaten(*words: object, status: int = 0) -> Any:
    """One command of `meja-kabupaten`; its answer."""
    command = [sys.executable, "-m", "sync.server.cli", *map(str, words), "--json"]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == status, run.stdout + run.stderr
    return json.loads(run.stdout.splitlines()[-1])


class District:
    """The server process on its own database."""

    def __init__(self, database: Path) -> None:
        self.database = database
        self.start()

    def start(self, port: int = 0) -> None:
        """Start the server and learn its address."""
        command = [sys.executable, "-m", "sync.server.cli", "serve", "--port", str(port), "--json"]
        self.process = subprocess.Popen([*command, "--database", str(self.database)], stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        self.url = str(json.loads(self.process.stdout.readline())["url"])

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.url.rsplit(":", 1)[1])

    def stop(self) -> None:
        """End the server."""
        self.process.terminate()
        self.process.wait()
        assert self.process.stdout is not None
        self.process.stdout.close()

    def invite(self, village: str = VILLAGE) -> str:
        """A code for a village, without the second a command takes to start."""
        return make_invite(open_store(self.database), village, "Pejambon")

    def ask(self, statement: str, *values: object) -> list[Any]:
        """Read the district's database past its server."""
        with sqlite3.connect(self.database) as file:
            return file.execute(statement, values).fetchall()

    def operations(self) -> int:
        """How many operations stand in its log."""
        return int(self.ask("SELECT count(*) FROM log")[0][0])


def post(district: District, verb: str, body: bytes, token: str = "") -> tuple[int, dict[str, Any], dict[str, str]]:
    """One POST as anyone can send it: status, message, headers."""
    connection = http.client.HTTPConnection("127.0.0.1", district.port)
    connection.request("POST", f"/v1/{verb}", body, {"Authorization": f"Bearer {token}"} if token else {})
    answer = connection.getresponse()
    came, headers = answer.read(), {name.lower(): value for name, value in answer.getheaders()}
    connection.close()
    return answer.status, wire.unpack(came), headers


class Proxy:
    """A line in between: counts requests and bytes, and does once to the next request what it is told.

    `cut_request` sends half a request on; `drop_answer` lets the server answer and hangs up; `half_answer` passes half
    of it; `twice` delivers a request two times; `error` and `captive` answer in the server's place. `most` cuts every
    connection that has carried so many bytes, up or down.
    """

    def __init__(self, port: int) -> None:
        self._upstream = port
        self.next: str = "pass"
        self.most: int | None = None
        self.requests = self.up = self.down = 0
        self.bodies: list[bytes] = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop taking connections; once more does nothing."""
        if self._thread.is_alive():
            # shutdown wakes the accept that close alone would leave waiting.
            self._socket.shutdown(socket.SHUT_RDWR)
            self._thread.join()
            self._socket.close()

    def reset(self) -> None:
        """Count from zero."""
        self.requests = self.up = self.down = 0

    def _accept(self) -> None:
        while True:
            try:
                client, _address = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        carried = 0
        with client:
            while request := _message(client):
                carried += len(request)
                if self.most is not None and carried > self.most:
                    return
                self.requests += 1
                self.up += len(request)
                self.bodies.append(request)
                what, self.next = self.next, "pass"
                answer = self._act(what, request)
                self.down += len(answer)
                carried += len(answer)
                if self.most is not None and carried > self.most:
                    client.sendall(answer[: self.most - carried])
                    return
                client.sendall(answer)
                if what != "pass" or not answer:
                    return

    def _act(self, what: str, request: bytes) -> bytes:
        acts: dict[str, Callable[[], bytes]] = {
            "pass": lambda: self._forward(request),
            "twice": lambda: self._forward(request) and self._forward(request),
            "drop_answer": lambda: self._forward(request)[:0],
            "half_answer": lambda: _half(self._forward(request)),
            "cut_request": lambda: self._send(request[: len(request) // 2]),
            "error": lambda: b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 3\r\nConnection: close\r\n\r\nbad",
            "redirect": lambda: b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n",
            "captive": lambda: (
                b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 18\r\n\r\n<p>Silakan login.</"
            )[:-1],
        }
        return acts[what]()

    def _forward(self, request: bytes) -> bytes:
        try:
            with socket.create_connection(("127.0.0.1", self._upstream)) as server:
                server.sendall(request)
                return _message(server)
        except OSError:
            return b""

    def _send(self, part: bytes) -> bytes:
        with socket.create_connection(("127.0.0.1", self._upstream)) as server:
            server.sendall(part)
        return b""


def _half(answer: bytes) -> bytes:
    head, _blank, body = answer.partition(b"\r\n\r\n")
    return head + b"\r\n\r\n" + body[: len(body) // 2]


def _message(end: socket.socket) -> bytes:
    """One HTTP message with a Content-Length; b"" where the other end hung up."""
    came = b""
    while b"\r\n\r\n" not in came:
        part = end.recv(65536)
        if not part:
            return b""
        came += part
    head, _blank, body = came.partition(b"\r\n\r\n")
    lengths = [line[15:] for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
    wanted = int(lengths[0]) if lengths else 0
    while len(body) < wanted:
        part = end.recv(65536)
        if not part:
            break
        body += part
    return head + b"\r\n\r\n" + body
