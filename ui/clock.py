"""The PC's clock, the one place it is read for the window and the command line."""

import datetime as dt


def now() -> dt.datetime:
    """This moment, in the PC's zone."""
    return dt.datetime.now().astimezone()
