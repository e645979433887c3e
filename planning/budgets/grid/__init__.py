"""The year on one page, edited like a spreadsheet: a window of lines, and what a block of cells changes."""
