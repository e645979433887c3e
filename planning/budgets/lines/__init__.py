"""A line as it is said, shown and changed: its money, its months, its finer words."""
