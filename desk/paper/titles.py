"""Titles of budget lines, as a reader of a poster reads them."""


def sentence_case(title: str) -> str:
    """A title that files print in capitals as a reader reads it; any other as it was written."""
    if not title.isupper():
        return title
    small = ("dan", "di", "yang", "atas", "untuk", "dari", "dll")
    return " ".join(word if word in small else word.capitalize() for word in title.lower().split(" "))
