"""Defining a KPI: what is saved is proposed to both keys; the agreed version stays until the next is agreed."""

from django.db.models import Max
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from planning.calendar.business_time import due_after
from planning.notices.telling import tell
from planning.people.models import KEY_SIDES, Member, Side
from planning.people.places import place
from planning.roles.routing.seats import routed
from planning.roles.routing.told import informed
from planning.shared.locking import lock
from planning.shared.refusals import Refused, Stale
from planning.signoffs.models import Duty, Paper, Seat
from planning.signoffs.papers import SeatSpec, open_paper, withdraw
from planning.signoffs.signing import sign as turn_key
from planning.trail.acts import action, record
from planning.trail.models import subject_of

from ..asking import stop_asking
from ..models import Definition, Kpi, TargetPoint
from ..terms import Terms, terms_of

DAYS_TO_DECIDE = 5


@action(_("proposed the KPI {subject}"))
def create(member, terms: Terms, marketing_owner, technology_owner) -> Kpi:
    """A new KPI, its first definition proposed to both keys.

    Refused: what `Terms.clean` refuses, a name that is taken, owners who are not one person from each side.
    """
    terms, workspace = terms.clean(), member.workspace
    refuse_owners(workspace, marketing_owner, technology_owner)
    refuse_taken(workspace, terms.name)
    kpi = Kpi.objects.create(
        workspace=workspace,
        name=terms.name,
        marketing_owner=marketing_owner,
        technology_owner=technology_owner,
        created_at=workspace.now(),
    )
    definition = propose(kpi, member, terms)
    entry = record(create, member, kpi, after={"version": definition.number, **terms.text()})
    tell(waiting_for(kpi), entry, url=place(workspace, "kpis:kpi", kpi.pk), needs=True)
    return kpi


@action(_("proposed another definition of {subject}"))
def revise(kpi, member, terms: Terms, note: str = "") -> Definition:
    """Propose a new version of a definition. One that still waits for its keys is withdrawn in its favour.

    Refused: what `Terms.clean` refuses, a name that is taken, and terms that change nothing.
    """
    terms, workspace = terms.clean(), member.workspace
    kpi = lock(Kpi.objects.of(workspace).active(), kpi.pk)
    refuse_taken(workspace, terms.name, kpi)
    last = kpi.definitions.prefetch_related("targets").order_by("-number").first()
    if last.state in (Definition.State.PROPOSED, Definition.State.AGREED) and terms_of(last) == terms:
        raise Refused(_g("This is what version %(number)s says already.") % {"number": last.number})
    take_back(kpi)
    definition = propose(kpi, member, terms)
    if not any(version.from_on for version in kpi.definitions.all()):
        rename(kpi, terms.name)
    entry = record(
        revise,
        member,
        kpi,
        note=note,
        before={"version": last.number, **terms_of(last).text()},
        after={"version": definition.number, **terms.text()},
    )
    tell(waiting_for(kpi), entry, url=place(workspace, "kpis:kpi", kpi.pk), needs=True)
    return definition


@action(_("took back the proposed definition of {subject}"))
def recall(kpi, member):
    """Withdraw the definition that waits for its keys. Refused: none waits."""
    kpi = lock(Kpi.objects.of(member.workspace), kpi.pk)
    taken = take_back(kpi)
    if taken is None:
        raise Refused(_g("No definition of “%(kpi)s” waits for its keys.") % {"kpi": kpi})
    entry = record(recall, member, kpi, before={"version": taken.number})
    tell(waiting_for(kpi), entry, url=place(member.workspace, "kpis:kpi", kpi.pk))


@action(_("decided on the definition of {subject}"))
def sign(
    kpi, member, seat: str, verdict: str, version: int, note: str = "", fingerprint: str | None = None
) -> Definition:
    """Turn a key on the proposed definition: "approve", "reject" or "ask". The second key puts it in force from today.

    Refused: what `signoffs.sign` refuses; a version that no longer waits is Stale, with the difference.
    """
    kpi = lock(Kpi.objects.of(member.workspace).select_related("marketing_owner", "technology_owner"), kpi.pk)
    written = kpi.definitions.select_related("paper", "author")
    definition = written.filter(number=version, paper__isnull=False).first()
    if definition is None:
        newest = kpi.definitions.order_by("-number").first()
        raise Stale(_g("Version %(new)s is the one to decide now.") % {"new": newest.number}, field="version")
    paper = turn_key(definition.paper, member, seat, verdict, version, note, fingerprint or None)
    if paper.just_closed:
        close(kpi, definition, agreed=paper.state == Paper.State.AGREED)
    entry = record(
        sign,
        member,
        kpi,
        note=note,
        after={
            "version": version,
            "seat": seat,
            "verdict": verdict,
            "state": definition.state,
            "fingerprint": paper.fingerprint,
        },
    )
    others = [*kpi.owners, definition.author, *(informed(paper) if paper.just_closed else ())]
    tell(others, entry, url=place(member.workspace, "kpis:kpi", kpi.pk), needs=verdict == "ask")
    return definition


@action(_("handed over {subject}"))
def hand_over(kpi, member, marketing_owner, technology_owner):
    """Name the two owners. Refused: owners who are not one active person from each side."""
    refuse_owners(member.workspace, marketing_owner, technology_owner)
    kpi = lock(Kpi.objects.of(member.workspace).active(), kpi.pk)
    before = {"marketing": kpi.marketing_owner_id, "technology": kpi.technology_owner_id}
    kpi.marketing_owner, kpi.technology_owner = marketing_owner, technology_owner
    kpi.save(update_fields=["marketing_owner", "technology_owner"])
    entry = record(
        hand_over,
        member,
        kpi,
        before=before,
        after={"marketing": marketing_owner.pk, "technology": technology_owner.pk},
    )
    tell(kpi.owners, entry, url=place(member.workspace, "kpis:kpi", kpi.pk))


@action(_("retired {subject}"))
def retire(kpi, member, note: str):
    """Stop following a KPI; its history stays. Refused: without a reason."""
    if not note.strip():
        raise Refused(_g("Say why: the others read it."), "note")
    kpi = lock(Kpi.objects.of(member.workspace).active(), kpi.pk)
    take_back(kpi)
    stop_asking(kpi.readings)
    kpi.retired_at = member.workspace.now()
    kpi.save(update_fields=["retired_at"])
    entry = record(retire, member, kpi, note=note)
    tell(kpi.owners, entry, url=place(member.workspace, "kpis:kpi", kpi.pk))


# ── What they share ──────────────────────────────────────────────────────────────────────────────────────────────────
def propose(kpi, member, terms) -> Definition:
    """The next version, waiting for both keys."""
    workspace = kpi.workspace
    number = (kpi.definitions.aggregate(last=Max("number"))["last"] or 0) + 1
    due = due_after(workspace, days=DAYS_TO_DECIDE)
    reason = _g("A shared KPI is defined by both sides.")
    seats = [SeatSpec(side, reason=reason, due=due) for side in KEY_SIDES]
    paper = open_paper(
        kind="kpi",
        subject=kpi,
        version=number,
        terms=terms.text(),
        author=member,
        label=terms.name,
        url=place(workspace, "kpis:kpi", kpi.pk),
        **routed(workspace, "kpi", seats, member).terms(),
    )
    definition = Definition.objects.create(
        workspace=workspace, kpi=kpi, number=number, paper=paper, author=member, proposed_at=workspace.now(),
        **terms.columns(),
    )  # fmt: skip
    TargetPoint.objects.bulk_create(
        TargetPoint(workspace=workspace, definition=definition, **point._asdict()) for point in terms.targets
    )
    return definition


def take_back(kpi) -> Definition | None:
    """Withdraw what waits, if anything does."""
    waiting = kpi.definitions.filter(state=Definition.State.PROPOSED).select_related("paper__workspace").first()
    if waiting:
        withdraw(waiting.paper)
        waiting.state = Definition.State.WITHDRAWN
        waiting.save(update_fields=["state"])
    return waiting


def close(kpi, definition, agreed: bool):
    """Agreed: in force from today, in place of the one before. Refused: nothing else changes."""
    today = kpi.workspace.today()
    definition.state = Definition.State.AGREED if agreed else Definition.State.REFUSED
    if agreed:
        kpi.definitions.filter(state=Definition.State.AGREED).update(state=Definition.State.SUPERSEDED, until_on=today)
        definition.from_on = today
        rename(kpi, definition.name)
    definition.save(update_fields=["state", "from_on"])


def rename(kpi, name):
    if kpi.name != name:
        kpi.name = name
        kpi.save(update_fields=["name"])


def refuse_taken(workspace, name, kpi=None):
    if Kpi.objects.of(workspace).active().filter(name=name).exclude(pk=kpi and kpi.pk).exists():
        raise Refused(_g("There is a KPI called “%(name)s” already.") % {"name": name}, "name")


def refuse_owners(workspace, marketing_owner, technology_owner):
    for owner, side in ((marketing_owner, Side.MARKETING), (technology_owner, Side.TECHNOLOGY)):
        if owner is None or owner.workspace_id != workspace.pk or owner.side != side or not owner.can_edit:
            raise Refused(
                _g("A KPI is owned by one person from each side: %(side)s's owner is missing.") % {"side": side.label},
                "owners",
            )


def waiting_for(kpi):
    """Who can turn the keys, who is asked first, and the owners."""
    asked = Duty.objects.of(kpi.workspace).open().filter(paper__subject=subject_of(kpi)).exclude(holder=None)
    seats = Seat.objects.of(kpi.workspace).open().filter(paper__subject=subject_of(kpi)).exclude(holder=None)
    named = [one.holder for one in (*asked.select_related("holder"), *seats.select_related("holder"))]
    return [*Member.objects.of(kpi.workspace).leads(*KEY_SIDES), *kpi.owners, *named]
