"""Reading KPIs, each with its versions and its series, in a fixed number of queries however many there are."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Prefetch, Q, prefetch_related_objects
from django.http import Http404

from planning.signoffs.models import Seat

from .confirming import latest_counting
from .forecast import Line, fit
from .models import Confirmation, Definition, Direction, Kpi, Reading
from .standing import Standing, standing

LOOKS_BACK = timedelta(days=3 * 366)


@dataclass
class Portrait:
    """A KPI with all that is shown of it on `day`."""

    kpi: Kpi
    day: date
    definitions: list[Definition]
    readings: list[Reading]
    series: list[tuple] = field(init=False)
    standing: Standing = field(init=False)

    def __post_init__(self):
        self.series = [(reading.on, reading.value) for reading in latest_counting(self.readings)]
        self.standing = self.on(self.day)

    def on(self, day: date) -> Standing:
        """Where it stood on another day, judged by what was agreed for that day."""
        return standing(self.definitions, self.series, day, self.kpi.workspace.fiscal_start, self.kpi.set_by_hand)

    @property
    def definition(self) -> Definition:
        return self.standing.definition

    @property
    def proposed(self) -> Definition | None:
        return next((version for version in self.definitions if version.state == Definition.State.PROPOSED), None)

    @property
    def waiting(self) -> list[Reading]:
        """Readings that need somebody before they count, oldest first."""
        return [reading for reading in self.readings if reading.waits]

    @property
    def line(self) -> Line | None:
        """The forecast's line, from the readings known on the day."""
        return fit([(on, value) for on, value in self.series if on <= self.day])


def definitions():
    versions = Definition.objects.order_by("number").prefetch_related("targets")
    return Prefetch("definitions", versions, to_attr="versions")


def words():
    """Both sides' confirmations, with the people who gave them."""
    return Prefetch("confirmations", Confirmation.objects.select_related("member__user"))


def portfolio(workspace, day: date | None = None) -> list[Portrait]:
    """Every active KPI of a workspace by name, as of `day` (default today)."""
    day = day or workspace.today()
    kpis = list(Kpi.objects.of(workspace).active().owned().prefetch_related(definitions()))
    recent = Q(on__gt=day - LOOKS_BACK) | Q(kpi__definitions__direction=Direction.BAND)
    readings = defaultdict(list)
    for reading in Reading.objects.of(workspace).filter(recent, kpi__in=kpis).distinct().order_by("on", "version"):
        readings[reading.kpi_id].append(reading)
    return [Portrait(kpi, day, kpi.versions, readings[kpi.pk]) for kpi in kpis]


def portrait(kpi, day: date | None = None) -> Portrait:
    """One KPI (as `owned` gives it, with its workspace) and its whole history."""
    return with_history(kpi, list(versions().filter(kpi=kpi)), day)


def portrait_of(workspace, kpi_id: int, day: date | None = None) -> Portrait:
    """The same by its id, in one query less: a KPI comes with its versions. 404 when it is not of this workspace."""
    people = (
        "kpi__marketing_owner__user",
        "kpi__technology_owner__user",
        "kpi__override__member__user",
        "kpi__workspace",
    )
    found = list(versions().of(workspace).filter(kpi=kpi_id).select_related("author__user", "paper", *people))
    if not found:
        raise Http404(f"No KPI {kpi_id} here.")
    return with_history(found[0].kpi, found, day)


def versions():
    """Definitions by number, with targets and keys."""
    seats = Seat.objects.select_related("holder__user", "decided_by__user", "decided_for__user")
    found = Definition.objects.select_related("author__user", "paper").order_by("number")
    return found.prefetch_related("targets", Prefetch("paper__seats", seats))


def with_history(kpi, found, day):
    readings = kpi.readings.select_related("workspace").prefetch_related(words()).order_by("on", "version")
    return Portrait(kpi, day or kpi.workspace.today(), found, list(readings))


def waiting_in(portraits) -> list[Reading]:
    """The readings of all these KPIs that wait for somebody, oldest first, with what was said about them."""
    waiting = sorted((one for portrait in portraits for one in portrait.waiting), key=lambda one: (one.on, one.pk))
    for reading in waiting:
        reading.workspace = portraits[0].kpi.workspace
    prefetch_related_objects(waiting, words())
    return waiting
