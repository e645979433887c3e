"""Budget lines out of somebody's spreadsheet: which column is what, what each row would do, and doing it."""
