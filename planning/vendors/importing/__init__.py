"""Contracts, or vendors and their spellings, out of somebody's list: which column is what, what each row would do, and
doing it."""
