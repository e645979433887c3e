"""The one short form, and the small ones of the steps after it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from planning.shared.money import money_text
from planning.vendors.forms import DayInput
from planning.vendors.models import Contract, DataClass

from .models import Emergency, Price, Purchase, Renews

DATA_WORDS = {
    DataClass.NONE: _("No, none"),
    DataClass.INTERNAL: _("Only our own internal data"),
    DataClass.PERSONAL: _("Yes, personal data of customers"),
    DataClass.UNKNOWN: _("I do not know yet"),
}


TECHNOLOGY_WORDS = [
    ("", _("Not sure: its kind tells")),
    ("yes", _("Yes: software, hosting, data or devices")),
    ("no", _("No")),
]


class RequestForm(forms.Form):
    """What somebody needs to buy. Only the first field is needed for a draft."""

    title = forms.CharField(label=_("What do you need to buy?"), max_length=200)
    vendor = forms.CharField(label=_("Who sells it?"), max_length=200, required=False)
    amount = forms.CharField(label=_("What does it cost, net?"), required=False)
    currency = forms.CharField(label=_("Currency"), max_length=3, required=False)
    price = forms.ChoiceField(label=_("Paid"), choices=Price.choices, required=False)
    term_months = forms.CharField(label=_("For how many months?"), required=False)
    renews = forms.ChoiceField(label=_("And then?"), choices=Renews.choices, required=False)
    contract = forms.ModelChoiceField(
        label=_("Does it renew a contract?"), queryset=Contract.objects.none(), required=False, empty_label=_("No")
    )
    category = forms.CharField(label=_("What kind of thing is it?"), max_length=80, required=False)
    data_class = forms.ChoiceField(
        label=_("Does it touch customer data?"), choices=[("", "…"), *DATA_WORDS.items()], required=False
    )
    technology = forms.ChoiceField(label=_("Is it technology?"), choices=TECHNOLOGY_WORDS, required=False)
    region = forms.CharField(label=_("Which region is it for?"), max_length=60, required=False)
    call_off_of = forms.ModelChoiceField(
        label=_("Does it call off a framework order?"), queryset=Purchase.objects.none(), required=False,
        empty_label=_("No"),
    )  # fmt: skip
    framework = forms.BooleanField(label=_("It is a framework order: a ceiling that call-offs use up"), required=False)
    restricted = forms.BooleanField(
        label=_("Only its approvers and auditors read it; the amount stays in the totals"), required=False
    )
    replaces = forms.CharField(label=_("Does it replace something?"), max_length=200, required=False)
    needed_by = forms.DateField(label=_("When do you need it?"), required=False, widget=DayInput())
    reason = forms.CharField(label=_("What is it for?"), required=False, widget=forms.Textarea({"rows": 3}))

    def __init__(self, *args, member, lines, regions=(), **kwargs):
        super().__init__(*args, **kwargs)
        if not regions:
            del self.fields["region"]
        self.member = member
        self.lines = [(str(row.line_id), row.name) for row in lines]
        self.fields["contract"].queryset = (
            Contract.objects.of(member.workspace).select_related("vendor").order_by("title")
        )
        frameworks = Purchase.objects.of(member.workspace).frameworks().select_related("vendor").order_by("title")
        self.fields["call_off_of"].queryset = frameworks
        self.fields["call_off_of"].label_from_instance = lambda one: f"{one.code} · {one.title} · {one.vendor}"
        for name, attributes in ATTRIBUTES.items():
            if name in self.fields:
                self.fields[name].widget.attrs |= attributes

    def said_rows(self) -> list[dict]:
        """What was typed about the lines: [{line: id, amount: text or None}], several of them sharing the price."""
        if self.is_bound:
            lines, amounts = self.data.getlist("line"), self.data.getlist("line_amount")
            amounts += [""] * (len(lines) - len(amounts))
            amounts = [amount.strip() or None for amount in amounts]
            return [{"line": line, "amount": amount} for line, amount in zip(lines, amounts, strict=False)]
        return self.initial.get("items", [])

    def rows(self) -> list[dict]:
        """The rows to show: what was said, and room for more lines."""
        said = [row for row in self.said_rows() if row["line"]]
        return [*said, *({"line": "", "amount": None} for _room in range(max(1, ROWS - len(said))))]

    def facts(self) -> dict:
        """The cleaned input as input.apply takes it."""
        said = dict(self.cleaned_data)
        said["contract"], said["call_off_of"] = said["contract"] or None, said["call_off_of"] or None
        said["items"] = [row for row in self.said_rows() if row["line"]]
        said["price"] = said["price"] or Price.ONCE
        said["currency"] = said["currency"] or self.member.workspace.currency
        said["data_class"] = said["data_class"] or DataClass.UNKNOWN
        said["renews"] = said["renews"] or Renews.NO
        return said


ROWS = 3
ATTRIBUTES = {
    "title": {"autofocus": True, "placeholder": _("A personalisation tool for the web shop")},
    "vendor": {"list": "vendors", "autocomplete": "off"},
    "amount": {"inputmode": "decimal", "class": "num", "placeholder": "0.00"},
    "currency": {"list": "currencies", "autocapitalize": "characters"},
    "term_months": {"inputmode": "numeric"},
    "region": {"list": "regions", "autocomplete": "off"},
    "category": {"list": "categories", "autocomplete": "off"},
}


class DecisionForm(forms.Form):
    seat = forms.CharField(max_length=16)
    verdict = forms.ChoiceField(choices=[("approve", _("approve")), ("reject", _("reject")), ("ask", _("ask"))])
    version = forms.IntegerField(min_value=1)
    fingerprint = forms.CharField(max_length=64, required=False)
    note = forms.CharField(max_length=4000, required=False)


class ConditionedForm(DecisionForm):
    """A decision about a purchase: an approval may come with a condition and its day."""

    condition = forms.CharField(max_length=400, required=False)
    condition_due = forms.DateField(required=False)


class SettlementForm(forms.Form):
    waived = forms.BooleanField(required=False)
    note = forms.CharField(max_length=4000, required=False)


class QuoteForm(forms.Form):
    """A file to attach, or the quote to take away."""

    file = forms.FileField(required=False)
    without = forms.IntegerField(required=False)
    version = forms.IntegerField(required=False)


class NoteForm(forms.Form):
    note = forms.CharField(max_length=4000, required=False)


class OrderForm(forms.Form):
    order_number = forms.CharField(max_length=60, required=False)


class ReceiptForm(forms.Form):
    amount = forms.CharField(max_length=40, required=False)
    note = forms.CharField(max_length=4000, required=False)


class EmergencyForm(forms.Form):
    emergency = forms.ChoiceField(choices=Emergency.choices)
    note = forms.CharField(max_length=4000)


def initial_of(purchase) -> dict:
    """What the form shows of a request that exists."""
    items = list(purchase.items.all())
    alone = len(items) == 1
    return {
        "title": purchase.title,
        "vendor": purchase.vendor and purchase.vendor.name,
        "amount": money_text(purchase.amount, purchase.currency),
        "currency": purchase.currency,
        "price": purchase.price,
        "term_months": purchase.term_months or "",
        "renews": purchase.renews,
        "contract": purchase.contract_id,
        "items": [
            {"line": str(item.line_id), "amount": None if alone else money_text(item.amount, purchase.currency)}
            for item in items
        ],
        "category": purchase.category and purchase.category.name,
        "data_class": purchase.data_class,
        "technology": {True: "yes", False: "no"}.get(purchase.technology, ""),
        "region": purchase.region,
        "replaces": purchase.replaces,
        "call_off_of": purchase.call_off_of_id,
        "framework": purchase.framework,
        "restricted": purchase.restricted,
        "needed_by": purchase.needed_by,
        "reason": purchase.reason,
    } | purchase.typed
