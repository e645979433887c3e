"""A webhook to be registered."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .events import EVENTS


class WebhookForm(forms.Form):
    address = forms.CharField(
        label=_("Address"),
        max_length=500,
        help_text=_("It begins with https:// and can be reached from the open internet."),
        widget=forms.URLInput({"placeholder": "https://"}),
    )
    events = forms.MultipleChoiceField(
        label=_("It hears when"),
        choices=[(event.key, event.label) for event in EVENTS],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose what it hears.")},
    )
