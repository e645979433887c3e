"""Lines are added, changed and taken out in the version being drafted; notes need no key."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from planning.shared.locking import lock
from planning.shared.plain import difference
from planning.shared.refusals import Refused, Stale
from planning.trail.acts import action, record

from ..lines import people as people_cost
from ..lines.input import cleaned
from ..lines.planned_amounts import SAYS_MONEY
from ..models import Line, Revision
from ..versions.drafts import current, draft_of, draft_revision, hold_budget, in_force


@action(gettext_lazy("added the line {subject}"))
def add_line(budget, member, **fields) -> Line:
    """Add a line to the version being drafted. `fields` as `line_input.cleaned` takes them; with `people` (as
    `people.clean_people`) they say its amount.

    Refused: what `cleaned` refuses, and a budget that waits for its keys or is closed; people of a side that is not
    theirs.
    """
    budget = hold_budget(member.workspace, budget.pk)
    version = draft_of(budget, member)
    people, fields = with_people(budget, fields)
    values = cleaned(budget, fields)
    if people:
        people_cost.refuse_strangers(member, values["side"])
    line = Line.objects.create(
        workspace=budget.workspace,
        budget=budget,
        created_at=budget.workspace.now(),
        notes=values.pop("notes", ""),
        forecast=values.pop("forecast", Line.Forecast.PLAN),
        owner=values.pop("owner", None),
        origin=values.pop("origin", None),
    )
    if people:
        values["people_seal"] = people_cost.keep(line, values["side"], people)
    revision = Revision.objects.create(workspace=budget.workspace, line=line, version=version, **values)
    record(add_line, member, line, after=revision.terms())
    return line


@action(gettext_lazy("changed the line {subject}"))
def edit_line(line, member, seen=None, **fields) -> Line:
    """Change a line in the version being drafted; what is in force stays in force until both keys have agreed.

    `seen` is the line's version number the person read (`Revision.edits`): Stale, with the difference, when it moved
    on. `fields` name what changes, as `line_input.cleaned` takes them; what they leave out stays. `people` are the
    groups whose cost it is (`people.clean_people`), none of them [] before any were agreed.
    """
    line = lock(Line.objects.of(member.workspace).select_related("budget"), line.pk)
    budget = hold_budget(member.workspace, line.budget_id)
    now = current(line)
    if seen is not None and int(seen) != now.edits:
        raise Stale(
            _("“%(line)s” changed while you were editing it.") % {"line": now},
            difference({"version": int(seen)}, {"version": now.edits, **now.terms()}),
            "version",
        )
    people, said = with_people(budget, fields)
    values = cleaned(budget, said, now)
    values |= sealed(line, member, now, values, people, "people" in fields)
    notes = {name: values.pop(name) for name in ("notes", "forecast", "owner", "origin") if name in values}
    before = now.terms() | {name: getattr(line, name) for name in notes}
    revision = changed(draft_revision(line, draft_of(budget, member)), values) if values_differ(now, values) else now
    keep_notes(line, notes)
    record(edit_line, member, line, **changes(before, revision.terms() | notes))
    return line


def with_people(budget, fields):
    """(the people of `fields` or None, the other fields): people say how much it is, and in which months."""
    said = {name: value for name, value in fields.items() if name != "people"}
    if not fields.get("people"):
        return None, said
    people = people_cost.clean_people(budget, fields["people"])
    said = {name: value for name, value in said.items() if name not in SAYS_MONEY}
    return people, said | {"currency": "", "total": people.total, "spread": people.spread}


def sealed(line, member, now, values, people, asked) -> dict:
    """The seal of a changed line's people. Refused: other money than they cost, another side than theirs."""
    if not asked:
        people_cost.refuse_loose(now, values)
        return {}
    side = values.get("side", now.side)
    if people or now.people_seal:
        people_cost.refuse_strangers(member, side)
    agreed = in_force(line)
    if agreed and agreed.people_seal and (not people or side != agreed.side):
        says = _("“%(line)s” was agreed as people cost of its side and stays it; take it out instead.")
        raise Refused(says % {"line": now}, "people")
    return {"people_seal": people_cost.keep(line, side, people) if people else ""}


def values_differ(revision, values) -> bool:
    return any(getattr(revision, name) != value for name, value in values.items())


def changed(revision, values) -> Revision:
    for name, value in values.items():
        setattr(revision, name, value)
    revision.__dict__.pop("shares", None)
    revision.edits += 1
    revision.save()
    return revision


def keep_notes(line, notes):
    for name, value in notes.items():
        setattr(line, name, value)
    if notes:
        line.save(update_fields=list(notes))


def changes(before, after) -> dict:
    """Only what changed, as record() takes it."""
    rows = difference(before, after)
    return {
        "before": {row["field"]: row["before"] for row in rows},
        "after": {row["field"]: row["after"] for row in rows},
    }


@action(gettext_lazy("noted something on the line {subject}"))
def note_line(line, member, notes="", forecast=Line.Forecast.PLAN, owner=None) -> Line:
    """Notes, who looks after it, and how its forecast is made: none of it needs a key."""
    line = lock(Line.objects.of(member.workspace), line.pk)
    if forecast not in Line.Forecast.values:
        raise Refused(
            _("A forecast is made from the remaining plan, at the run rate, or typed month by month."), "forecast"
        )
    before = {"notes": line.notes, "forecast": line.forecast, "owner": line.owner_id}
    keep_notes(line, {"notes": notes.strip(), "forecast": forecast, "owner": owner})
    record(
        note_line,
        member,
        line,
        **changes(before, {"notes": line.notes, "forecast": line.forecast, "owner": line.owner_id}),
    )
    return line


@action(gettext_lazy("took out the line {subject}"))
def remove_line(line, member) -> None:
    """Take a line out. Before any agreement it is simply gone; an agreed one leaves when both keys have agreed to
    that.

    Refused at the agreement, by Postgres: a line with money promised or spent.
    """
    line = lock(Line.objects.of(member.workspace).select_related("budget"), line.pk)
    budget = hold_budget(member.workspace, line.budget_id)
    revision, was = draft_revision(line, draft_of(budget, member)), current(line)
    if not Revision.objects.of(member.workspace).filter(line=line).exclude(version=revision.version).exists():
        record(remove_line, member, line, before=was.terms())
        line.delete()
        return
    changed(revision, {"removed": True, "total": 0, "months": [0] * 12})
    record(remove_line, member, line, **changes(was.terms(), revision.terms()))
