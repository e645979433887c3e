"""Which vendor is it really, and why?"""

from django import forms
from django.utils.translation import gettext_lazy as _


class MergeForm(forms.Form):
    into = forms.CharField(
        label=_("It is the same as"),
        max_length=200,
        widget=forms.TextInput({"list": "alike", "autocomplete": "off"}),
        help_text=_("The vendor that is kept, by any of its names."),
    )
    note = forms.CharField(label=_("How do you know?"), required=False, max_length=2000)
