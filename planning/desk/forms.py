from django import forms

from planning.signoffs.signing import VERDICTS


class DecisionForm(forms.Form):
    """A key turned in place: which seat, how, and on which version of the text."""

    seat = forms.CharField(max_length=16)
    verdict = forms.ChoiceField(choices=[(verdict, verdict) for verdict in VERDICTS])
    version = forms.IntegerField(min_value=1)
    note = forms.CharField(required=False, max_length=2000)
    fingerprint = forms.CharField(required=False, max_length=64)


class MailDecisionForm(forms.Form):
    """A key turned from a mail: the link knows the seat and the version."""

    verdict = forms.ChoiceField(choices=[(verdict, verdict) for verdict in VERDICTS])
    note = forms.CharField(required=False, max_length=2000)
