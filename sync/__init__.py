"""The line between a village desk and its district."""
