"""The rules that say who decides: read by everybody, written by leads, put in force by both keys."""

from django.shortcuts import render

from planning.calendar.models import Category
from planning.people.doors import anyone, door, leads
from planning.shared.refusals import Refused
from planning.signoffs.papers import fresh
from planning.trail.queries import history

from . import actions
from .forms import DecisionForm, NoteForm
from .models import About, Ruleset
from .past import dry_run
from .rule_forms import ASKS, WORDS, rules_form
from .rulebook import book_of, in_force, refuse_unsound, spoken
from .rules import BANDED
from .step_views import said


@door(anyone, leads, does=actions.write_rules)
def rules(request):
    """What is in force, in words; for leads the draft of the next version with its editor."""
    now, draft = in_force(request.workspace), draft_of(request.workspace)
    book = book_of(draft or now)
    writes = request.method == "POST" or request.member.is_lead and not (draft and draft.paper)
    form = rules_form(request, book, request.workspace) if writes else None
    if request.method == "POST" and form.is_valid():
        actions.write_rules(request.member, form.clauses())
        return request.go("purchases:rules")
    context = {
        "now": now,
        "draft": draft,
        "rows": in_words(book_of(now), request.workspace, book_of(draft) if draft else None),
        "draft_rows": draft and in_words(book_of(draft), request.workspace, book_of(now)),
        "paper": fresh(draft.paper) if draft and draft.paper else None,
        "form": form,
        "words": [label for choices in WORDS.values() for label in choices.labels],
        "unsound": draft and what_is_unsound(book, request.workspace),
        "history": history(draft or now, 10) if draft or now else [],
    }
    return render(request, "purchases/rules.html", context, status=422 if request.method == "POST" else 200)


@door(anyone)
def trial(request):
    """What the draft would have changed in the requests of the last twelve months: a part of the rules' page."""
    draft = draft_of(request.workspace)
    now = in_force(request.workspace)
    tried, different = dry_run(request.workspace, book_of(now), book_of(draft)) if draft else (0, [])
    context = {"tried": tried, "different": different[:50], "count": len(different)}
    return render(request, "purchases/_trial.html", context)


@door(post=leads, does=actions.propose_rules)
def rules_proposal(request):
    actions.propose_rules(request.member, **said(NoteForm, request))
    return request.go("purchases:rules")


@door(post=leads, does=actions.withdraw_rules)
def rules_withdrawal(request):
    actions.withdraw_rules(request.member, **said(NoteForm, request))
    return request.go("purchases:rules")


@door(post=leads, does=actions.sign_rules)
def rules_signature(request):
    facts = said(DecisionForm, request)
    actions.sign_rules(request.member, **facts | {"fingerprint": facts["fingerprint"] or None})
    return request.go("purchases:rules")


def draft_of(workspace) -> Ruleset | None:
    open_ones = Ruleset.objects.of(workspace).filter(state__in=[Ruleset.State.DRAFT, Ruleset.State.PROPOSED])
    return open_ones.select_related("paper", "workspace").prefetch_related("rows").first()


def what_is_unsound(book, workspace) -> str:
    try:
        refuse_unsound(book, workspace.currency, dict(Category.objects.of(workspace).values_list("pk", "name")))
    except Refused as refused:
        return str(refused)
    return ""


def in_words(book, workspace, other=None) -> list[dict]:
    """The rules as a table reads them: what is looked at, where it applies, and who is asked besides the owner.

    `differs` says that the `other` book has no such rule."""
    names, asks = dict(Category.objects.of(workspace).values_list("pk", "name")), dict(ASKS)
    return [
        {
            "clause": clause,
            "differs": other is not None and clause not in other.clauses,
            "about": About(clause.about).label,
            "banded": clause.about in BANDED,
            "low": spoken(clause.low, clause.about, workspace.currency),
            "high": clause.high is not None and spoken(clause.high, clause.about, workspace.currency),
            "word": WORDS[clause.about](clause.word).label if clause.about in WORDS else clause.word,
            "category": names.get(clause.category, ""),
            "asks": [str(asks[seat]) for seat in clause.seats],
        }
        for clause in book.clauses
    ]
