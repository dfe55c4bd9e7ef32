"""The page of the public list and of what is exempt from it."""
