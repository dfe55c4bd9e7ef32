"""The registers and the annual report on the screen, on paper and as spreadsheets."""
