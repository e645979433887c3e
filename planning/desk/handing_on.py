"""What does a person hold, and who holds it from now on? Asked when their place ends, thing by thing.

Promises of reviews, retrospective approvals, purchases they asked for, budget lines they look after with what was
asked of them there, vendors, shared KPIs, roles of the matrix. What waits for their key is signoffs' own
(`signoffs.moving`).
"""

from dataclasses import dataclass

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Model, OuterRef, Q, Subquery
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from planning.budgets.models import Accrual, Budget, Explanation, Line, Revision
from planning.kpis.models import Kpi
from planning.people.models import KEY_SIDES, Member
from planning.purchases.models import ENDED, Purchase, State
from planning.purchases.succession import take_over
from planning.reviews.models import Promise
from planning.roles.appointing import hold, refuse_appointment
from planning.roles.models import Holding
from planning.roles.routing.following import follow
from planning.shared.locking import lock_all
from planning.shared.refusals import Refused
from planning.spend.models import Amnesty
from planning.trail.models import subject_of
from planning.vendors.models import Vendor


@dataclass(frozen=True)
class Held:
    """One thing somebody holds: `key` names it in a form, `kind` says what it is to a reader."""

    kind: str
    thing: Model
    label: str

    @property
    def key(self) -> str:
        return subject_of(self.thing)


def held_by(person) -> list[Held]:
    """Everything that needs somebody else when `person` goes, in the order in which it is locked. A query a kind."""
    return [Held(kind, thing, label(thing)) for kind, found, label in kinds(person) for thing in found]


def kinds(person):
    workspace, today = person.workspace, person.workspace.today()
    owner = f"{person.side}_owner" if person.side in KEY_SIDES else None
    mine = Q(**{owner: person}) if owner else Q(pk=None)
    names = Revision.objects.filter(line=OuterRef("pk")).order_by("-pk").values("name")[:1]
    lines = Line.objects.of(workspace).filter(owner=person).exclude(budget__state=Budget.State.CLOSED)
    purchases = Purchase.objects.of(workspace).filter(requester=person).exclude(state__in=[*ENDED, State.CLOSED])
    holdings = Holding.objects.of(workspace).filter(member=person).exclude(days__fully_lt=DateRange(today, None))
    return [
        (_("promise"), Promise.objects.of(workspace).open().filter(member=person).order_by("pk"), str),
        (_("retrospective approval"), undecided(person), str),
        (_("purchase"), purchases.order_by("pk"), str),
        (_("budget line"), lines.annotate(line_name=Subquery(names)).order_by("pk"), lambda line: line.line_name),
        (_("vendor"), Vendor.objects.of(workspace).filter(mine).order_by("pk"), str),
        (_("KPI"), Kpi.objects.of(workspace).active().filter(mine).order_by("pk"), str),
        (_("role"), holdings.select_related("role").order_by("pk"), lambda holding: str(holding.role)),
    ]


def undecided(person):
    """What was bought before it was approved, where this person decides."""
    open_states = [Amnesty.State.NEW, Amnesty.State.REVIEW]
    found = Amnesty.objects.of(person.workspace).filter(owner=person, state__in=open_states)
    return found.select_related("vendor").order_by("pk")


def hand_on(leaver, member, successor, heirs) -> tuple[list[dict], list]:
    """Give each thing to its heir in `heirs`, {key: Member}, else to `successor`. Returns [{what, kind, holder}], and
    what moved with the roles (`roles.routing.following.follow`).

    Refused: a thing for which nobody is named, an heir of another side or who edits nothing, and a role of the matrix
    in force that `member` may not fill.
    """
    done, moved = [], []
    for held in held_by(leaver):
        heir = heirs.get(held.key) or successor
        refuse_heir(held, heir, leaver)
        [thing] = lock_all(type(held.thing).objects.of(leaver.workspace).filter(pk=held.thing.pk)) or [None]
        if thing is not None:
            moved += GIVE[type(thing)](thing, leaver, heir, member) or []
            done.append({"what": held.label, "kind": str(held.kind), "holder": heir.pk})
    return done, moved


def refuse_heir(held, heir, leaver):
    said = {"what": held.label, "kind": held.kind, "person": leaver}
    if heir is None:
        raise Refused(_g("%(person)s holds “%(what)s” (%(kind)s). Say who takes it over.") % said, held.key)
    if heir.pk == leaver.pk or heir.left_at or heir.side != leaver.side or not heir.can_edit:
        raise Refused(_g("“%(what)s” (%(kind)s) goes to somebody of the same side who edits.") % said, held.key)


def people(workspace, keys) -> dict[str, Member]:
    """{key: Member} of {key: id}, ids that are not here left out."""
    found = Member.objects.of(workspace).select_related("user").in_bulk(list(keys.values()))
    return {key: found[pk] for key, pk in keys.items() if pk in found}


# ── Thing by thing ───────────────────────────────────────────────────────────────────────────────────────────────────
def give_promise(promise, _leaver, heir, _member):
    promise.member = heir
    promise.save(update_fields=["member"])


def give_amnesty(amnesty, _leaver, heir, _member):
    amnesty.owner = heir
    amnesty.save(update_fields=["owner"])


def give_line(line, leaver, heir, _member):
    line.owner = heir
    line.save(update_fields=["owner"])
    for asked in (Explanation, Accrual):
        asked.objects.of(leaver.workspace).open().filter(line=line, owner=leaver).update(owner=heir)


def give_purchase(purchase, _leaver, heir, _member):
    take_over(purchase, heir)


def give_owned(thing, leaver, heir, _member):
    setattr(thing, f"{leaver.side}_owner", heir)
    thing.save(update_fields=[f"{leaver.side}_owner"])


def give_role(holding, leaver, heir, member):
    """The leaver's days end today, the heir's begin; an heir who holds the role already goes on holding it."""
    refuse_appointment(holding.role, member)
    today, since, until = leaver.workspace.today(), holding.days.lower, holding.days.upper
    if since and since < today:
        holding.days = DateRange(since, today)
        holding.save(update_fields=["days"])
    else:
        holding.delete()
    start = max(since or today, today)
    has = Holding.objects.of(leaver.workspace).filter(role=holding.role, member=heir)
    if not has.filter(days__overlap=DateRange(start, until)).exists():
        hold(holding.role, heir, start, until)
    return follow(holding.role)


GIVE = {
    Promise: give_promise,
    Amnesty: give_amnesty,
    Purchase: give_purchase,
    Line: give_line,
    Vendor: give_owned,
    Kpi: give_owned,
    Holding: give_role,
}
