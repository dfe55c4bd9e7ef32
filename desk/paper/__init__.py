"""Papers: frozen records in, PDF bytes out; the only room with ReportLab, and records and queries do without it."""
