from django import forms
from django.utils.translation import gettext_lazy as _

from planning.signoffs.signing import VERDICTS

from .round import rows_to_start


class StartForm(forms.Form):
    """A piece of joint work: from which row, what, by when."""

    activity = forms.TypedChoiceField(label=_("By which row of the matrix?"), coerce=int)
    title = forms.CharField(label=_("What is to be done?"), max_length=200)
    until = forms.DateField(label=_("To be decided by"), widget=forms.DateInput(attrs={"type": "date"}))
    text = forms.CharField(
        label=_("What is it about?"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args, workspace, **kwargs):
        super().__init__(*args, **kwargs)
        self.rows = rows_to_start(workspace)
        areas = {}
        for row in self.rows:
            areas.setdefault(row.area or _("Other"), []).append((row.pk, row.name))
        self.fields["activity"].choices = [("", _("Choose…")), *areas.items()]


class DecisionForm(forms.Form):
    seat = forms.CharField(max_length=16)
    verdict = forms.ChoiceField(choices=[(verdict, verdict) for verdict in VERDICTS])
    version = forms.IntegerField(min_value=1)
    note = forms.CharField(required=False, max_length=2000)
    fingerprint = forms.CharField(required=False, max_length=64)
