"""The village itself: its name and code, who holds office, when the desk is open."""
