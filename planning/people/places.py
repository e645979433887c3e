"""Addresses inside a workspace."""

from django.urls import reverse


def place(workspace, name: str, *args) -> str:
    """The path of the page `name` ("purchases:purchase") in this workspace."""
    return reverse(name, args=[workspace.slug, *args])
