"""Changing the draft: rows and columns. Each needs the version's draft and an editor."""

from django.db.models import Max
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from planning.shared.refusals import Refused
from planning.trail.acts import action, record

from .drafts import begun, empty, held_draft
from .models import Activity, Column, Letter, Role


@action(gettext_lazy("started a draft of {subject}"))
def begin_draft(member):
    """A draft to change, copied from the newest version; the one there is when there is one already."""
    draft = begun(member.workspace)
    record(begin_draft, member, draft, after={"version": draft.number})
    return draft


@action(gettext_lazy("dropped the draft of {subject}"))
def drop_draft(member):
    """Take the draft away. What is in force stays as it is."""
    draft = held_draft(member.workspace)
    before = {"version": draft.number, "activities": draft.activities.count()}
    empty(draft)
    record(drop_draft, member, draft, before=before)
    draft.delete()


@action(gettext_lazy("added an activity to {subject}"))
def add_activity(
    member, *, name, area="", joint=False, low=None, high=None, routes="", key="", domain="", category=None
):
    """Add a row at the end of the draft; a draft is started when there is none. Amounts in the workspace's currency.

    Refused: a band without amounts, and one kind of spend (`domain` or `category`) for what is no purchase.
    """
    draft = begun(member.workspace)
    refuse_band(low, high)
    refuse_spend(routes, domain, category)
    row = Activity.objects.create(
        workspace=member.workspace, version=draft, number=next_number(draft.activities), key=key or key_for(name),
        name=name, area=area, joint=joint, low=low, high=high, routes=routes,
        domain=domain, category=category,
    )  # fmt: skip
    record(add_activity, member, draft, after={"activity": name, "joint": joint, "from": low, "to": high})
    return row


@action(gettext_lazy("changed an activity of {subject}"))
def change_activity(member, activity_id, **values):
    """Change a row of the draft: name, area, joint, low, high, routes, domain, category. Refused as adding is."""
    draft = held_draft(member.workspace)
    row = row_of(draft, activity_id)
    refuse_band(values.get("low"), values.get("high"))
    said = {name: values.get(name, getattr(row, name)) for name in ("routes", "domain", "category")}
    refuse_spend(**said)
    before = {field: getattr(row, field) for field in values}
    for field, value in values.items():
        setattr(row, field, value)
    row.save(update_fields=list(values))
    record(change_activity, member, draft, before={"activity": before["name"], **before}, after=values)
    return row


@action(gettext_lazy("took an activity out of {subject}"))
def remove_activity(member, activity_id):
    draft = held_draft(member.workspace)
    row = row_of(draft, activity_id)
    row.cells.all().delete()
    row.delete()
    record(remove_activity, member, draft, before={"activity": row.name})


@action(gettext_lazy("added a role to {subject}"))
def add_role(member, *, name, side, key=""):
    """Add a role to the draft as its last column; a role of that key is taken as it is."""
    draft = begun(member.workspace)
    role = role_named(member.workspace, key or key_for(name), name, side)
    if draft.columns.filter(role=role).exists():
        raise Refused(_("“%(role)s” is in this draft already.") % {"role": role}, "name")
    Column.objects.create(workspace=member.workspace, version=draft, role=role, number=next_number(draft.columns))
    record(add_role, member, draft, after={"role": role.name, "side": role.side})
    return role


@action(gettext_lazy("took a role out of {subject}"))
def remove_role(member, role_id):
    """Take a role and its letters out of the draft. The role and its holders stay for other versions."""
    draft = held_draft(member.workspace)
    role = role_in(draft, role_id)
    Letter.objects.of(member.workspace).filter(activity__version=draft, role=role).delete()
    draft.columns.filter(role=role).delete()
    record(remove_role, member, draft, before={"role": role.name})


# ── Shared by the actions of this room ───────────────────────────────────────────────────────────────────────────────
def role_named(workspace, key, name, side) -> Role:
    """The role of that key, made when there is none. Refused: another side for a role that letters were signed for."""
    role, made = Role.objects.get_or_create(workspace=workspace, key=key, defaults={"name": name, "side": side})
    if made or (role.name, role.side) == (name, side):
        return role
    used = Column.objects.of(workspace).filter(role=role).exclude(version__state="draft").exists()
    if used and role.side != side:
        raise Refused(_("“%(role)s” is %(side)s in a matrix that was proposed; add a new role instead.") % {
            "role": role, "side": role.get_side_display()}, "side")  # fmt: skip
    if used and role.name != name:
        raise Refused(
            _("“%(role)s” keeps its name: it was signed under it. Add a new role instead.") % {"role": role}, "name"
        )
    role.name, role.side = name, side
    role.save(update_fields=["name", "side"])
    return role


def refuse_band(low, high):
    if low is not None and high is not None and high <= low:
        raise Refused(_("A band ends above where it begins."), "high")
    if (low or 0) < 0 or (high is not None and high <= 0):
        raise Refused(_("A band begins at nothing or above."), "low")


def refuse_spend(routes, domain, category):
    if (domain or category) and routes != Activity.Routes.PURCHASE:
        raise Refused(_("Only a row that routes purchases says for which spend it is."), "only_for")
    if domain and category:
        raise Refused(_("A row is for one kind of spend or for one category, not for both."), "only_for")


def key_for(name) -> str:
    """A key out of a name; names without Latin letters keep their own."""
    return slugify(name)[:80] or name.strip().casefold()[:80]


def next_number(rows) -> int:
    return (rows.aggregate(last=Max("number"))["last"] or 0) + 1


def row_of(draft, activity_id) -> Activity:
    row = draft.activities.filter(pk=activity_id).first()
    if row is None:
        raise Refused(_("That activity is not in the draft any more."), "activity")
    return row


def role_in(draft, role_id) -> Role:
    column = draft.columns.select_related("role").filter(role_id=role_id).first()
    if column is None:
        raise Refused(_("That role is not in the draft any more."), "role")
    return column.role
