"""The district server: what every village told it, and nothing it should not know."""
