"""The arrows of the aisle as curves: x in percent of its width, y in pixels, so that it stretches with the page."""

from dataclasses import dataclass

RISE = 44
HEAD_ROOM = 2.4
HEAD_DOWN = 10
LABEL_WIDE, LABEL_HIGH = 20, 24
TRIED = (0.3, 0.22, 0.4, 0.5, 0.14, 0.6, 0.7, 0.8, 0.88)


@dataclass(frozen=True)
class Touch:
    """Where an arrow meets a person: at the left (0) or right (100) edge of the aisle, or from above at its foot."""

    x: float
    y: float
    foot: bool = False

    def moved(self, by: float) -> "Touch":
        """A little beside the person's middle, so that several arrows do not lie on each other."""
        return Touch(self.x + by / 4, self.y, True) if self.foot else Touch(self.x, self.y + by)

    def toward(self, bend: float) -> tuple:
        """The handle of the curve here: up from the foot, into the aisle from an edge."""
        return (self.x, self.y - RISE) if self.foot else (bend, self.y)

    @property
    def tip(self) -> tuple:
        """Where the line ends below its head."""
        if self.foot:
            return (self.x, self.y - HEAD_DOWN)
        return (self.x - HEAD_ROOM if self.x else HEAD_ROOM, self.y)

    @property
    def turn(self) -> int:
        """Degrees by which a head that points right is turned."""
        return 90 if self.foot else 0 if self.x else 180


def points(start: Touch, end: Touch) -> list[tuple]:
    """The four points of the cubic curve from `start` to `end`; two people of one side are joined by a bow."""
    bend = 50.0
    if start.x == end.x and not start.foot:
        bend = 38.0 if start.x == 0 else 62.0
    return [(start.x, start.y), start.toward(bend), end.toward(bend), end.tip]


def path(curve) -> str:
    numbers = [f"{x:.2f} {y:.2f}" for x, y in curve]
    return f"M{numbers[0]}C{numbers[1]} {numbers[2]} {numbers[3]}"


def along(curve, t: float) -> tuple:
    """The point of a cubic curve at `t` between 0 and 1."""
    weights = ((1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t**2, t**3)
    return tuple(sum(weight * point[axis] for weight, point in zip(weights, curve, strict=True)) for axis in (0, 1))


def free_place(curve, taken: list) -> tuple:
    """A place for a label on the curve, away from those `taken` already, or as far from them as it goes; takes it."""
    places = [along(curve, t) for t in TRIED]
    taken.append(max(places, key=lambda place: min([1.0, *(apart(place, other) for other in taken)])))
    return taken[-1]


def apart(one, other) -> float:
    """How far two labels are from each other: from 1 on they do not touch."""
    return max(abs(one[0] - other[0]) / LABEL_WIDE, abs(one[1] - other[1]) / LABEL_HIGH)
