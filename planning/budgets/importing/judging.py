"""What would each row do to the plan? New, changed, unchanged, refused with a reason, or left out.

A row is a line when it carries the line's number (our own spreadsheet does), else its reference, else its name; where
several lines share a name, the n-th row of a name is the n-th line of it. So the same file brought twice changes
nothing.
"""

import hashlib
from collections import Counter, defaultdict
from copy import copy
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils.translation import gettext as _

from planning.calendar.models import Category, Domain
from planning.kpis.models import Kpi
from planning.people.models import Member
from planning.shared.plain import canonical, difference, plain
from planning.shared.refusals import Refused
from planning.vendors.models import Vendor
from planning.vendors.normal import normal

from ..lines.field_words import rows_in_words
from ..lines.input import cleaned
from ..lines.people import refuse_loose
from ..models import Dimension, Outcome, Revision, Version
from .cells import Read, heading_of

MAY_BE_NONE = ("vendor", "kpi", "owner")
ON_LINE = ("notes", "owner", "forecast")


@dataclass
class Judged:
    """A row's outcome. `values` are those of a Revision (and notes, owner for its Line); `now` what the line says."""

    read: Read
    outcome: str
    values: dict = field(default_factory=dict)
    now: Revision | None = None
    changes: list = field(default_factory=list)


class Plan:
    """The budget as the file finds it, and the names that the workspace knows. Six queries, however many rows."""

    def __init__(self, budget, mapping):
        self.budget, self.mapping, self.workspace = budget, mapping, budget.workspace
        self.new_categories: dict[str, Category] = {}
        self.seen: Counter = Counter()
        self.used: set[int] = set()

    def load(self):
        workspace = self.workspace
        self.categories = lowered(Category.objects.of(workspace).active().order_by("-pk"))
        self.kpis = lowered(Kpi.objects.of(workspace).active().order_by("-pk"))
        vendors = Vendor.objects.of(workspace).prefetch_related("aliases")
        self.vendors = {key: one for one in vendors for key in (one.key, *(alias.key for alias in one.aliases.all()))}
        self.dimensions = list(Dimension.objects.of(workspace))
        people = Member.objects.of(workspace).active().people().select_related("user")
        self.people = {word.lower(): one for one in people for word in (one.email, str(one))}
        self.by_id, self.by_reference, self.by_name = {}, defaultdict(list), defaultdict(list)
        for revision in self.revisions():
            self.by_id[revision.line_id] = revision
        for revision in self.by_id.values():
            self.by_name[same_name(revision.name)].append(revision)
            if revision.line.reference:
                self.by_reference[revision.line.reference].append(revision)
        return self

    def revisions(self):
        """What every line says now, what is open after what is in force, so that the last of a line counts."""
        found = Revision.objects.of(self.workspace).filter(line__budget=self.budget)
        found = found.filter(Q(is_open=True) | Q(in_force__endswith=None, in_force__isnull=False))
        gone = {revision.line_id for revision in found.filter(is_open=True, removed=True)}
        found = found.exclude(line__in=gone).filter(removed=False)
        return found.select_related("category", "vendor", "kpi", "line", "version").order_by("is_open", "line_id")

    # ── A row and its line ──
    def judge(self, row: Read) -> Judged:
        if row.refusal:
            return Judged(row, Outcome.REFUSED)
        if row.left_out:
            return Judged(row, Outcome.LEFT_OUT)
        try:
            return self.compared(row, self.line_of(row))
        except Refused as refused:
            row.refusal, row.at = str(refused), row.at or heading_of(self.mapping, refused.field)
            return Judged(row, Outcome.REFUSED)

    def line_of(self, row) -> Revision | None:
        if row.line:
            found = self.by_id.get(int(row.line)) if row.line.isdecimal() and len(row.line) < 19 else None
            if found is None:
                raise Refused(_("There is no line %(number)s in this budget.") % {"number": row.line[:20]}, "line")
        elif row.reference:
            found = self.nth("reference", row.reference, self.by_reference)
        else:
            found = self.nth("name", same_name(row.name), self.by_name)
        if found is not None and found.line_id in self.used:
            raise Refused(_("An earlier row of this file is the same line."), "name")
        if found is not None:
            self.used.add(found.line_id)
        return found

    def nth(self, kind, key, known):
        self.seen[kind, key] += 1
        among = known.get(key, [])
        return among[self.seen[kind, key] - 1] if self.seen[kind, key] <= len(among) else None

    def compared(self, row, now) -> Judged:
        if now is not None and now.is_open and now.version.state != Version.State.DRAFT:
            raise Refused(
                _("“%(line)s” is being changed by version %(number)s, which waits for its keys.")
                % {"line": now, "number": now.version.number},
                "name",
            )
        fields = self.resolved(row, now)
        values = cleaned(self.budget, fields, now, self.dimensions)
        if now is not None:
            refuse_loose(now, values)
        if now is None:
            return Judged(row, Outcome.NEW, values)
        holder = {name: getattr(now.line if name in ON_LINE else now, name) for name in values}
        differing = {name: value for name, value in values.items() if holder[name] != value}
        if not differing:
            return Judged(row, Outcome.UNCHANGED, {}, now)
        return Judged(row, Outcome.CHANGED, differing, now, self.words(now, differing))

    def words(self, now, differing):
        """[{label, before, after}] of what changes."""
        before = now.terms()
        after = copy(now)
        for name, value in on_revision(differing).items():
            setattr(after, name, value)
        rows = rows_in_words(difference(before, after.terms()), self.budget)
        rows += [
            {"label": name, "before": str(getattr(now.line, name) or ""), "after": str(differing[name] or "")}
            for name in ON_LINE
            if name in differing
        ]
        return [plain(row) for row in rows if row["before"] != row["after"]]

    # ── Names into things ──
    def resolved(self, row, now) -> dict:
        fields = dict(row.fields)
        if now is None and "side" not in fields:
            raise Refused(_("Whose line is it? The row does not say."), "side")
        side = fields.get("side") or now.side
        if "category" in fields:
            fields["category"] = self.category(fields["category"], side, now)
        for key, find in (("vendor", self.vendor), ("kpi", self.kpi), ("owner", self.owner)):
            if key in fields:
                found = find(fields[key]) if fields[key] else None
                if fields[key] and found is None:
                    row.remarks.append(_("“%(name)s” is not known here and was left out.") % {"name": fields[key][:80]})
                    fields.pop(key)
                else:
                    fields[key] = found
        return {
            name: value for name, value in fields.items() if value is not None or name in ("vendor", "kpi", "owner")
        }

    def category(self, name, side, now):
        name = " ".join(name.split())
        if not name:
            if now is None:
                raise Refused(_("Name a category (at most 80 characters)."), "category")
            return None
        known = self.categories.get(name.lower()) or self.new_categories.get(name.lower())
        if known:
            return known
        if self.mapping["new_categories"] != "create":
            raise Refused(_("“%(name)s” is not in the tree of categories.") % {"name": name[:80]}, "category")
        if len(name) > 80:
            raise Refused(_("Name a category (at most 80 characters)."), "category")
        domain = side if side in Domain.values else Domain.OTHER
        return self.new_categories.setdefault(
            name.lower(), Category(workspace=self.workspace, name=name, domain=domain)
        )

    def vendor(self, name):
        return self.vendors.get(normal(name))

    def kpi(self, name):
        return self.kpis.get(name.lower())

    def owner(self, name):
        return self.people.get(name.lower())


COMPARED = [
    one.attname
    for one in Revision._meta.concrete_fields
    if one.name not in ("id", "fingerprint", "edits", "in_force", "is_open")
]


def on_revision(values) -> dict:
    return {name: value for name, value in values.items() if name not in ON_LINE}


def lowered(things) -> dict:
    return {thing.name.lower(): thing for thing in things}


def same_name(name: str) -> str:
    return " ".join(name.lower().split())


def digest(judged: list[Judged]) -> str:
    """Equal when the same rows would do the same to the same lines as they read now."""
    rows = [
        (one.read.row, str(one.outcome), one.now and (one.now.pk, one.now.edits), canonical(plainly(one.values)))
        for one in judged
    ]
    return hashlib.sha256(repr(rows).encode()).hexdigest()


def plainly(values) -> dict:
    return {name: value if isinstance(value, list | dict) else str(value) for name, value in values.items()}
