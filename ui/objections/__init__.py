"""Objections on the screen: the register, the record with its acts, the form."""
