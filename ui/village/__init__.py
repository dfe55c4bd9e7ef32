"""The first-run pages and the forms of the village's data; the settings use the same forms."""
