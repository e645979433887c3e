"""A line of the last readings, small enough for a row. Drawn on the server: nothing to load, nothing to wait for."""

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from .figures import words

WIDTH, HEIGHT, EDGE, MOST = 112, 28, 4, 13


def sparkline(portrait) -> SafeString:
    """An SVG of at most thirteen days; what waits for confirmation or is disputed is a ring."""
    marks = {reading.on: (reading.value, reading.counts) for reading in portrait.readings if reading.is_newest}
    marks |= {on: (value, True) for on, value in portrait.series if not marks.get(on, (0, True))[1]}
    points = [(on, value, counts) for on, (value, counts) in sorted(marks.items()) if on <= portrait.day][-MOST:]
    if len(points) < 2:
        return mark_safe("")
    placed = place(points)
    solid = " ".join(f"{x},{y}" for x, y, counts in placed if counts)
    rings = [(x, y, "spark-ring") for x, y, counts in placed if not counts]
    last = next(((x, y, "spark-last") for x, y, counts in reversed(placed) if counts), None)
    return format_html(
        '<svg class="spark" viewBox="0 0 {0} {1}" width="{0}" height="{1}" role="img" aria-label="{2}">'
        '<polyline points="{3}"/>{4}</svg>',
        WIDTH, HEIGHT, spoken(points, portrait.definition), solid,
        format_html_join("", '<circle cx="{}" cy="{}" r="2.6" class="{}"/>', [*rings, *([last] if last else [])]),
    )  # fmt: skip


def place(points):
    """Coordinates by day and value, flat lines in the middle."""
    first, days = points[0][0], max((points[-1][0] - points[0][0]).days, 1)
    low, high = min(value for _on, value, _counts in points), max(value for _on, value, _counts in points)
    return [
        (
            round(EDGE + (WIDTH - 2 * EDGE) * (on - first).days / days, 1),
            round(
                HEIGHT / 2
                if high == low
                else HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * float((value - low) / (high - low)),
                1,
            ),
            counts,
        )
        for on, value, counts in points
    ]


def spoken(points, definition) -> str:
    return _("From %(first)s to %(last)s in %(count)s readings") % {
        "first": words(points[0][1], definition),
        "last": words(points[-1][1], definition),
        "count": len(points),
    }
