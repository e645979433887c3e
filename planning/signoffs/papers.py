"""Opening a paper, and taking it back. Plain functions: the room whose thing is signed writes the history."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Prefetch
from django.utils.translation import gettext as _

from planning.people.models import Member
from planning.shared.plain import plain, text_of
from planning.shared.refusals import Refused
from planning.trail.models import subject_of

from .duties import begin
from .models import UNDECIDED, UNDONE, Duty, Paper, Seat
from .reminding import settle, settle_duties, settle_notices


@dataclass(frozen=True)
class SeatSpec:
    """A seat to be asked. `side` names whose leads decide when there is no `holder`; it defaults to the seat's name.

    `carried_from`: a key turned on an earlier version, which this one does not touch. It is shown as carried, with who
    turned it, when, and the text they read. `letter` and `role`: what the matrix made of it.
    """

    name: str
    side: str = ""
    holder: Member | None = None
    reason: str = ""
    due: datetime | None = None
    required: bool = True
    interest: str = ""
    state: str = Seat.State.OPEN
    carried_from: Seat | None = None
    letter: str = ""
    role: str = ""
    role_name: str = ""

    def decision(self) -> dict:
        """The decision that a carried key brings along."""
        if self.carried_from is None:
            return {"state": self.state}
        copied = ("decided_by_id", "decided_for_id", "decided_at", "read_fingerprint")
        was = {name: getattr(self.carried_from, name) for name in copied}
        return {"state": Seat.State.APPROVED, "carried_from": self.carried_from, **was}


def open_paper(
    *,
    kind,
    subject,
    version,
    terms,
    author,
    seats,
    url,
    author_decides=True,
    amount=None,
    label=None,
    duties=(),
    matrix=None,
) -> Paper:
    """Freeze `terms` as version `version` of `subject` and ask the seats. With every seat carried it is agreed at once.

    `duties` (`duties.DutySpec`): who prepares and who is asked before A decides. `matrix`: the row that named them.

    Refused: no seat at all, a seat that nobody could decide, and a second open paper about the same subject.
    """
    specs = list(seats)
    if not specs:
        raise Refused(_("Nobody is asked to agree; a paper needs at least one key."))
    workspace, author_id = subject.workspace, author and author.pk
    terms = plain(terms)
    agreed = all(spec.carried_from for spec in specs)
    refuse_empty(specs, workspace, None if author_decides else author_id)
    try:
        with transaction.atomic():
            paper = Paper.objects.create(
                workspace=workspace,
                kind=kind,
                subject=subject_of(subject),
                label=(label or str(subject))[:300],
                url=url,
                amount=amount,
                version=version,
                terms=terms,
                text=text_of(terms),
                matrix=matrix and plain(matrix),
                author=author,
                author_decides=author_decides,
                opened_at=workspace.now(),
                state=Paper.State.AGREED if agreed else Paper.State.OPEN,
                closed_at=workspace.now() if agreed else None,
            )
    except IntegrityError as error:
        raise Refused(_("A version of “%(thing)s” is waiting for its keys already.") % {"thing": subject}) from error
    Seat.objects.bulk_create(
        Seat(
            workspace=workspace,
            paper=paper,
            name=spec.name,
            side=spec.side or ("" if spec.holder else spec.name),
            required=spec.required,
            holder=spec.holder,
            reason=str(spec.reason)[:300],
            interest=spec.interest,
            due_at=spec.due,
            letter=spec.letter,
            role=spec.role,
            role_name=spec.role_name,
            **spec.decision(),
        )
        for spec in specs
    )
    if duties or any(spec.letter for spec in specs):
        begin(paper, duties)
    paper.refresh_from_db(fields=["fingerprint"])
    return paper


def refuse_empty(specs, workspace, excluded_id):
    """A seat without anybody to sit on it refuses the whole submission, by name."""
    asked = [spec for spec in specs if not spec.carried_from]
    sides = [spec.side or spec.name for spec in asked if not spec.holder]
    leads = Member.objects.of(workspace).leads(*sides).exclude(pk=excluded_id)
    led = set(leads.values_list("side", flat=True)) if sides else set()
    for spec in asked:
        if spec.holder and spec.holder.pk == excluded_id:
            raise Refused(
                _("%(person)s asks for this and cannot decide it as well; “%(seat)s” needs somebody else.")
                % {"person": spec.holder, "seat": spec.name}
            )
        if not spec.holder and (spec.side or spec.name) not in led:
            says = _("Nobody can decide for %(seat)s: there is no lead to ask.")
            raise Refused(says % {"seat": spec.side or spec.name})


def seats_with_people(path: str = "seats") -> Prefetch:
    """For prefetch_related: the seats of papers with everybody named on them, in one query."""
    return Prefetch(path, Seat.objects.select_related("holder__user", "decided_by__user", "decided_for__user"))


def duties_with_people(path: str = "duties") -> Prefetch:
    """The same for the duties of papers."""
    return Prefetch(path, Duty.objects.select_related("holder__user", "said_by__user", "said_for__user"))


def fresh(paper) -> Paper:
    """The paper with its seats and their people, as they are now."""
    found = whole_papers(paper.workspace_id).select_related("workspace").get(pk=paper.pk)
    introduce(found)
    return found


def whole_papers(workspace):
    """Papers with their seats and duties, whose people `introduce` names."""
    return Paper.objects.of(workspace).prefetch_related("seats", "duties")


def introduce(paper):
    """Everybody named on it, in one question: joined to each seat, the same people come many times."""
    named = [(paper, "author")]
    named += [(seat, name) for seat in paper.seats.all() for name in ("holder", "decided_by", "decided_for")]
    named += [(duty, name) for duty in paper.duties.all() for name in ("holder", "said_by", "said_for")]
    ids = {getattr(thing, f"{name}_id") for thing, name in named} - {None}
    people = Member.objects.of(paper.workspace_id).select_related("user").in_bulk(ids)
    for member in people.values():
        member.workspace = paper.workspace
    for thing, name in named:
        setattr(thing, name, people.get(getattr(thing, f"{name}_id")))


def withdraw(paper) -> bool:
    """Take an open paper back; its open seats become void. False when it was closed already."""
    taken = Paper.objects.filter(pk=paper.pk, state=Paper.State.OPEN).update(
        state=Paper.State.WITHDRAWN, closed_at=paper.workspace.now()
    )
    if taken:
        void(
            paper.workspace_id,
            list(paper.seats.filter(state__in=UNDECIDED)),
            list(paper.duties.filter(state__in=UNDONE)),
        )
        settle_notices(paper)
    return bool(taken)


def void(workspace_id, seats, duties):
    """Nobody is asked for these any longer; the paper they are of is held."""
    if seats:
        settle(workspace_id, seats)
        Seat.objects.filter(pk__in=[seat.pk for seat in seats]).update(state=Seat.State.VOID)
    if duties:
        settle_duties(workspace_id, duties)
        Duty.objects.filter(pk__in=[duty.pk for duty in duties]).update(state=Duty.State.VOID)
    for one in (*seats, *duties):
        one.state = one.State.VOID
