"""What is kept about a vendor: systems, papers, rounds of marks. Forms stand on the vendor's page, marks on theirs."""

from django.shortcuts import get_object_or_404

from planning.people.doors import anyone, door, editors, refusals_on, shown
from planning.shared.refusals import Refused

from . import keeping, scoring
from .forms import DocumentForm, MarksForm, SystemForm
from .models import Document, Scorecard, System, Vendor


@door(post=editors, does=keeping.add_system)
def systems(request, vendor_id):
    vendor = get_object_or_404(Vendor.objects.of(request.workspace), pk=vendor_id)
    keeping.add_system(vendor, request.member, **said(SystemForm(request.POST)))
    return request.go("vendors:vendor", vendor.pk)


@door(post=editors, does=keeping.remove_system)
def system_removal(request, system_id):
    system = get_object_or_404(System.objects.of(request.workspace), pk=system_id)
    keeping.remove_system(system, request.member)
    return request.go("vendors:vendor", system.vendor_id)


@door(post=editors, does=keeping.file_document)
def documents(request, vendor_id):
    vendor = get_object_or_404(Vendor.objects.of(request.workspace), pk=vendor_id)
    keeping.file_document(vendor, request.member, **said(DocumentForm(request.POST, request.FILES)))
    return request.go("vendors:vendor", vendor.pk)


@door(post=editors, does=keeping.remove_document)
def document_removal(request, document_id):
    document = get_object_or_404(Document.objects.of(request.workspace), pk=document_id)
    keeping.remove_document(document, request.member)
    return request.go("vendors:vendor", document.vendor_id)


@door(post=editors, does=scoring.ask_marks)
def scorecards(request, vendor_id):
    vendor = get_object_or_404(Vendor.objects.of(request.workspace), pk=vendor_id)
    made = scoring.ask_marks(vendor, request.member)
    return request.go("vendors:scorecard", made.pk)


@door(anyone, editors, does=scoring.give_marks)
def scorecard(request, scorecard_id):
    card = get_object_or_404(Scorecard.objects.of(request.workspace).select_related("vendor"), pk=scorecard_id)
    scores = scoring.shown_to(card, request.member)
    mine = scores.get(request.member.side) if card.is_open else None
    form = MarksForm(request.POST or None, initial=mine and mine.marks | {"words": mine.words})
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            scoring.give_marks(card, request.member, form.marks(), form.cleaned_data["words"])
            return request.go("vendors:scorecard", card.pk)
    marked = scoring.has_marked(card)
    context = {
        "card": card, "form": form,
        "can_mark": card.is_open and request.member.can_edit and request.member.side in scoring.SIDES,
        "sides": [(side, score, side in marked, score and scoring.mean(score)) for side, score in scores.items()],
        "rows": [
            (label, [score and score.marks.get(key) for score in scores.values()])
            for key, label in scoring.QUESTIONS.items()
        ],
    }  # fmt: skip
    return shown(request, "vendors/scorecard.html", context, form)


def said(form) -> dict:
    """The cleaned input of a small form on somebody else's page; its first complaint is told as a refusal."""
    if form.is_valid():
        return form.cleaned_data
    field, errors = next(iter(form.errors.items()))
    label = form.fields[field].label if field in form.fields else ""
    raise Refused(f"{label}: {errors[0]}" if label else str(errors[0]), field)
