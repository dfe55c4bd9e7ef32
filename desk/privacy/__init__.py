"""What the village owes the people whose data it keeps (UU 27/2022): telling of a breach, and letting go in time."""
