"""What is typed into a review."""

from django import forms
from django.utils.translation import gettext_lazy as _

from planning.people.models import Member
from planning.signoffs.signing import VERDICTS

from .models import Series


def day(**kwargs):
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}), **kwargs)


class AgreementForm(forms.Form):
    """The word of who must agree: which seat, how, on which text."""

    seat = forms.CharField(max_length=16)
    verdict = forms.ChoiceField(choices=[(verdict, verdict) for verdict in VERDICTS])
    version = forms.IntegerField(min_value=1)
    note = forms.CharField(required=False, max_length=2000)
    fingerprint = forms.CharField(required=False, max_length=64)


class ReviewForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)
    on = day(label=_("Date"))
    at = forms.TimeField(label=_("Time"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    minutes_long = forms.IntegerField(label=_("Minutes"), min_value=5, max_value=600, initial=60)
    where = forms.CharField(
        label=_("Where"), max_length=200, required=False, help_text=_("A room or an address to call.")
    )


class SeriesForm(ReviewForm):
    rhythm = forms.ChoiceField(label=_("Rhythm"), choices=Series.Rhythm, initial=Series.Rhythm.MONTHLY)
    field_order = ["name", "rhythm", "on", "at", "minutes_long", "where"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["on"].label = _("First date")
        self.fields["on"].help_text = _("Its weekday, and for months its place in the month, stay.")


class MoveForm(forms.Form):
    on = day(label=_("Date"))
    at = forms.TimeField(label=_("Time"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    where = forms.CharField(label=_("Where"), max_length=200, required=False)


class ItemForm(forms.Form):
    label = forms.CharField(label=_("What needs both of you?"), max_length=300)


class Owned(forms.Form):
    """Forms that name a member of the workspace."""

    def __init__(self, *args, workspace, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("owner", "who"):
            if name in self.fields:
                self.fields[name].queryset = (
                    Member.objects.of(workspace).active().filter(role__in=["lead", "planner"]).people()
                )


class DecisionForm(Owned):
    item_id = forms.IntegerField(required=False, widget=forms.HiddenInput)
    agreed = forms.TypedChoiceField(
        label=_("What came of it"), choices=[("yes", _("A decision")), ("no", _("A disagreement, recorded"))],
        coerce=lambda value: value == "yes", initial="yes", widget=forms.RadioSelect,
    )  # fmt: skip
    text = forms.CharField(label=_("In words"), widget=forms.Textarea(attrs={"rows": 2}))
    owner = forms.ModelChoiceField(label=_("Owner"), queryset=Member.objects.none(), required=False)
    due_on = day(label=_("Until"), required=False)
    counter_proposal = forms.CharField(
        label=_("The other side proposes instead"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class PromiseForm(Owned):
    who = forms.ModelChoiceField(label=_("Who"), queryset=Member.objects.none())
    what = forms.CharField(label=_("Promises what"), max_length=500)
    until = day(label=_("Until"))


class SettleForm(forms.Form):
    kept = forms.TypedChoiceField(choices=[("yes", ""), ("no", "")], coerce=lambda value: value == "yes")
    note = forms.CharField(required=False)


class SignatureForm(forms.Form):
    version = forms.IntegerField()
    verdict = forms.ChoiceField(choices=[("approve", ""), ("reject", ""), ("ask", "")])
    note = forms.CharField(required=False)
    fingerprint = forms.CharField(required=False)
