"""What people type about the calendar."""

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from .models import Category, Domain

LARGEST_FILE = 2 * 2**20


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self):
        super().__init__(format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self):
        super().__init__(format="%H:%M")


class CloseForm(forms.Form):
    control_total = forms.CharField(
        label=_("The ledger's total for the month"),
        max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Why?"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class RateForm(forms.Form):
    currency = forms.CharField(label=_("Currency"), min_length=3, max_length=3)
    day = forms.DateField(label=_("From"), widget=DateInput())
    rate = forms.DecimalField(label=_("Rate"), max_digits=18, decimal_places=8)
    source = forms.CharField(label=_("Source"), max_length=80)


class FileForm(forms.Form):
    file = forms.FileField(label=_("File"))

    def clean_file(self):
        if self.cleaned_data["file"].size > LARGEST_FILE:
            raise forms.ValidationError(_("The file is larger than 2 MB."))
        return self.cleaned_data["file"].read()


class HolidayForm(forms.Form):
    day = forms.DateField(label=_("Day"), widget=DateInput())
    name = forms.CharField(label=_("Name"), max_length=80)


class HoursForm(forms.Form):
    opens = forms.TimeField(label=_("Opens"), widget=TimeInput())
    closes = forms.TimeField(label=_("Closes"), widget=TimeInput())
    weekdays = forms.MultipleChoiceField(label=_("On"), choices=WEEKDAYS.items(), widget=forms.CheckboxSelectMultiple)


class CategoryForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=80)
    parent = forms.ModelChoiceField(
        label=_("Under"), queryset=Category.objects.none(), required=False, empty_label=_("a branch of its own")
    )
    domain = forms.ChoiceField(label=_("Kind of spend"), choices=Domain, help_text=_("A leaf has that of its branch."))

    def __init__(self, *args, workspace, changing=None, **kwargs):
        super().__init__(*args, **kwargs)
        branches = Category.objects.of(workspace).active().filter(parent=None).order_by("domain", "name")
        if changing:
            kept = Category.objects.of(workspace).filter(pk=changing.parent_id)
            branches = (branches.exclude(pk=changing.pk) | kept).distinct()
        self.fields["parent"].queryset = branches
