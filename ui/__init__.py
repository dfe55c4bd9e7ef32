"""Everything a person meets: the window, and the command line for scripts and district staff."""
