"""The page of the village's activities."""
