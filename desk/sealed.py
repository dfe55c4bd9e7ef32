"""Whether everything entrusted to the desk can still be opened, and every file is as it was; nothing of it is told."""

from collections.abc import Iterator
from gettext import gettext as _
from pathlib import Path

from sqlalchemy import Connection, select

from desk import files
from desk.attachments import needed
from desk.foi.rules import about
from desk.foi.tables import Applicant, Request
from desk.objections.tables import Objection, ObjectionProxy
from desk.privacy.queries import sealed_to
from desk.privacy.tables import BreachPerson
from desk.seal import KEY_BYTES, KeyLost, Seal, SealBroken
from desk.vault import seal_of


def check(conn: Connection, folder: Path) -> list[str]:
    """What cannot be opened any more, is missing or was altered, as sentences; empty where all is well."""
    identities, kept = list(_identities(conn)), needed(conn)
    problems: dict[str, None] = {}
    # It opens nothing: files that are not sealed need no key.
    seal = Seal(bytes(KEY_BYTES))
    if identities or any(row.is_sealed for row in kept):
        try:
            seal = seal_of(conn)
        except KeyLost as error:
            problems[str(error)] = None
            identities, kept = [], [row for row in kept if not row.is_sealed]
    for where, what, sealed in identities:
        try:
            seal.open(sealed, what)
        except KeyLost as error:
            problems[str(error)] = None
        except SealBroken:
            said = _("Identitas pada {record} rusak atau diubah; ambil dari cadangan.")
            problems[said.format(record=where)] = None
    return [*problems, *files.check(folder, kept, seal)]


def _identities(conn: Connection) -> Iterator[tuple[str, bytes, bytes]]:
    """The record as a person knows it, what its sealed row belongs to, and the sealed row itself."""
    record = _("permohonan {label}")
    applicants = select(Request.label, Applicant.request, Applicant.sealed).join(
        Request, Request.id == Applicant.request
    )
    for label, request, sealed in conn.execute(applicants):
        yield record.format(label=label), about(request), sealed
    proxies = (
        select(Request.label, ObjectionProxy.objection, ObjectionProxy.sealed)
        .join(Objection, Objection.id == ObjectionProxy.objection)
        .join(Request, Request.id == Objection.request)
    )
    for label, objection, sealed in conn.execute(proxies):
        yield record.format(label=label), b"objection_proxy:" + objection, sealed
    named = select(BreachPerson.id, BreachPerson.sealed).where(BreachPerson.request.is_(None))
    for person, sealed in conn.execute(named):
        yield _("catatan kebocoran data"), sealed_to(person), sealed
