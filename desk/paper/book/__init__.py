"""Books: registers of two thousand rows, the public list, the annual report; records in, PDF bytes out."""
