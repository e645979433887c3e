"""Pages of vendors that are one: likely pairs, one merge before it is made, and taking it back."""

from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from planning.people.doors import anyone, door, editors, refusals_on, shown
from planning.shared.refusals import Refused

from ..finding import alike, called
from ..models import Merge, Twin, Vendor
from . import acting
from .finding import open_twins
from .forms import MergeForm
from .hanging import counted, in_words

SHOWN = 20


@door(anyone)
def twins(request):
    """Pairs that look like one vendor, the largest money first."""
    found = open_twins(request.workspace)
    waiting = Vendor.objects.of(request.workspace).filter(compared_at=None).count()
    rows = list(found[:SHOWN])
    context = {"twins": rows, "more": found.count() - len(rows), "not_compared": waiting}
    return render(request, "vendors/twins.html", context)


@door(post=editors, does=acting.tell_apart)
def difference(request, twin_id):
    acting.tell_apart(get_object_or_404(Twin.objects.of(request.workspace), pk=twin_id), request.member)
    return request.go("vendors:twins")


@door(editors, does=acting.merge)
def merger(request, vendor_id):
    """`vendor_id` is the one that goes; `into` names the one that is kept. Shown before it is done."""
    gone = get_object_or_404(Vendor.objects.of(request.workspace), pk=vendor_id)
    form = MergeForm(request.POST or None, initial={"into": request.GET.get("into", "")[:200]})
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            kept = named(request, form.cleaned_data["into"])
            made = acting.merge(gone, kept, request.member, form.cleaned_data["note"])
            return request.go("vendors:vendor", made.kept_id)
    context = {
        "form": form, "vendor": gone, "moves": in_words(counted(gone)),
        "alike": [one for one in alike(request.workspace, gone.name, 6) if one.pk != gone.pk],
    }  # fmt: skip
    return shown(request, "vendors/merger.html", context, form)


@door(post=editors, does=acting.unmerge)
def undoing(request, merge_id):
    made = get_object_or_404(Merge.objects.of(request.workspace), pk=merge_id)
    acting.unmerge(made, request.member)
    return request.go("vendors:vendor", made.gone_id)


def named(request, said: str) -> Vendor:
    found = called(request.workspace, said)
    if found is None:
        raise Refused(_("Nobody in the register is called “%(name)s”.") % {"name": said}, "into")
    return found
