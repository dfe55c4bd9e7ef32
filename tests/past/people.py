"""The invented people in the old data, so that a test can look for each of them in every byte."""

FIRST = ("Wagiman", "Sumiyati", "Kasbolah", "Ngatinem", "Parjiono", "Rukayah")
LAST = ("Contohwati", "Rekaprana", "Umpamadi", "Misalkarta", "Bayangsih")

NAMES = tuple(f"{first} {last}" for first in FIRST for last in LAST)
NIKS = tuple(f"35221{place:02d}55506{9100 + place}" for place in range(len(NAMES)))
PHONES = tuple(f"0899-7{place:03d}-{5500 + place}" for place in range(len(NAMES)))
ADDRESSES = tuple(f"Gang Khayal {place + 101} RT 09" for place in range(len(NAMES)))
SECRETS = tuple(word for person in zip(NAMES, NIKS, PHONES, ADDRESSES, strict=True) for word in person)
"""What must not be found in clear."""
