"""The public list of information (DIP), and what is exempt from it, since when and for how long."""
