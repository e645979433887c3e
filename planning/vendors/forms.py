"""Input about vendors and contracts, cleaned to domain types."""

from django import forms
from django.utils.translation import gettext_lazy as _

from planning.calendar.models import Category
from planning.kpis.models import Kpi
from planning.people.models import Member
from planning.shared.currencies import CurrencyField
from planning.shared.money import clean_money
from planning.shared.refusals import Refused

from .assessing import QUESTIONS
from .models import Contract, DataClass, Document, SecurityReview, ServiceLevel, Vendor
from .scoring import MARKS
from .scoring import QUESTIONS as MARKED


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
        help_texts = {
            "standing": _(
                "Preferred ones are suggested to who asks, “use with care” warns them with the note below, and blocked "
                "ones are refused."
            )
        }

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
    currency = CurrencyField(label=_("Currency"))
    value = forms.CharField(label=_("Value of a term, net"), widget=forms.TextInput({"inputmode": "decimal"}))

    class Meta:
        model = Contract
        fields = [
            "title",
            "value",
            "currency",
            "reference",
            "starts_on",
            "term_months",
            "first_end",
            "renewal",
            "renewal_months",
            "notice_count",
            "notice_unit",
            "indexation",
            "index_percent",
            "index_cap",
            "kpi",
            "seats_bought",
            "seats_used",
        ]
        widgets = {"starts_on": DayInput(), "first_end": DayInput()}
        help_texts = {
            "first_end": _("Only where the paper names a day: the first one not covered. It goes before the months."),
            "index_percent": _("Fixed, or what is expected of the index."),
        }

    def __init__(self, *args, member, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["currency"].initial = member.workspace.currency
        self.fields["renewal_months"].required = self.fields["index_percent"].required = False
        self.fields["kpi"].queryset = Kpi.objects.of(member.workspace).active().order_by("name")
        for name, most in (("term_months", 600), ("renewal_months", 600), ("notice_count", 3650)):
            self.fields[name].max_value = most
        if self.instance.pk:
            self.initial["value"] = f"{self.instance.value.normalize():f}"

    def clean_index_percent(self):
        return self.cleaned_data["index_percent"] or 0

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


class SystemForm(forms.Form):
    name = forms.CharField(label=_("System"), max_length=120)
    data_class = forms.ChoiceField(label=_("What it sees there"), choices=DataClass.choices)
    purpose = forms.CharField(label=_("What for"), max_length=200, required=False)


class DocumentForm(forms.Form):
    file = forms.FileField(label=_("File"))
    kind = forms.ChoiceField(label=_("Kind"), choices=Document.Kind.choices)
    valid_until = forms.DateField(label=_("Valid until"), required=False, widget=DayInput())


class ServiceLevelForm(forms.Form):
    name = forms.CharField(label=_("What is promised"), max_length=120)
    aim = forms.ChoiceField(label=_("Aim"), choices=ServiceLevel.Aim.choices)
    target = forms.DecimalField(label=_("Target"), max_digits=12, decimal_places=3)
    unit = forms.CharField(label=_("Unit"), max_length=20, initial="%")


class AttainmentForm(forms.Form):
    month = forms.DateField(label=_("Month"), widget=DayInput())
    value = forms.DecimalField(label=_("Measured"), max_digits=12, decimal_places=3)


class AssessmentForm(forms.Form):
    """The questions of one side."""

    def __init__(self, *args, side, **kwargs):
        super().__init__(*args, **kwargs)
        for key, label in QUESTIONS.get(side, {}).items():
            self.fields[key] = forms.CharField(
                label=label, required=False, max_length=1000, widget=forms.Textarea({"rows": 2})
            )


class MarksForm(forms.Form):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for key, label in MARKED.items():
            self.fields[key] = forms.TypedChoiceField(label=label, choices=[("", "—"), *MARKS], coerce=int)
        self.fields["words"] = forms.CharField(
            label=_("In words"), required=False, max_length=2000, widget=forms.Textarea({"rows": 3})
        )

    def marks(self) -> dict:
        return {key: self.cleaned_data[key] for key in MARKED}
