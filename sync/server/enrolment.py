"""How a village's PC joins: a one-time code, then a token of its own that the district can take back."""

import hashlib
import secrets
import time
from collections import deque
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Engine, func, insert, select, update

from sync.server.store import device, invite, row, village

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Of a code; none that is mistaken for another when it is read out over the phone."""
CODE_LENGTH = 16
"""32 letters to the 16th: 80 bits."""
VALID_HOURS = 72
TRIES_A_MINUTE = 5


class Refusal(Exception):  # noqa: N818 (an answer to a person, not a fault of the program)
    """Why a desk may not join: a word for the program that asked, which has the sentence for its person."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status, self.reason = status, reason


@dataclass
class Brake:
    """Counts wrong codes, from one address and from all, over the last minute."""

    wrong: deque[tuple[float, str]] = field(default_factory=deque)

    def check(self, address: str) -> None:
        """Refuse where too many wrong codes came lately."""
        before = time.monotonic() - 60
        while self.wrong and self.wrong[0][0] < before:
            self.wrong.popleft()
        mine = sum(known == address for _when, known in self.wrong)
        if mine >= TRIES_A_MINUTE or len(self.wrong) >= 10 * TRIES_A_MINUTE:
            raise Refusal(429, "slow_down")

    def count(self, address: str) -> None:
        """Remember a wrong code."""
        self.wrong.append((time.monotonic(), address))


def hashed(secret: str) -> bytes:
    """A secret as it is kept."""
    return hashlib.sha256(secret.encode()).digest()


def bare(code: str) -> str:
    """A code as it is compared: capital letters and digits only."""
    return "".join(ch for ch in code.upper() if ch.isalnum())


def make_invite(engine: Engine, code: str, name: str) -> str:
    """A new code for a village, in groups of four; earlier unused ones of that village end."""
    letters = "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))
    with engine.begin() as conn:
        if conn.execute(select(village.c.code).where(village.c.code == code)).first() is None:
            conn.execute(insert(village).values(code=code, name=name, rev=0, gen=1))
        elif name:
            conn.execute(update(village).where(village.c.code == code).values(name=name))
        now = int(time.time())
        unused = (invite.c.village == code, invite.c.used.is_(None))
        conn.execute(update(invite).where(*unused).values(expires=now))
        conn.execute(insert(invite).values(code_hash=hashed(letters), village=code, expires=now + VALID_HOURS * 3600))
    return "-".join(letters[i : i + 4] for i in range(0, CODE_LENGTH, 4))


def enrol(engine: Engine, code: str, inc: str, claimed: str) -> dict[str, Any]:
    """Use a code: `{village, name, device, token, gen, letters}`.

    A desk that never got the answer may ask again with the same code and gets another token for the same device.

    Args:
        code: as somebody typed it.
        inc: the incarnation of the desk that asks.
        claimed: the village the desk already serves; "" for an empty desk.

    Raises:
        Refusal: the code is wrong, used, over or another village's, or the village's PC has joined already.
    """
    now = int(time.time())
    with engine.begin() as conn:
        mine = invite.c.code_hash == hashed(bare(code))
        found = conn.execute(select(invite).where(mine, invite.c.expires > now)).one_or_none()
        if found is None:
            raise Refusal(403, "code")
        if claimed and claimed != found.village:
            raise Refusal(409, "other_village")
        active = select(device.c.id, device.c.inc).where(device.c.village == found.village, device.c.revoked.is_(None))
        at_work = conn.execute(active).one_or_none()
        # Asked again for a lost answer; a PC whose right was taken back does not come in by its old code.
        again = at_work is not None and found.used_by == at_work.inc == inc
        if found.used is not None and not again:
            raise Refusal(403, "code")
        if at_work is not None and at_work.inc != inc:
            raise Refusal(409, "second_pc")
        token, joined = secrets.token_urlsafe(32), at_work.id if at_work else secrets.token_hex(8)
        if at_work:
            conn.execute(update(device).where(device.c.id == joined).values(token_hash=hashed(token)))
        else:
            values = {"id": joined, "village": found.village, "inc": inc, "token_hash": hashed(token), "since": now}
            conn.execute(insert(device).values(**values))
        conn.execute(update(invite).where(mine).values(used=found.used or now, used_by=inc))
        place = conn.execute(select(village.c.name, village.c.gen).where(village.c.code == found.village)).one()
        return {
            "village": found.village, "name": place.name, "device": joined, "token": token, "gen": place.gen,
            "letters": _letters(conn, found.village),
        }  # fmt: skip


def _letters(conn: Connection, code: str) -> list[str]:
    """Series letters of the register numbers this village has already given out."""
    series = func.json_extract(row.c.doc, "$.series")
    used = select(series).where(row.c.village == code, row.c.entity == "request", series.is_not(None)).distinct()
    return sorted(conn.execute(used).scalars())


def village_of(conn: Connection, token: str) -> str | None:
    """The village a token speaks for; None for one that is unknown or taken back."""
    mine = select(device.c.village).where(device.c.token_hash == hashed(token), device.c.revoked.is_(None))
    return conn.execute(mine).scalar_one_or_none()


def revoke(engine: Engine, name: str) -> bool:
    """Take a device's token back; False where there is no such device at work."""
    at_work = (device.c.id == name, device.c.revoked.is_(None))
    with engine.begin() as conn:
        return conn.execute(update(device).where(*at_work).values(revoked=int(time.time()))).rowcount == 1
