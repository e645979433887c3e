"""What is wrong with a matrix, worked out without a database: fifteen rules, each one function of this package.

`findings(activities, roles, today)` takes plain facts and gives every finding. Errors stop the signing; warnings need a
comment.
"""

from collections import defaultdict
from dataclasses import replace

from django.utils.translation import gettext as _

from .bands import band_gap, band_overlap
from .crowding import many_consulted, many_responsible, nobody_told, weaker_letter
from .deciding import no_accountable, no_responsible, two_accountable
from .facts import ERROR, WARNING, ActivityFacts, Finding, Matrix, Person, RoleFacts
from .loads import concentrated, idle, loads_of, overloaded
from .sides import no_agree, one_sided
from .vacancies import no_holder

__all__ = [
    "ERROR", "WARNING", "ActivityFacts", "Finding", "Matrix", "Person", "RoleFacts", "findings", "findings_of_facts",
    "gathered", "loads_of",
]  # fmt: skip

RULES = (
    no_accountable, two_accountable, no_responsible, no_holder, one_sided, no_agree, band_gap, band_overlap,
    many_responsible, many_consulted, nobody_told, weaker_letter, concentrated, overloaded, idle,
)  # fmt: skip


def findings(activities, roles, today) -> list[Finding]:
    """Every finding of a matrix on `today`; errors first, then in the order of the rules."""
    return findings_of_facts(Matrix(activities, roles, today))


def findings_of_facts(matrix: Matrix) -> list[Finding]:
    """The same for facts that were put together already."""
    found = [finding for rule in RULES for finding in rule(matrix)]
    return sorted(found, key=lambda finding: finding.severity != ERROR)


def gathered(found: list[Finding]) -> list[Finding]:
    """The same, with what is found alike for several activities said once, for pages and agendas."""
    alike = defaultdict(list)
    for number, finding in enumerate(found):
        alike[(finding.rule, finding.severity, finding.gist) if finding.gist else number].append(finding)
    return [several(group) if len(group) > 1 else group[0] for group in alike.values()]


def several(group) -> Finding:
    message = _("%(gist)s, whom %(count)s activities need.") % {"gist": group[0].gist, "count": len(group)}
    return replace(group[0], message=message, activity=None)
