"""What a person said the columns of a form of table hold, kept on this PC for the next file of the same form."""

import json
from dataclasses import dataclass

from sqlalchemy import Connection, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from desk.store import Row


class TableLayout(Row):
    """One form of table a person corrected the columns of; it never leaves this PC."""

    __tablename__ = "table_layout"

    fingerprint: Mapped[str] = mapped_column(unique=True)
    """`Heading.layout` of the form."""
    roles: Mapped[str]
    """What each column holds, as a JSON list in the order of the columns; "" is not used."""


@dataclass(frozen=True)
class RememberColumns:
    """The columns of a form were corrected, and a file of it was accepted with the correction."""

    fingerprint: str
    roles: tuple[str, ...]

    def run(self, session: Session) -> bytes:
        """Keep it in place of what was kept before; the id of the row."""
        row = session.scalars(select(TableLayout).where(TableLayout.fingerprint == self.fingerprint)).one_or_none()
        roles = json.dumps(self.roles)
        if row is None:
            row = TableLayout(fingerprint=self.fingerprint, roles=roles)
            session.add(row)
        elif row.roles != roles:
            row.roles = roles
        session.flush()
        return row.id


def remembered(conn: Connection) -> dict[str, tuple[str, ...]]:
    """What was said of each form's columns, by the form's fingerprint."""
    found = conn.execute(select(TableLayout.fingerprint, TableLayout.roles))
    return {fingerprint: tuple(json.loads(roles)) for fingerprint, roles in found}
