"""Contracts out of somebody's register: which column is what, what each row would do, and doing it."""
