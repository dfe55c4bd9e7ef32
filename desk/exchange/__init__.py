"""Spreadsheets in: what a village office saved, read without trusting it."""
