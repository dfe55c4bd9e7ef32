"""Requests on the screen: the start page, the register, the form, the record."""
