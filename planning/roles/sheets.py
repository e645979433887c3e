"""A whole matrix as it comes from outside (API, pasted table, ready activities), and how it fills a draft."""

from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _

from planning.calendar.models import Category
from planning.people.models import Side
from planning.shared.refusals import Refused

from .actions import key_for, refuse_band, refuse_spend, role_named
from .drafts import empty
from .letters import clean_letters
from .models import Activity, Column, Letter


@dataclass
class RoleRow:
    name: str
    side: str
    key: str = ""

    def __post_init__(self):
        self.key = self.key or key_for(self.name)


@dataclass
class ActivityRow:
    """`letters` maps role keys to letters as written; amounts in the workspace's currency; `routes` None: as before.
    `domain` or `category` is the one kind of spend it is for."""

    name: str
    letters: dict[str, str] = field(default_factory=dict)
    key: str = ""
    area: str = ""
    joint: bool = False
    low: Decimal | None = None
    high: Decimal | None = None
    routes: str | None = None
    domain: str = ""
    category: Category | None = None

    def __post_init__(self):
        self.key = self.key or key_for(self.name)

    @property
    def identity(self) -> tuple:
        """Which row it is among those of a matrix: its activity, its band and its spend."""
        return self.key, self.low, self.high, self.domain, self.category


@dataclass
class Sheet:
    roles: list[RoleRow]
    activities: list[ActivityRow]


def cleaned(sheet: Sheet) -> Sheet:
    """The sheet with its letters in canonical order. Refused: a role twice or without a side, nameless rows, letters of
    a role that is not there, unknown letters, a band that ends before it begins."""
    keys = [role.key for role in sheet.roles]
    for role in sheet.roles:
        if not role.name.strip() or keys.count(role.key) > 1:
            raise Refused(
                _("Each role needs a name and a key of its own; “%(role)s” has not.") % {"role": role.name or role.key},
                "roles",
            )
        if role.side not in Side.values:
            raise Refused(
                _("“%(role)s” needs a side: marketing, technology, finance, sponsor or guest.") % {"role": role.name},
                "roles",
            )
    for row in sheet.activities:
        if not row.name.strip():
            raise Refused(_("Each activity needs a name."), "activities")
        refuse_band(row.low, row.high)
        row.letters = {key: letters for key, text in row.letters.items() if (letters := clean_letters(text, "letters"))}
        strange = sorted(set(row.letters) - set(keys))
        if strange:
            message = _("“%(activity)s” has letters for “%(role)s”, which is not among the roles.")
            raise Refused(message % {"activity": row.name, "role": strange[0]}, "activities")
    return sheet


def fill(draft, sheet: Sheet) -> dict:
    """Make the draft hold exactly this sheet. Returns the roles by key."""
    sheet = cleaned(sheet)
    routed = dict(
        Activity.objects.of(draft.workspace_id)
        .filter(version__lte=draft.pk)
        .order_by("version")
        .values_list("key", "routes")
    )
    empty(draft)
    for row in sheet.activities:
        row.routes = route_of(row, routed)
        refuse_spend(row.routes, row.domain, row.category)
    roles = {row.key: role_named(draft.workspace, row.key, row.name.strip(), row.side) for row in sheet.roles}
    Column.objects.bulk_create(
        Column(workspace_id=draft.workspace_id, version=draft, role=role, number=number)
        for number, role in enumerate(roles.values(), start=1)
    )
    rows = Activity.objects.bulk_create(
        Activity(
            workspace_id=draft.workspace_id,
            version=draft,
            number=number,
            key=row.key[:80],
            name=row.name.strip()[:200],
            area=row.area.strip()[:80],
            joint=row.joint,
            low=row.low,
            high=row.high,
            routes=row.routes,
            domain=row.domain,
            category=row.category,
        )
        for number, row in enumerate(sheet.activities, start=1)
    )
    Letter.objects.bulk_create(
        Letter(workspace_id=draft.workspace_id, activity=made, role=roles[key], letters=letters)
        for made, row in zip(rows, sheet.activities, strict=True)
        for key, letters in row.letters.items()
    )
    return roles


def route_of(row, routed) -> str:
    """What a row routes: as said, else as it did before, else purchases when it has a band or a kind of spend."""
    if row.routes is not None:
        return row.routes
    buys = row.low is not None or row.high is not None or row.domain or row.category
    return routed.get(row.key) or (Activity.Routes.PURCHASE if buys else "")


def sheet_of(version) -> Sheet:
    """A version as a sheet, to merge something into it."""
    letters = {}
    cells = (
        Letter.objects.of(version.workspace_id)
        .filter(activity__version=version)
        .values_list("activity_id", "role__key", "letters")
    )
    for activity, role, text in cells:
        letters.setdefault(activity, {})[role] = text
    return Sheet(
        [
            RoleRow(column.role.name, column.role.side, column.role.key)
            for column in version.columns.select_related("role")
        ],
        [
            ActivityRow(
                row.name, letters.get(row.pk, {}), row.key, row.area, row.joint, row.low, row.high, row.routes,
                row.domain, row.category,
            )
            for row in version.activities.select_related("category")
        ],
    )  # fmt: skip


def merged(base: Sheet, more: Sheet) -> Sheet:
    """`base` with the roles and activities of `more`; one of the same identity is replaced where it stands."""
    known = {role.key for role in base.roles}
    newer = {row.identity: row for row in more.activities}
    rows = [newer.pop(row.identity, row) for row in base.activities]
    return Sheet(base.roles + [role for role in more.roles if role.key not in known], rows + list(newer.values()))
