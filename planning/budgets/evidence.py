"""Did the money do what it was meant to do? Business cases, what waits of them, and the picture of what is proven.

A line from the workspace's limit on needs a business case before its version is proposed. After the date its owner
records the result, and the other side confirms it; only then does its money count as proven, by the share of the
expected effect that was reached, never more than all of it.
"""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from planning.people.models import KEY_SIDES
from planning.shared.charts import Bars, Series
from planning.shared.money import ZERO, round_money
from planning.shared.refusals import Refused
from planning.shared.templatetags.money import money

from .models import Balance, BusinessCase, Limits, Revision

STATES = ("proven", "short", "unconfirmed", "running")


def refuse_without_cases(version) -> None:
    """Refused, naming them: lines of the version from the limit on that have no business case."""
    limit = Limits.of(version.workspace).evidence_from
    if limit is None:
        return
    lines = version.revisions.filter(removed=False, placeholder=False, total__gte=limit)
    bare = list(lines.filter(line__cases=None).order_by("name").values_list("name", flat=True))
    if bare:
        facts = {
            "lines": ", ".join(f"“{name}”" for name in bare),
            "limit": money(limit, version.workspace.currency),
            "currency": version.workspace.currency,
        }
        raise Refused(
            _("From %(limit)s %(currency)s on a line needs a business case before it is proposed: %(lines)s.") % facts
        )


def may_write(line) -> bool:
    """A case is what the keys agree to: it changes while its line is not in force, or is being changed in a draft."""
    said = Revision.objects.of(line.workspace_id).filter(line=line)
    return not said.in_force().exists() or said.open().filter(version__state="draft").exists()


def side_of_result(case, side: str | None) -> str:
    """A one-sided line's result is its `side`'s, whoever wrote it down; a joint line's, the writer's."""
    return side if side in KEY_SIDES else case.recorded_by.side


@dataclass
class Proof:
    """A case with its line's money (workspace's currency): spent so far, and how much of that is in which state."""

    case: BusinessCase
    name: str
    spent: Decimal
    proven: Decimal = ZERO
    short: Decimal = ZERO
    unconfirmed: Decimal = ZERO
    running: Decimal = ZERO

    @property
    def late(self) -> bool:
        return self.case.recorded_by_id is None and self.case.due < self.case.workspace.today()

    @property
    def state(self) -> tuple:
        """(tone, words)."""
        if self.case.verdict == "confirmed":
            return ("achieved", _("proven")) if self.case.proven == 1 else ("amber", _("short of what was expected"))
        if self.case.verdict == "disputed":
            return ("red", _("disputed"))
        if self.case.recorded_by_id:
            return ("waiting", _("waits for the other side"))
        return ("red", _("result is overdue")) if self.late else ("unknown", _("still to show"))


def proofs(budget) -> list[Proof]:
    """Every case of a budget with its money, the most first. Three queries."""
    cases = BusinessCase.objects.of(budget.workspace_id).filter(line__budget=budget)
    cases = list(cases.select_related("kpi", "recorded_by__user", "judged_by__user", "line__owner__user"))
    lines = [case.line_id for case in cases]
    names = dict(
        Revision.objects.of(budget.workspace_id).filter(line__in=lines).order_by("pk").values_list("line_id", "name")
    )
    spent = dict.fromkeys(lines, ZERO)
    for line, actual in Balance.objects.of(budget.workspace_id).filter(line__in=lines).values_list("line_id", "actual"):
        spent[line] += actual
    found = []
    for case in cases:
        case.workspace = budget.workspace
        found.append(divided(Proof(case, names[case.line_id], spent[case.line_id]), budget.workspace.currency))
    return sorted(found, key=lambda proof: (-proof.spent, proof.case.pk))


def divided(proof, currency) -> Proof:
    if proof.case.verdict == "confirmed":
        proof.proven = round_money(proof.spent * proof.case.proven, currency)
        proof.short = proof.spent - proof.proven
    elif proof.case.recorded_by_id:
        proof.unconfirmed = proof.spent
    else:
        proof.running = proof.spent
    return proof


def picture(budget, found) -> Bars:
    words = {
        "proven": (_("Effect proven"), "achieved"),
        "short": (_("Effect missing"), "red"),
        "unconfirmed": (_("Result not confirmed"), "amber"),
        "running": (_("Still to show"), "soft"),
    }
    return Bars(
        _("Money against proven effect"),
        unit=budget.workspace.currency,
        categories=[proof.name for proof in found],
        sideways=True,
        series=[
            Series(words[state][0], [getattr(proof, state) for proof in found], tone=words[state][1], stack="money")
            for state in STATES
        ],
        note=_("What was spent so far, by how much of its expected effect both sides call proven."),
    )
