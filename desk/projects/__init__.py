"""The village's activities: what is built or done, where, for how much, by whom, and how far it is."""
