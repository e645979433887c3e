"""Input about vendors and contracts, cleaned to domain types."""

from django import forms
from django.utils.translation import gettext_lazy as _

from planning.calendar.models import Category
from planning.people.models import Member
from planning.shared.money import clean_money
from planning.shared.refusals import Refused

from .models import Contract, DataClass, SecurityReview, Vendor


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self):
        super().__init__(format="%Y-%m-%d")


class VendorForm(forms.ModelForm):
    aliases = forms.CharField(
        label=_("Other spellings"),
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("One a line: as ledgers, cards and invoices write it."),
    )

    class Meta:
        model = Vendor
        fields = ["name", "data_class", "category", "standing", "marketing_owner", "technology_owner", "note"]
        widgets = {"note": forms.Textarea({"rows": 3})}

    def __init__(self, *args, member, **kwargs):
        super().__init__(*args, **kwargs)
        people = Member.objects.of(member.workspace).active().people()
        self.fields["marketing_owner"].queryset = people.on("marketing")
        self.fields["technology_owner"].queryset = people.on("technology")
        self.fields["category"].queryset = Category.objects.of(member.workspace).order_by("name")
        if self.instance.pk:
            self.initial["aliases"] = "\n".join(alias.name for alias in self.instance.aliases.all())

    def clean_aliases(self):
        return [line.strip() for line in self.cleaned_data["aliases"].splitlines() if line.strip()]


class ContractForm(forms.ModelForm):
    value = forms.CharField(label=_("Value of a term, net"), widget=forms.TextInput({"inputmode": "decimal"}))

    class Meta:
        model = Contract
        fields = [
            "title",
            "value",
            "currency",
            "starts_on",
            "term_months",
            "renewal",
            "renewal_months",
            "notice_count",
            "notice_unit",
            "seats_bought",
            "seats_used",
        ]
        widgets = {"starts_on": DayInput()}

    def __init__(self, *args, member, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["currency"].initial = member.workspace.currency
        self.fields["renewal_months"].required = False
        for name, most in (("term_months", 600), ("renewal_months", 600), ("notice_count", 3650)):
            self.fields[name].max_value = most
        if self.instance.pk:
            self.initial["value"] = f"{self.instance.value.normalize():f}"

    def clean_currency(self):
        return self.cleaned_data["currency"].upper()

    def clean_renewal_months(self):
        return self.cleaned_data["renewal_months"] or 0

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("value") and cleaned.get("currency"):
            try:
                cleaned["value"] = clean_money(cleaned["value"], cleaned["currency"], "value")
            except Refused as refused:
                self.add_error("value", str(refused))
        return cleaned

    def _post_clean(self):
        """The action checks the terms as a whole; an instance half filled here would only repeat it."""


class ReviewForm(forms.ModelForm):
    class Meta:
        model = SecurityReview
        fields = ["data_class", "valid_until", "note"]
        widgets = {"valid_until": DayInput(), "note": forms.Textarea({"rows": 2})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["data_class"].choices = [choice for choice in DataClass.choices if choice[0] != DataClass.NONE]

    def _post_clean(self):
        """The action fills in who and when, and checks the days."""


class ProposalForm(forms.Form):
    decision = forms.ChoiceField(choices=Contract.Decision.choices)
    note = forms.CharField(required=False, max_length=2000)


class DecisionForm(forms.Form):
    seat = forms.CharField(max_length=16)
    verdict = forms.ChoiceField(choices=[("approve", _("approve")), ("reject", _("reject")), ("ask", _("ask"))])
    version = forms.IntegerField(min_value=1)
    note = forms.CharField(required=False, max_length=2000)
