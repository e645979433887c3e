"""An amount in a form."""

from django import forms


class AmountField(forms.CharField):
    """An amount as it is typed, thousands separators and all taken away; the action refuses what is not one."""

    def __init__(self, **kwargs):
        kwargs.setdefault(
            "widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "class": "num"})
        )
        super().__init__(max_length=40, **kwargs)

    def clean(self, value):
        text = super().clean(value)
        return text.replace(",", "").replace("\u00a0", "").replace(" ", "") if text else text
