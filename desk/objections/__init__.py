"""Objections to the superior of the PPID, and the dispute that may follow."""
