"""What the village publishes as data: its budget as a workbook, csv and Data Package, its activities as OC4IDS."""
