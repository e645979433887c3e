"""Service levels: what a contract promises, what was measured, and how often it was kept."""

from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from planning.shared.locking import lock
from planning.shared.refusals import Refused
from planning.trail.acts import action, record

from .models import Attainment, Contract, ServiceLevel
from .notice_dates import months_after

SHOWN = 12


@action(_("noted a service level of {subject}"))
def add_service_level(contract, member, name: str, aim: str, target, unit: str = "%") -> ServiceLevel:
    """A promise for each calendar month. Refused: one of that name is there already."""
    contract = lock(Contract.objects.of(member.workspace), contract.pk)
    if contract.service_levels.filter(name__iexact=name).exists():
        raise Refused(__("“%(name)s” is noted already.") % {"name": name}, "name")
    made = ServiceLevel.objects.create(
        workspace=member.workspace, contract=contract, name=name, aim=aim, target=target, unit=unit
    )
    record(add_service_level, member, contract, after={"name": name, "aim": aim, "target": target, "unit": unit})
    return made


@action(_("noted what {subject} attained"))
def note_attainment(service_level, member, month: date, value) -> Attainment:
    """What was measured in `month` (any day of it); again corrects it, and the history keeps what stood there before.

    Refused: a month that is not over, one outside the contract's time.
    """
    level = lock(ServiceLevel.objects.of(member.workspace).select_related("contract__workspace"), service_level.pk)
    month, contract = month.replace(day=1), level.contract
    if months_after(month, 1) > member.workspace.today():
        raise Refused(__("That month is not over yet."), "month")
    if month < contract.starts_on.replace(day=1) or month >= contract.ends_on:
        raise Refused(__("The contract does not cover that month."), "month")
    known = level.attainments.filter(month=month).first()
    before = known and known.value
    made = known or Attainment(workspace=member.workspace, service_level=level, month=month)
    made.value, made.noted_by = value, member
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError as error:
        raise Refused(__("Somebody noted that month just now."), "month") from error
    record(
        note_attainment, member, contract, before={"value": before} if known else None,
        after={"service_level": level.name, "month": month, "value": value, "met": level.is_met_by(value)},
    )  # fmt: skip
    return made


@dataclass(frozen=True)
class Kept:
    """How a promise was kept: the months shown [(month, attainment or None)], those met and those measured."""

    level: ServiceLevel
    months: list
    met: int
    measured: int

    @property
    def percent(self) -> int | None:
        return round(100 * self.met / self.measured) if self.measured else None


def kept(contract, today) -> list[Kept]:
    """Every promise of a contract over the last twelve whole months; months nobody measured are gaps, not failures."""
    first = today.replace(day=1)
    months = [months_after(first, back) for back in range(-SHOWN, 0)]
    found = []
    for level in contract.service_levels.prefetch_related("attainments"):
        by_month = {one.month: one for one in level.attainments.all()}
        shown = [(month, by_month.get(month)) for month in months]
        measured = [one for _month, one in shown if one]
        found.append(
            Kept(
                level,
                [(month, one, one is not None and level.is_met_by(one.value)) for month, one in shown],
                sum(level.is_met_by(one.value) for one in measured),
                len(measured),
            )
        )
    return found
