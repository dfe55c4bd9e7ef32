"""The line to the district: join once, then send when there is a line."""
