"""Whole matrices coming in: put through the API, pasted, or begun from ready activities."""

from collections import defaultdict

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from planning.people.models import KEY_SIDES, Member
from planning.shared.refusals import Refused, Stale
from planning.trail.acts import action, record

from .agreeing import take_back
from .appointing import hold, refuse_appointment
from .cells import written
from .drafts import begun, held_draft, held_matrix
from .models import Holding, Letter, Role, Version
from .sheets import ActivityRow, RoleRow, Sheet, fill, merged, sheet_of
from .starters import STARTERS


@action(gettext_lazy("wrote {subject} anew"))
def put_matrix(member, *, sheet: Sheet, holders: dict[str, list[tuple]], version: int | None = None):
    """Make the draft exactly `sheet`. A version that waits for its keys is taken back.

    `holders` maps role keys to [(Member, since or None, until or None)]: who is listed holds from then
    on, whom it leaves out stops today. Refused: `version` other than the newest (Stale), and
    holders of the other side's roles in force.
    """
    workspace = member.workspace
    held_matrix(workspace)
    newest = Version.objects.of(workspace).order_by("-number").first()
    if version is not None and newest and version != newest.number:
        raise Stale(_("Version %(number)s is the newest one.") % {"number": newest.number}, field="version")
    take_back(workspace)
    draft = begun(workspace)
    roles = fill(draft, sheet)
    for key, wanted in holders.items():
        seat_holders(roles[key], member, wanted)
    after = {"version": draft.number, "activities": len(sheet.activities), "roles": len(sheet.roles)}
    record(put_matrix, member, draft, after=after)
    return draft


def seat_holders(role: Role, member, wanted):
    """Let exactly the people in `wanted` hold the role from today on."""
    today = member.workspace.today()
    current = {}
    for holding in (
        Holding.objects.of(member.workspace)
        .filter(role=role)
        .exclude(days__fully_lt=DateRange(today, None))
        .select_related("member__user")
    ):
        current.setdefault(holding.member_id, []).append(holding)
    for person, since, until in wanted:
        held = current.pop(person.pk, [])
        if since is None and until is None and held:
            continue
        if held and any((h.days.lower, h.days.upper) == (since or h.days.lower, until) for h in held):
            continue
        refuse_appointment(role, member)
        clear(held, since or today)
        hold(role, person, since or today, until)
    for held in current.values():
        refuse_appointment(role, member)
        clear(held, today)


def clear(holdings, day):
    """End holdings on `day`; those that had not begun go away."""
    for holding in holdings:
        if holding.days.lower and holding.days.lower >= day:
            holding.delete()
        elif holding.days.upper is None or holding.days.upper > day:
            holding.days = DateRange(holding.days.lower, day)
            holding.save(update_fields=["days"])


@action(gettext_lazy("brought a table into {subject}"))
def import_table(member, *, pasted, sides: dict[str, str]):
    """Merge a pasted table into the draft; an activity of the same name and band is replaced.

    `sides` maps the names of roles that are new here to their side. Refused: a new role without a side.
    """
    draft = begun(member.workspace)
    more = sheet_of_pasted(member.workspace, pasted, sides)
    fill(draft, merged(sheet_of(draft), more))
    record(import_table, member, draft, after={"activities": len(more.activities), "roles": len(more.roles)})
    return draft


def sheet_of_pasted(workspace, pasted, sides) -> Sheet:
    """A pasted table with its roles found by name, new ones on the side that `sides` says."""
    stored = {role.name.casefold(): role for role in Role.objects.of(workspace)}
    rows = {}
    for name in pasted.roles:
        role = stored.get(name.casefold())
        rows[name] = RoleRow(role.name, role.side, role.key) if role else RoleRow(name, sides.get(name, ""))
    activities = [
        ActivityRow(
            row.name,
            {rows[role].key: letters for role, letters in row.letters.items()},
            area=row.area,
            joint=row.joint,
            low=row.low,
            high=row.high,
        )
        for row in pasted.rows
    ]
    return Sheet(list(rows.values()), activities)


@action(gettext_lazy("took ready activities into {subject}"))
def take_starters(member, *, keys: list[str]):
    """Add ready activities for joint work, with their usual letters, to the draft. Roles they need are made."""
    chosen = [starter for starter in STARTERS if starter.key in keys]
    if not chosen:
        raise Refused(_("Choose at least one."), "keys")
    draft = begun(member.workspace)
    more = Sheet([role for starter in chosen for role in starter.roles()], [starter.row() for starter in chosen])
    more.roles = list({role.key: role for role in more.roles}.values())
    stored = {role.key: role for role in Role.objects.of(member.workspace)}
    more.roles = [RoleRow(stored[r.key].name, stored[r.key].side, r.key) if r.key in stored else r for r in more.roles]
    fill(draft, merged(sheet_of(draft), more))
    record(take_starters, member, draft, after={"activities": [starter.key for starter in chosen]})
    return draft


@action(gettext_lazy("let the other side agree in {subject}"))
def let_other_side_agree(member, *, activity_id: int | None = None):
    """In joint activities of the draft, the C of the side that does not hold the A becomes a G. Returns how many.

    One G a row is made, from the leftmost C. With `activity_id` only that row. Refused when there is no such C.
    """
    draft = held_draft(member.workspace)
    before, after = agreed(draft, draft.activities.filter(pk=activity_id) if activity_id else draft.activities.all())
    if not after:
        raise Refused(_("No joint activity has a C of the other side that could become a G."))
    record(let_other_side_agree, member, draft, before=before, after=after)
    return len(after)


def agreed(draft, rows) -> tuple[dict, dict]:
    """Write the G; what was and what is, by cell."""
    return written(draft, to_agree(draft, rows))


def to_agree(draft, rows) -> list[tuple]:
    """The cells that would become G, as `cells.written` takes them."""
    order = {column.role_id: column.number for column in draft.columns.all()}
    cells = defaultdict(list)
    held = Letter.objects.of(draft.workspace_id).filter(activity__in=rows, activity__joint=True)
    for cell in held.select_related("role", "activity"):
        cells[cell.activity_id].append(cell)
    return [
        (cell.activity, cell.role, cell.letters, "".join(x for x in "ARGI" if x in cell.letters + "G"))
        for row in cells.values()
        for cell in agreeing(sorted(row, key=lambda cell: order[cell.role_id]))
    ]


def agreeing(cells) -> list:
    """The cells that would become G: for each key side without A and without G, its first C."""
    decided = {cell.role.side for cell in cells if "A" in cell.letters}
    agreed = {cell.role.side for cell in cells if "G" in cell.letters}
    found = []
    for side in KEY_SIDES:
        if decided and side not in decided | agreed:
            found += [cell for cell in cells if cell.role.side == side and "C" in cell.letters][:1]
    return found


def members_by_email(workspace, emails) -> dict[str, Member]:
    """Active members by e-mail. Refused: somebody who is not here."""
    wanted = {email.strip().lower() for email in emails}
    found = {
        m.email: m for m in Member.objects.of(workspace).active().filter(user__email__in=wanted).select_related("user")
    }
    missing = sorted(wanted - found.keys())
    if missing:
        raise Refused(
            ngettext("%(people)s is not a member here.", "%(people)s are not members here.", len(missing))
            % {"people": ", ".join(missing)},
            "holders",
        )
    return found
