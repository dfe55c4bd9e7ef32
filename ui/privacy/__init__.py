"""The page Data pribadi."""
