"""WCAG 2.2 AA, measured on the tokens themselves: 4.5 : 1 for words, 3 : 1 for what only has to be seen."""

import re

import pytest
from django.conf import settings

TOKENS = {
    name: (light, dark)
    for name, light, dark in re.findall(
        r"--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)",
        (settings.BASE_DIR / "static/css/tokens.css").read_text(),
    )
}
GROUNDS = ["paper", "surface", "raised", "sunken"]
STATUS = ["achieved", "green", "amber", "red", "unknown", "marketing", "technology", "other"]
WORDS = [
    *((ink, ground) for ink in ("ink", "ink-soft", "ink-faint") for ground in GROUNDS),
    *((tone, f"{tone}-soft") for tone in STATUS),
    *((tone, "surface") for tone in STATUS),
    *(("ink", f"{tone}-soft") for tone in STATUS),
    ("on-accent", "accent"),
    ("on-accent", "accent-hover"),
    ("surface", "red"),
]
SHAPES = [
    *(("rule-firm", ground) for ground in ("paper", "surface")),
    *(("focus", ground) for ground in GROUNDS),
    *((tone, "paper") for tone in STATUS),
]


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted([luminance(one), luminance(other)])
    return (lighter + 0.05) / (darker + 0.05)


def too_weak(pairs, theme: int, least: float) -> dict:
    measured = {pair: contrast(TOKENS[pair[0]][theme], TOKENS[pair[1]][theme]) for pair in pairs}
    return {pair: round(ratio, 2) for pair, ratio in measured.items() if ratio < least}


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_words_can_be_read(theme):
    assert too_weak(WORDS, theme, 4.5) == {}


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_borders_focus_and_shapes_can_be_seen(theme):
    assert too_weak(SHAPES, theme, 3) == {}


def seen_without_green(colour: str) -> tuple:
    """As someone with deuteranopia sees it (Machado, Oliveira and Fernandes, 2009)."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    rows = ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881))
    return tuple(row[0] * red + row[1] * green + row[2] * blue for row in rows)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_the_two_sides_differ_for_those_who_do_not_see_green(theme):
    left, right = (seen_without_green(TOKENS[side][theme]) for side in ("marketing", "technology"))
    assert sum((one - other) ** 2 for one, other in zip(left, right, strict=True)) ** 0.5 > 50
