"""What people decide about spend, cleaned: rules, retrospective approvals, the target, a source's own facts."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from planning.budgets.models import Line
from planning.people.models import Member
from planning.vendors.finding import called

from .line_names import lines_to_choose, named
from .models import Source


class RuleForm(forms.Form):
    """Rows like this belong to that line; what is left empty is not asked."""

    line = forms.ModelChoiceField(Line.objects.none(), label=_("Belongs to the line"))
    vendor = forms.CharField(label=_("Vendor, by any of its names"), required=False, max_length=200)
    department = forms.CharField(label=_("Department"), required=False, max_length=200)
    category_text = forms.CharField(label=_("Category"), required=False, max_length=200)
    account = forms.CharField(label=_("Account"), required=False, max_length=100)
    cost_centre = forms.CharField(label=_("Cost centre"), required=False, max_length=100)
    document = forms.CharField(label=_("Document begins with"), required=False, max_length=40)
    source = forms.ModelChoiceField(Source.objects.none(), label=_("Only from"), required=False)
    priority = forms.IntegerField(
        label=_("Priority"), initial=0, min_value=-100, max_value=100, help_text=_("Of two that fit the higher wins.")
    )

    def __init__(self, *args, workspace, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["line"].queryset = lines_to_choose(workspace)
        names = named(workspace)
        self.fields["line"].label_from_instance = lambda line: names.get(line.pk) or str(line)
        self.fields["source"].queryset = Source.objects.of(workspace).of_files().order_by("name")
        self.workspace = workspace

    def clean_vendor(self):
        """The vendor that carries the name, or None where none was said."""
        said = self.cleaned_data["vendor"].strip()
        vendor = called(self.workspace, said) if said else None
        if said and vendor is None:
            raise forms.ValidationError(_("No vendor of the register carries this name."))
        return vendor


class AmnestyForm(forms.Form):
    """Who answers for a vendor that nobody approved, and by when."""

    owner = forms.ModelChoiceField(Member.objects.none(), label=_("Who decides"))
    decide_by = forms.DateField(label=_("By"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    request = forms.BooleanField(label=_("draft the back-dated request"), required=False, initial=True)

    def __init__(self, *args, members, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = members
        self.fields["owner"].widget.attrs["class"] = "form-select"
        self.fields["decide_by"].widget.attrs["class"] = "form-control"
        self.fields["request"].widget.attrs["class"] = "form-check-input"


class DecisionForm(forms.Form):
    state = forms.ChoiceField(
        label=_("What becomes of it"),
        choices=[
            ("adopted", _("adopted: its request is approved")),
            ("tolerated", _("tolerated until a day")),
            ("stopped", _("stopped: whatever is paid later raises an alert")),
        ],
    )
    until = forms.DateField(
        label=_("Tolerated until"), required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    reason = forms.CharField(label=_("Why; the auditors read it"), max_length=500, widget=forms.Textarea({"rows": 2}))


class TargetForm(forms.Form):
    percent = forms.DecimalField(
        label=_("Target in percent"), min_value=0, max_value=100, max_digits=5, decimal_places=2
    )
    reached_by = forms.DateField(
        label=_("reached by"), required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )


class SourceForm(forms.ModelForm):
    class Meta:
        model = Source
        fields = ("name", "calendar", "calendar_start")
        widgets: ClassVar = {"calendar_start": forms.DateInput({"type": "date"}, format="%Y-%m-%d")}
        help_texts: ClassVar = {"calendar_start": _("Only for weeks; with months, the month in which a year begins.")}


class DropForm(forms.Form):
    """What will send files of a source by itself."""

    label = forms.CharField(
        label=_("What sends them"), max_length=80, help_text=_("For example: the accounting system, a mailbox.")
    )
    trusted = forms.BooleanField(
        label=_("book them without asking, when they read as the source's files do"), required=False
    )
