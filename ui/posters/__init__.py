"""Posters for the notice board: choose, look, mend, print."""
