"""What happens when two PCs wrote to one row: pure rules, the same on both sides of the line.

The unit is a group of fields that mean one thing (`group` in the catalogue). An operation conflicts where its group
has a newer revision, written by another incarnation, with another value; equal values merge. Measured against
field-by-field merging, which flags a desk's own second edit and mixes two decisions into nonsense.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Groups = Mapping[str, str]
"""Field -> group; a field no edition knows yet is a group of its own."""


@dataclass(frozen=True)
class Held:
    """A row as the district holds it; `stamps` tells of each group the revision and the incarnation that wrote it."""

    doc: Mapping[str, Any] = field(default_factory=dict)
    stamps: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    deleted: bool = False


@dataclass(frozen=True)
class Merged:
    """The row afterwards, and the fields that were not taken because somebody else had changed their group."""

    row: Held
    refused: Mapping[str, Any] = field(default_factory=dict)
    deletion_refused: bool = False

    @property
    def in_conflict(self) -> bool:
        """Whether a person has to decide something."""
        return bool(self.refused) or self.deletion_refused


def write(held: Held, values: Mapping[str, Any], groups: Groups, base: int, stamp: tuple[int, str]) -> Merged:
    """Put fields into a row, group by group.

    Args:
        held: the row before; an empty one for a new row.
        values: fields the operation sets.
        groups: which fields mean one thing.
        base: the revision the writer had seen.
        stamp: revision and incarnation of this operation.
    """
    by_group: dict[str, dict[str, Any]] = {}
    for name, value in values.items():
        by_group.setdefault(groups.get(name, name), {})[name] = value
    doc, stamps, refused = dict(held.doc), dict(held.stamps), {}
    for group, fields in by_group.items():
        revision, writer = held.stamps.get(group, (0, stamp[1]))
        changed = any(held.doc.get(name) != value for name, value in fields.items())
        if revision > base and writer != stamp[1] and changed:
            refused.update(fields)
        else:
            doc.update(fields)
            stamps[group] = stamp
    return Merged(Held(doc, stamps), refused)


def remove(held: Held, base: int, stamp: tuple[int, str]) -> Merged:
    """Take a row away, unless somebody else edited it meanwhile: the edit wins and is shown."""
    edited = any(revision > base and writer != stamp[1] for revision, writer in held.stamps.values())
    if edited and not held.deleted:
        return Merged(held, deletion_refused=True)
    return Merged(Held(held.doc, dict.fromkeys(held.stamps, stamp), deleted=True))
