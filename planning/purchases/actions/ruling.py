"""The rules that say who decides: written by a lead, put in force by both keys."""

from django.db.models import Max
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from planning.calendar.models import Category
from planning.notices.telling import tell
from planning.people.models import KEY_SIDES, Member
from planning.people.places import place
from planning.shared.locking import lock
from planning.shared.refusals import NotYours, Refused
from planning.signoffs import papers
from planning.signoffs.models import Paper
from planning.signoffs.papers import SeatSpec, open_paper
from planning.signoffs.signing import sign
from planning.trail.acts import action, record

from ..models import Rule, Ruleset
from ..rulebook import book_of, refuse_unsound, row_of, terms_of_book
from ..rules import Book


@action(_("wrote {subject}"))
def write_rules(member, clauses) -> Ruleset:
    """Keep `clauses` (rules.Clause) as the draft, the whole of it; the first time it becomes the next version.

    Refused: who is no lead, and while a proposal waits for its keys. What is unsound is refused when it is proposed.
    """
    refuse_others(member)
    workspace = member.workspace
    draft = held_open(workspace)
    if draft and draft.state == Ruleset.State.PROPOSED:
        raise Refused(__("These rules wait for their keys. Take the proposal back to change them."))
    if draft is None:
        last = Ruleset.objects.of(workspace).aggregate(last=Max("number"))["last"] or 0
        draft = Ruleset.objects.create(workspace=workspace, number=last + 1, author=member, made_at=workspace.now())
    before = terms_of_book(book_of(draft), workspace.currency)
    draft.rows.all().delete()
    Rule.objects.bulk_create(row_of(clause, draft, number) for number, clause in enumerate(clauses, start=1))
    after = terms_of_book(Book("", tuple(clauses)), workspace.currency)
    record(write_rules, member, draft, before={"rules": before}, after={"rules": after})
    return draft


@action(_("proposed {subject}"))
def propose_rules(member, note: str = "") -> Ruleset:
    """Freeze the draft and ask both keys; its author may turn their own. Refused: no draft, and unsound rules."""
    refuse_others(member)
    workspace = member.workspace
    draft = held_open(workspace)
    if draft is None or draft.state != Ruleset.State.DRAFT:
        raise Refused(__("There is no draft of the rules to propose."))
    book = book_of(draft)
    refuse_unsound(book, workspace.currency, dict(Category.objects.of(workspace).values_list("pk", "name")))
    draft.paper = open_paper(
        kind="rules",
        subject=draft,
        version=draft.number,
        terms={"rules": terms_of_book(book, workspace.currency), "currency": workspace.currency},
        author=member,
        seats=[SeatSpec(side, reason=__("Who decides is agreed by both sides.")) for side in KEY_SIDES],
        url=place(workspace, "purchases:rules"),
    )
    draft.state, draft.author = Ruleset.State.PROPOSED, member
    draft.save(update_fields=["paper", "state", "author"])
    after = {"version": draft.number, "fingerprint": draft.paper.fingerprint}
    return told(propose_rules, draft, member, after, note, needs=True)


@action(_("took the proposal of {subject} back"))
def withdraw_rules(member, note: str = "") -> Ruleset:
    """Make a proposal that waits a draft again, of the next number. Refused: nothing waits."""
    refuse_others(member)
    draft = held_open(member.workspace)
    if draft is None or not draft.paper or not papers.withdraw(draft.paper):
        raise Refused(__("Nothing waits for its keys."))
    back_to_draft(draft)
    return told(withdraw_rules, draft, member, {"version": draft.number}, note)


@action(_("decided about {subject}"))
def sign_rules(member, seat: str, verdict: str, version: int, note: str = "", fingerprint: str | None = None):
    """Turn one key on the version that was read. Both put it in force for what is submitted from now on.

    Refused: what signoffs.sign refuses; without a proposal, everything.
    """
    ruleset = held_open(member.workspace)
    if ruleset is None or ruleset.paper is None:
        raise Refused(__("Nothing waits for its keys."))
    paper = sign(ruleset.paper, member, seat, verdict, version, note, fingerprint)
    if paper.just_closed and paper.state == Paper.State.AGREED:
        Ruleset.objects.of(member.workspace).in_force().update(state=Ruleset.State.REPLACED)
        ruleset.state, ruleset.agreed_at = Ruleset.State.AGREED, member.workspace.now()
        ruleset.save(update_fields=["state", "agreed_at"])
    elif paper.just_closed:
        back_to_draft(ruleset)
    after = {"seat": seat, "verdict": verdict, "version": version, "fingerprint": paper.fingerprint}
    return told(sign_rules, ruleset, member, after | {"state": str(ruleset.state)}, note, needs=paper.is_open)


# ── How it is done ───────────────────────────────────────────────────────────────────────────────────────────────────
def refuse_others(member):
    if not member.is_lead:
        raise NotYours(__("A lead writes the rules that say who decides."))


def held_open(workspace) -> Ruleset | None:
    """The draft or the proposal, held; None when there is neither."""
    found = Ruleset.objects.of(workspace).filter(state__in=[Ruleset.State.DRAFT, Ruleset.State.PROPOSED]).first()
    if found is None:
        return None
    return lock(Ruleset.objects.of(workspace).select_related("paper"), found.pk)


def back_to_draft(ruleset):
    ruleset.state, ruleset.paper, ruleset.number = Ruleset.State.DRAFT, None, ruleset.number + 1
    ruleset.save(update_fields=["state", "paper", "number"])


def told(act, ruleset, member, after, note, needs=False):
    entry = record(act, member, ruleset, after=after, note=note)
    leads = Member.objects.of(member.workspace).leads(*KEY_SIDES).select_related("user")
    tell(leads, entry, url=place(member.workspace, "purchases:rules"), needs=needs)
    return ruleset
