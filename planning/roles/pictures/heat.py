"""Where are people asked and told? The C and I of each role in each area; where it glows, deciding is slow."""

from dataclasses import dataclass

STEPS = 4  # shades above nothing


@dataclass
class Heat:
    """`rows` is [(area, [(count, shade 0-4)] by column, sum)]."""

    columns: list
    rows: list
    most: int


def heat_of(grid) -> Heat:
    rows = []
    for area, activities in grid.areas:
        counts = [
            sum(letter in "CI" for row in activities for letter in row.letters.get(column.role.pk, ""))
            for column in grid.columns
        ]
        rows.append((area, counts))
    most = max((count for _area, counts in rows for count in counts), default=0)
    shaded = [(area, [(count, shade(count, most)) for count in counts], sum(counts)) for area, counts in rows]
    return Heat(grid.columns, shaded, most)


def shade(count: int, most: int) -> int:
    return -(-count * STEPS // most) if count else 0
