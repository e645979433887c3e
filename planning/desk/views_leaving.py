"""The page on which somebody's place ends."""

from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.text import format_lazy
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from planning.people.doors import door, guests, refusals_on, shown
from planning.people.models import Member, Role

from . import handing_on, leaving


class DepartureForm(forms.Form):
    successor = forms.ModelChoiceField(
        label=_("Who takes over?"),
        queryset=Member.objects.none(),
        required=False,
        empty_label=_("The leads of the side"),
        help_text=_("What waits for the person goes there. The last lead of a side needs a successor, who then leads."),
    )
    note = forms.CharField(label=_("Note"), required=False, max_length=500)

    def __init__(self, *args, leaver, **kwargs):
        super().__init__(*args, **kwargs)
        self.held = handing_on.held_by(leaver)
        deciding = (
            Member.objects.of(leaver.workspace).active().on(leaver.side).filter(role__in=[Role.LEAD, Role.PLANNER])
        )
        self.fields["successor"].queryset = deciding.exclude(pk=leaver.pk).people()
        heirs = self.fields["successor"].queryset if self.held else ()
        choices = [("", _("Whoever takes over")), *((str(person.pk), str(person)) for person in heirs)]
        for held in self.held:
            label = format_lazy("{label} ({kind})", label=held.label, kind=held.kind)
            self.fields[held.key] = forms.ChoiceField(label=label, choices=choices, required=False)
        self.order_fields(["successor", *(held.key for held in self.held), "note"])

    def said(self) -> dict:
        """What `leave` takes."""
        facts = {name: self.cleaned_data[name] for name in ("successor", "note")}
        chosen = {held.key: int(self.cleaned_data[held.key]) for held in self.held if self.cleaned_data[held.key]}
        return facts | {"chosen": chosen}


@door(guests, does=leaving.leave)
def departure(request, member_id):
    leaver = get_object_or_404(Member.objects.of(request.workspace).select_related("user"), pk=member_id)
    leaving.refuse(leaver, request.member, None)
    form = DepartureForm(request.POST or None, leaver=leaver)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            said = form.said()
            heirs = handing_on.people(request.workspace, said.pop("chosen"))
            leaving.leave(leaver, request.member, heirs=heirs, **said)
            messages.success(request, _g("%(person)s has left. What waited for them has moved.") % {"person": leaver})
            return redirect("chooser") if leaver == request.member else request.go("team:index")
    return shown(request, "desk/departure.html", {"leaver": leaver, "form": form}, form)
