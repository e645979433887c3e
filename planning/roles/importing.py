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
from .routing.following import follow, in_history, tell_new
from .sheets import ActivityRow, RoleRow, Sheet, fill, merged, sheet_of
from .starters import STARTERS
from .tables.rows import ReadTable


@action(gettext_lazy("wrote {subject} anew"))
def put_matrix(
    member, *, sheet: Sheet, holders: dict[str, list[tuple]], version: int | None = None, agree: bool = False
):
    """Make the draft exactly `sheet`. A version that waits for its keys is taken back.

    `holders` maps role keys to [(Member, since or None, until or None)]: who is listed holds from then
    on, whom it leaves out stops today. `agree`: in joint rows the other side's C becomes a G.
    Refused: `version` other than the newest (Stale), and holders of the other side's roles in force.
    """
    workspace = member.workspace
    held_matrix(workspace)
    newest = Version.objects.of(workspace).order_by("-number").first()
    if version is not None and newest and version != newest.number:
        raise Stale(_("Version %(number)s is the newest one.") % {"number": newest.number}, field="version")
    take_back(workspace)
    draft = begun(workspace)
    roles = fill(draft, sheet)
    if agree:
        agreed(draft, draft.activities.all())
    moved = []
    for key, wanted in sorted(holders.items()):
        moved += seat_holders(roles[key], member, wanted)
    after = {"version": draft.number, "activities": len(sheet.activities), "roles": len(sheet.roles)}
    tell_new(moved, record(put_matrix, member, draft, after=after | in_history(moved)))
    return draft


def seat_holders(role: Role, member, wanted) -> list:
    """Let exactly the people in `wanted` hold the role from today on. Returns what moved with it."""
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
    return follow(role)


def clear(holdings, day):
    """End holdings on `day`; those that had not begun go away."""
    for holding in holdings:
        if holding.days.lower and holding.days.lower >= day:
            holding.delete()
        elif holding.days.upper is None or holding.days.upper > day:
            holding.days = DateRange(holding.days.lower, day)
            holding.save(update_fields=["days"])


@action(gettext_lazy("brought a table into {subject}"))
def import_table(member, *, table: ReadTable, joint=False, agree=False):
    """Merge a table into the draft. An activity of the same name and band is replaced where it stands; it
    keeps its key, and with it what it routes.

    `joint` makes every row joint in which both sides have a letter; `agree` then lets the other side's first C become
    a G.
    Refused: a role without a side, a table of which no row could be read.
    """
    draft = begun(member.workspace)
    there = sheet_of(draft)
    more = sheet_of_table(member.workspace, table, there, joint)
    fill(draft, merged(there, more))
    if agree:
        agreed(draft, draft.activities.filter(key__in=[row.key for row in more.activities]))
    after = {"activities": len(more.activities), "roles": len(more.roles), "rows refused": len(table.refused)}
    record(import_table, member, draft, after=after)
    return draft


def sheet_of_table(workspace, table: ReadTable, there: Sheet, joint: bool) -> Sheet:
    """A table that was read, with its roles and activities found by name. Refused: none of its rows could be read."""
    if not table.rows:
        raise Refused(_("No row of this table can be read."), "columns")
    stored = {role.name.casefold(): role for role in Role.objects.of(workspace)}
    roles = {}
    for name, side in table.roles.items():
        role = stored.get(name.casefold())
        roles[name] = RoleRow(role.name, side or role.side, role.key) if role else RoleRow(name, side)
    known = {row.name.casefold(): row for row in there.activities}
    rows = []
    for row in table.rows:
        old = known.get(row.name.casefold())
        letters = {roles[role].key: text for role, text in row.letters.items()}
        sides = {roles[role].side for role in row.letters}
        guessed = (joint and sides.issuperset(KEY_SIDES)) or bool(old and old.joint)
        both = guessed if row.joint is None else row.joint
        rows.append(
            ActivityRow(row.name, letters, old.key if old else "", row.area or (old.area if old else ""), both, row.low,
                        row.high, row.routes, *(row.only_for or spend_of(old)))
        )  # fmt: skip
    return Sheet(list({role.key: role for role in roles.values()}.values()), rows)


def spend_of(row) -> tuple:
    """For which spend alone a row of a sheet is; None: there is none, so for any."""
    return (row.domain, row.category) if row else ("", None)


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
