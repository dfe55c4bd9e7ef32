"""`meja-kabupaten`: the district server and its administration."""

import argparse
import csv
import json
import os
import re
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import platformdirs
import uvicorn
from sqlalchemy import Engine, func, select
from sqlalchemy.exc import DBAPIError

import resources
from sync.arguments import MisusedError, Parser
from sync.server import enrolment
from sync.server.app import create_app
from sync.server.line import DistrictProtocol
from sync.server.store import StoreError, device, log, open_store, village

Answer = dict[str, Any]


class Wrong(Exception):  # noqa: N818 (a sentence for the person at the terminal)
    """What was asked cannot be done, and what to do instead."""


def main() -> int:
    """Run one command; 0 only where it did what was asked and somebody heard it."""
    try:
        status = _run(sys.argv[1:])
        sys.stdout.flush()
    except BrokenPipeError:
        # Nobody reads any more (`meja-kabupaten villages | head`); Python would complain once more on its way out.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return status


def _run(arguments: list[str]) -> int:
    try:
        options = _parser().parse_args(arguments)
    except MisusedError as error:
        return _refuse(str(error), is_json="--json" in arguments) + 1
    path = options.database or platformdirs.user_data_path("meja-desa", appauthor=False) / "kabupaten.db"
    try:
        answer = options.run(options, open_store(path), path)
    except BrokenPipeError:
        raise
    except (Wrong, StoreError, OSError, DBAPIError) as error:
        return _refuse(_sentence(error, path), is_json=options.json)
    answer = {**answer, "database": str(path)}
    print(json.dumps(answer, ensure_ascii=False) if options.json else _plain(answer))
    return 0


def _sentence(error: Exception, path: Path) -> str:
    """What the person at the terminal reads."""
    if isinstance(error, Wrong | StoreError):
        return str(error)
    reason = error.strerror if isinstance(error, OSError) else getattr(error, "orig", error)
    return f"Tidak berhasil dengan {path}: {reason}. Periksa berkas, disk dan hak tulisnya, lalu coba lagi."


def _refuse(sentence: str, *, is_json: bool) -> int:
    """Say what stands in the way; the exit status of a command that could not be done."""
    if is_json:
        print(json.dumps({"error": sentence}, ensure_ascii=False))
    print(sentence, file=sys.stderr)
    return 1


def _parser() -> argparse.ArgumentParser:
    top = Parser(prog="meja-kabupaten", description="Server kabupaten untuk Meja Desa.")
    commands = top.add_subparsers(required=True, metavar="PERINTAH")

    def command(name: str, run: Callable[..., Answer], what: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=what, description=what)
        sub.add_argument("--database", type=Path, metavar="BERKAS", help="berkas SQLite server")
        sub.add_argument("--json", action="store_true", help="jawab satu objek JSON di baris terakhir")
        sub.set_defaults(run=run)
        return sub

    sub = command("serve", serve, "jalankan server sampai dihentikan")
    sub.add_argument(
        "--host", metavar="ALAMAT", default="127.0.0.1", help="di depan internet, pasang nginx atau Caddy untuk https"
    )
    sub.add_argument("--port", type=int, metavar="NOMOR", default=8622, help="0: pilih sendiri yang kosong")
    sub = command("invite", invite, "buat kode sekali pakai untuk satu desa")
    sub.add_argument("village", metavar="DESA", help="kode desa, misalnya 35.22.12.2015")
    sub.add_argument("--name", default="", metavar="NAMA", help="nama desa, bila di luar Bojonegoro")
    command("villages", villages, "desa yang diundang atau tersambung")
    sub = command("revoke", revoke, "cabut hak satu komputer")
    sub.add_argument("device", metavar="KOMPUTER", help="seperti yang ditulis `villages`")
    return top


def serve(options: argparse.Namespace, engine: Engine, path: Path) -> Answer:
    """Serve until stopped; the address is printed once connections are taken."""
    with socket.socket(socket.AF_INET6 if ":" in options.host else socket.AF_INET) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((options.host, options.port))
        # From here on a desk that connects waits in the queue, so the address may be told.
        listening.listen(2048)
        host, port = listening.getsockname()[:2]
        url = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
        told = {"url": url, "database": str(path)}
        print(json.dumps(told) if options.json else _plain(told), flush=True)
        settings = uvicorn.Config(
            create_app(engine), log_level="warning", access_log=False, server_header=False, lifespan="off",
            timeout_keep_alive=75, limit_concurrency=500, http=DistrictProtocol,
        )  # fmt: skip
        uvicorn.Server(settings).run(sockets=[listening])
    return {"url": url}


def invite(options: argparse.Namespace, engine: Engine, path: Path) -> Answer:
    """Make a code for a village."""
    digits = options.village.replace(".", "")
    if not re.fullmatch(r"\d{6}[1-9]\d{3}", digits, re.ASCII):
        raise Wrong("Kode desa terdiri dari 10 angka, misalnya 35.22.12.2015.")
    code = ".".join((digits[:2], digits[2:4], digits[4:6], digits[6:]))
    name = options.name.strip() or _name_of(code)
    if not name:
        raise Wrong("Kode ini di luar daftar Bojonegoro. Tambahkan --name NAMA.")
    return {"village": code, "name": name, "code": enrolment.make_invite(engine, code, name)}


def _name_of(code: str) -> str:
    table = csv.DictReader(resources.path("regions.csv").read_text(encoding="utf-8").splitlines())
    return next((row["name"] for row in table if row["code"] == code), "")


def villages(options: argparse.Namespace, engine: Engine, path: Path) -> Answer:
    """Every village with its PCs and how much came from it."""
    with engine.connect() as conn:
        came = select(log.c.village, func.count(), func.max(log.c.at)).group_by(log.c.village)
        operations = {code: (count, last) for code, count, last in conn.execute(came)}
        pcs: dict[str, list[Answer]] = {}
        for pc in conn.execute(select(device).order_by(device.c.since)):
            pcs.setdefault(pc.village, []).append(
                {"device": pc.id, "since": _day(pc.since), "revoked": bool(pc.revoked)}
            )
        found = [
            {
                "village": place.code,
                "name": place.name,
                "devices": pcs.get(place.code, []),
                "operations": operations.get(place.code, (0, None))[0],
                "last": _day(operations[place.code][1]) if place.code in operations else None,
            }
            for place in conn.execute(select(village).order_by(village.c.code))
        ]
    return {"villages": found}


def revoke(options: argparse.Namespace, engine: Engine, path: Path) -> Answer:
    """Take a PC's right to sync back, at once."""
    if not enrolment.revoke(engine, options.device):
        raise Wrong("Tidak ada komputer dengan tanda itu. Lihat `meja-kabupaten villages`.")
    return {"revoked": options.device}


def _day(seconds: int) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))


def _plain(answer: Answer) -> str:
    listed = answer.get("villages")
    if listed is None:
        return "\n".join(f"{name}: {value}" for name, value in answer.items())
    lines = [f"{v['village']}  {v['name']}  {v['operations']} catatan  terakhir {v['last'] or '-'}" for v in listed]
    pcs = [[f"    {p['device']} sejak {p['since']}{' dicabut' * p['revoked']}" for p in v["devices"]] for v in listed]
    told = [text for line, rest in zip(lines, pcs, strict=True) for text in (line, *rest)]
    return "\n".join([*told, f"database: {answer['database']}"])


if __name__ == "__main__":
    sys.exit(main())
