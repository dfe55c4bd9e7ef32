"""The tables of a Siskeudes file, taken out by whitelist: of an Access database, or of csv in a zip or a folder."""
