"""Addresses of the room, by what they are about; `urls.py` takes them in."""
