"""The books of the desk over a stretch of time: what stood in them on a day, who made one with names, the report."""
