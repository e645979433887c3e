"""Merging two vendors and taking it back: here, because what was typed of their invoices follows."""

from django.contrib import messages
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from planning.people.doors import door, editors, refusals_on, shown
from planning.shared.refusals import Refused
from planning.vendors.finding import alike, called
from planning.vendors.merging import acting
from planning.vendors.merging.forms import MergeForm
from planning.vendors.merging.hanging import counted, in_words
from planning.vendors.models import Merge, Vendor

from .. import one_vendor


@door(editors, does=acting.merge)
def merger(request, vendor_id):
    """`vendor_id` is the one that goes; `into` names the one that is kept. Shown before it is done."""
    gone = get_object_or_404(Vendor.objects.of(request.workspace), pk=vendor_id)
    form = MergeForm(request.POST or None, initial={"into": request.GET.get("into", "")[:200]})
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            kept = named(request, form.cleaned_data["into"])
            made = one_vendor.merged(gone, kept, request.member, form.cleaned_data["note"])
            say(request, made)
            return request.go("vendors:vendor", made.kept_id)
    context = {
        "form": form, "vendor": gone, "moves": in_words(counted(gone)),
        "alike": [one for one in alike(request.workspace, gone.name, 6) if one.pk != gone.pk],
    }  # fmt: skip
    return shown(request, "vendors/merger.html", context, form)


def say(request, made):
    count = len(made.before.get(one_vendor.KEPT, ()))
    if count:
        sentence = ngettext(
            "One typed invoice is in the ledger of the other: from now on the ledger’s own row counts.",
            "%(count)s typed invoices are in the ledger of the other: from now on the ledger’s own rows count.",
            count,
        )
        messages.info(request, sentence % {"count": count})


def named(request, said: str) -> Vendor:
    found = called(request.workspace, said)
    if found is None:
        raise Refused(_("Nobody in the register is called “%(name)s”.") % {"name": said}, "into")
    return found


@door(post=editors, does=acting.unmerge)
def undoing(request, merge_id):
    made = get_object_or_404(Merge.objects.of(request.workspace), pk=merge_id)
    for typed in one_vendor.taken_apart(made, request.member):
        if not (typed.purchase and typed.purchase.restricted):
            messages.info(request, _("%(document)s counts as it was typed again.") % {"document": typed.document})
    return request.go("vendors:vendor", made.gone_id)
