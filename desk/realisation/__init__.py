"""Realisation: what was received and spent up to a day, what is left, and which activities were not done, and why."""
