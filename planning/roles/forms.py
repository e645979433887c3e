"""What people type into the matrix, cleaned to the types of the domain."""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from planning.calendar.models import Category, Domain
from planning.people.models import Member, Side
from planning.shared.money import clean_money
from planning.shared.refusals import Refused

from .models import Activity
from .starters import STARTERS


class AmountField(forms.CharField):
    """An amount in the workspace's currency; empty is open."""

    def __init__(self, **kwargs):
        super().__init__(required=False, widget=forms.TextInput(attrs={"inputmode": "decimal"}), **kwargs)
        self.currency = "XXX"  # ISO 4217 for none; the form puts in the workspace's

    def clean(self, value):
        text = super().clean(value).replace(",", "")
        try:
            return clean_money(text, self.currency) if text else None
        except Refused as refused:
            raise forms.ValidationError(str(refused)) from refused


class ActivityForm(forms.Form):
    name = forms.CharField(label=_("Activity"), max_length=200)
    area = forms.CharField(label=_("Area"), max_length=80, required=False)
    joint = forms.BooleanField(
        label=_("Joint work"), required=False, help_text=_("One side decides, the other must agree.")
    )
    low = AmountField(label=_("From amount"))
    high = AmountField(label=_("Below amount"), help_text=_("Leave both empty when the amount does not matter."))
    routes = forms.ChoiceField(
        label=_("Takes its people from here"),
        choices=Activity.Routes,
        required=False,
        help_text=_("What the matrix routes by this row once it is in force."),
    )
    only_for = forms.ChoiceField(
        label=_("Only for"),
        required=False,
        help_text=_("Of purchases: one kind of spend, or one category with what is below it."),
    )

    def __init__(self, *args, workspace, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("low", "high"):
            self.fields[name].currency = workspace.currency
        said = str(self.initial.get("only_for", ""))
        kept = Q(pk=said) if said.isdecimal() else Q()
        offered = Category.objects.of(workspace).filter(Q(retired_at=None) | kept)
        self.categories = {str(one.pk): one for one in offered.order_by("name", "pk")}
        self.fields["only_for"].choices = [
            ("", __("any spend")),
            (__("Kinds of spend"), Domain.choices),
            (__("Categories"), [(pk, one.name) for pk, one in self.categories.items()]),
        ]

    def clean(self):
        """`only_for` becomes `domain` and `category`, as the actions take them."""
        said = super().clean()
        spend = said.pop("only_for", "")
        category = self.categories.get(spend)
        return said | {"domain": "" if category else spend, "category": category}


class RoleForm(forms.Form):
    name = forms.CharField(label=_("Role"), max_length=120)
    side = forms.ChoiceField(label=_("Side"), choices=Side)


class AppointForm(forms.Form):
    holder = forms.ModelChoiceField(label=_("Who"), queryset=Member.objects.none())
    since = forms.DateField(label=_("From"), widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(
        label=_("Until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("The first day they no longer hold it. Empty: for good."),
    )

    def __init__(self, *args, role, **kwargs):
        super().__init__(*args, **kwargs)
        people = Member.objects.of(role.workspace_id).active().people()
        other = {Side.MARKETING: Side.TECHNOLOGY, Side.TECHNOLOGY: Side.MARKETING}.get(role.side)
        self.fields["holder"].queryset = people.exclude(side=other) if other else people


class EndForm(forms.Form):
    until = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}))


class ProposalForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    comment = forms.CharField(label=_("Comment"), required=False, widget=forms.Textarea(attrs={"rows": 3}))


class SignatureForm(forms.Form):
    version = forms.IntegerField()
    verdict = forms.ChoiceField(choices=[("approve", ""), ("reject", ""), ("ask", "")])
    note = forms.CharField(required=False)
    fingerprint = forms.CharField(required=False)


class StartersForm(forms.Form):
    keys = forms.MultipleChoiceField(choices=[(starter.key, starter.name) for starter in STARTERS])
