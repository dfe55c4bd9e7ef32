"""The page of the village's budget."""
