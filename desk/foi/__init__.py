"""Information requests of citizens: registered, answered within the legal time, never lost."""
