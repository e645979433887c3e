"""Agreed money that moves between lines."""
