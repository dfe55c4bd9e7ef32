"""What a person at the desk is told when something is refused, and the largest amount; imported before any library."""

LARGEST_SEN = 10**17
"""Amounts stay below a quadrillion rupiah, far under the 64 bits SQLite sums with."""


class DeskError(Exception):
    """A sentence for the person at the desk, with a next step; anything else that is raised is a bug."""
