"""The version being drafted, and the revision of a line in it. Plain functions: actions call them and write history."""

from django.db.models import Max, Q
from django.utils.translation import gettext as _

from planning.shared.locking import lock
from planning.shared.refusals import Refused

from ..models import Budget, Line, Revision, Version

COPIED = (
    "name",
    "side",
    "category_id",
    "vendor_id",
    "kpi_id",
    "currency",
    "total",
    "months",
    "marketing_weight",
    "technology_weight",
    "purpose",
    "treatment",
    "original_currency",
    "original_total",
    "rate",
    "rate_day",
    "kpi_effect",
    "effect_due",
    "cost_centre",
    "account",
    "dimensions",
    "placeholder",
    "people_seal",
    "removed",
)


def hold_budget(workspace, budget_id) -> Budget:
    """The budget, held. Refused when it is closed."""
    budget = lock(Budget.objects.of(workspace), budget_id)
    if budget.state == Budget.State.CLOSED:
        raise Refused(_("“%(budget)s” is closed; nothing in it changes any more.") % {"budget": budget})
    return budget


def draft_of(budget, member) -> Version:
    """The version being drafted; the first change after an agreement begins one. Call with the budget held."""
    if budget.state == Budget.State.PROPOSED:
        raise Refused(_("“%(budget)s” is waiting for its keys. Recall it to change it.") % {"budget": budget})
    return drafted(budget) or new_version(budget, member)


def drafted(budget) -> Version | None:
    """What is being drafted, if anything is."""
    version = Version.objects.of(budget.workspace).filter(budget=budget, state=Version.State.DRAFT).first()
    if version:
        version.budget = budget
    return version


def new_version(budget, member) -> Version:
    last = budget.versions.aggregate(last=Max("number"))["last"] or 0
    return Version.objects.create(
        workspace=budget.workspace, budget=budget, number=last + 1, created_by=member, created_at=budget.workspace.now()
    )


def draft_revision(line, version) -> Revision:
    """The line's revision in this draft: the one that is there, or a copy of what is in force (not yet saved).

    Refused: the line is being changed by another version that waits for its keys.
    """
    open_one = Revision.objects.of(version.workspace_id).open().filter(line=line).select_related("version").first()
    if open_one and open_one.version_id != version.pk:
        raise Refused(
            _("“%(line)s” is being changed by version %(number)s, which waits for its keys.")
            % {"line": open_one, "number": open_one.version.number}
        )
    return open_one or copy_of(in_force(line), version)


def in_force(line) -> Revision | None:
    return (
        Revision.objects.of(line.workspace_id)
        .in_force()
        .filter(line=line)
        .select_related("category", "vendor", "kpi")
        .first()
    )


def said_by(lines) -> dict[int, tuple[Revision | None, Revision | None]]:
    """{line id: (`in_force`, `current`)} of many lines. At most two queries, however many."""
    said = Revision.objects.filter(line__in=lines).select_related("category", "vendor", "kpi", "version")
    found = {line.pk: {} for line in lines}
    for one in said.filter(Q(is_open=True) | Q(in_force__endswith=None, in_force__isnull=False)):
        found[one.line_id]["open" if one.is_open else "agreed"] = one
    silent = [line_id for line_id, both in found.items() if not both]
    if silent:
        for one in said.filter(line__in=silent).order_by("line_id", "-pk").distinct("line_id"):
            found[one.line_id]["open"] = one
    return {line_id: (both.get("agreed"), both.get("open") or both.get("agreed")) for line_id, both in found.items()}


def current(line) -> Revision | None:
    """What the line says now: the open change if there is one, else what is in force."""
    found = (
        Revision.objects.of(line.workspace_id).filter(line=line).select_related("category", "vendor", "kpi", "version")
    )
    return found.filter(is_open=True).first() or found.in_force().first() or found.order_by("-pk").first()


def copy_of(revision, version) -> Revision:
    copied = {name: getattr(revision, name) for name in COPIED}
    return Revision(
        workspace_id=version.workspace_id, line_id=revision.line_id, version=version, edits=revision.edits, **copied
    )


def reopened(version, author) -> Version:
    """The lines of a returned or recalled version go on in the draft: the one there is (its lines are others, because
    a line is open once), else the next number."""
    revisions = list(version.revisions.all())
    version.revisions.update(is_open=False)
    following = drafted(version.budget) or new_version(version.budget, author)
    following.reason = following.reason or version.reason
    following.save(update_fields=["reason"])
    Revision.objects.bulk_create([copy_of(revision, following) for revision in revisions])
    return following


def set_apart(version, line_ids, author) -> None:
    """Keep only these lines in the draft `version`; the rest goes on in a draft of its own. Refused: none of them is
    changed in it."""
    wanted = {int(getattr(line, "pk", line)) for line in line_ids}
    others = version.revisions.exclude(line__in=wanted)
    if not version.revisions.filter(line__in=wanted).exists():
        raise Refused(_("Choose at least one changed line to propose."), "lines")
    if others.exists():
        others.update(version=new_version(version.budget, author))


def lines_of(budget):
    return Line.objects.of(budget.workspace_id).filter(budget=budget)
