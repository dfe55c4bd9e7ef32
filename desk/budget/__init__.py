"""APBDes: the village budget and its amendments, line by line, and what was spent of it."""
