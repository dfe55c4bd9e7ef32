"""The letters a village sends: their numbers, and which paper belongs to which step."""
