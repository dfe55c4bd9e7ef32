"""The desk's end of the line."""
