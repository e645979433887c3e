"""The form of a line. Amounts stay text: the action knows the currency's digits and says what is wrong."""

from django import forms
from django.db import connection
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from planning.calendar.forms import DateInput
from planning.calendar.models import Category, Rate
from planning.kpis.models import Kpi
from planning.people.models import Member
from planning.shared.money import money_text
from planning.vendors.models import Vendor

from ..amounts import AmountField
from ..models import Dimension, OwnerSide, Revision
from .people_form import PeopleRows
from .spreading import even, percent_text

SPREADS = [
    ("even", _("evenly")),
    ("from", _("from a month until another")),
    ("once", _("all in one month")),
    ("weights", _("by weights, typed below")),
    ("months", _("month by month, typed below")),
    ("last year", _("like last year's actuals")),
]
KEPT = (
    "name", "category", "side", "vendor", "kpi", "kpi_effect", "effect_due", "purpose", "treatment", "cost_centre",
    "account", "placeholder", "notes", "owner",
)  # fmt: skip
USED_VALUES = """
SELECT DISTINCT said.key, said.value FROM budgets_revision r, jsonb_each_text(r.dimensions) said
 WHERE r.workspace_id = %s ORDER BY said.key, said.value LIMIT 200
"""


def share(label):
    return forms.DecimalField(label=label, required=False, min_value=0, max_value=100, max_digits=9, decimal_places=6)


class LineForm(forms.Form):
    """A line: what, whose, how much, how it falls on months and sides; what few lines need is asked under “More”."""

    name = forms.CharField(label=_("Name"), max_length=120)
    category = forms.CharField(
        label=_("Category"), max_length=80, widget=forms.TextInput(attrs={"list": "categories", "autocomplete": "off"})
    )
    side = forms.ChoiceField(label=_("Whose line is it?"), choices=OwnerSide.choices)
    marketing_share = share(_("Marketing pays, in percent"))
    technology_share = share(_("Technology pays, in percent"))
    total = AmountField(label=_("Total for the year"), required=False)
    currency = forms.ChoiceField(label=_("Currency"), required=False)
    rate_day = forms.DateField(
        label=_("Rate of"), required=False, widget=DateInput(), help_text=_("Empty: the plan's rate stays, or today's.")
    )
    spread = forms.ChoiceField(label=_("Over the months"), choices=SPREADS)
    first_month = forms.TypedChoiceField(label=_("Month, or from"), coerce=int, required=False, empty_value=0)
    last_month = forms.TypedChoiceField(label=_("Until, included"), coerce=int, required=False, empty_value=11)
    vendor = forms.ModelChoiceField(label=_("Vendor"), queryset=Vendor.objects.none(), required=False)
    kpi = forms.ModelChoiceField(label=_("KPI it should move"), queryset=Kpi.objects.none(), required=False)
    kpi_effect = forms.DecimalField(
        label=_("By how much, in its unit"), max_digits=20, decimal_places=6, required=False
    )
    effect_due = forms.DateField(label=_("By when"), required=False, widget=DateInput())
    purpose = forms.ChoiceField(label=_("Run, grow or transform"), choices=Revision.Purpose.choices)
    treatment = forms.ChoiceField(label=_("Accounting"), choices=Revision.Treatment.choices)
    placeholder = forms.BooleanField(
        label=_("A placeholder: it holds money before the detail is known"), required=False
    )
    cost_centre = forms.CharField(label=_("Cost centre"), max_length=40, required=False)
    account = forms.CharField(label=_("Account"), max_length=40, required=False)
    owner = forms.ModelChoiceField(label=_("Looked after by"), queryset=Member.objects.none(), required=False)
    notes = forms.CharField(label=_("Notes"), required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, budget, data=None, *args, line=None, revision=None, member=None, **kwargs):
        self.budget, self.revision, workspace = budget, revision, budget.workspace
        self.own = workspace.currency
        self.dimensions = dimensions_for(workspace, revision)
        self.people = PeopleRows(budget, data, revision, member)
        super().__init__(data, *args, initial=self.first(line, revision), **kwargs)
        self.fields["vendor"].queryset = Vendor.objects.of(workspace).order_by("name")
        self.fields["kpi"].queryset = Kpi.objects.of(workspace).active().order_by("name")
        self.fields["owner"].queryset = Member.objects.of(workspace).active().people()
        self.fields["currency"].choices = [(code, code) for code in self.currencies()]
        months = [(row, date_format(month, "F Y")) for row, month in enumerate(budget.months)]
        self.fields["first_month"].choices = self.fields["last_month"].choices = months
        for row, month in enumerate(budget.months):
            self.fields[f"month_{row}"] = AmountField(label=date_format(month, "M Y"), required=False)
        for name, field in self.dimensions.items():
            attrs = {"list": f"values-{field}", "autocomplete": "off"}
            self.fields[field] = forms.CharField(
                label=name, max_length=60, required=False, widget=forms.TextInput(attrs=attrs)
            )
        known = Category.objects.of(workspace).active().order_by("name")
        self.categories = known.values_list("name", flat=True)

    def currencies(self) -> list[str]:
        """The workspace's own, and those that finance has rates for."""
        others = Rate.objects.of(self.budget.workspace).order_by("currency").values_list("currency", flat=True)
        kept = {self.revision.original_currency} - {""} if self.revision else set()
        return [self.own, *sorted({*others.distinct(), *kept} - {self.own})]

    def first(self, line, revision) -> dict:
        usual = {"currency": self.own, "spread": "even", "first_month": 0, "last_month": 11}
        if revision is None:
            return usual | {"side": OwnerSide.JOINT, "marketing_share": 50, "technology_share": 50}
        code = revision.original_currency or self.own
        total = revision.total if code == self.own else revision.original_total
        return (
            usual
            | {name: getattr(revision, name) for name in KEPT if name not in ("notes", "owner", "vendor", "kpi")}
            | spread_of(revision, code)
            | {
                "kpi_effect": revision.kpi_effect is not None and percent_text(revision.kpi_effect) or "",
                "marketing_share": percent_text(revision.marketing_weight),
                "technology_share": percent_text(revision.technology_weight),
                "currency": code,
                "total": money_text(total, code),
                "vendor": revision.vendor_id,
                "kpi": revision.kpi_id,
                "owner": line.owner_id,
                "notes": line.notes,
                **{field: revision.dimensions.get(name, "") for name, field in self.dimensions.items()},
            }
        )

    @property
    def month_fields(self):
        return [self[f"month_{row}"] for row in range(12)]

    @property
    def dimension_fields(self):
        return [self[field] for field in self.dimensions.values()]

    @cached_property
    def used_values(self) -> dict:
        """{field: [values]} that lines say already, so that one region has one spelling."""
        if not self.dimensions:
            return {}
        with connection.cursor() as cursor:
            cursor.execute(USED_VALUES, [self.budget.workspace_id])
            rows = cursor.fetchall()
        return {
            f"values-{field}": [value for key, value in rows if key == name] for name, field in self.dimensions.items()
        }

    @property
    def opens_more(self) -> bool:
        """Whether something under “More” is said already, or wrong."""
        fields = ("placeholder", "cost_centre", "account", "owner", *self.dimensions.values())
        return any(self[name].value() or self[name].errors for name in fields)

    def clean(self):
        data = super().clean()
        copies = data.get("spread") == "last year" and data.get("currency") in ("", self.own)
        copies = copies or self.people.said or self.people.locked
        if not data.get("total") and not copies and "total" not in self.errors:
            self.add_error("total", _g("How much is planned for the year?"))
        return data

    def values(self) -> dict:
        """What `line_input.cleaned` takes."""
        data = self.cleaned_data
        code = data["currency"] or self.own
        money = {"currency": code, "spread": self.spread_said()}
        money |= {"total": data["total"] or None} if code == self.own else {"original_total": data["total"] or None}
        if code != self.own and data["rate_day"]:
            money["rate_day"] = data["rate_day"]
        said = {name: data[name] for name in KEPT}
        if self.people.may and (self.people.said or self.people.sealed):
            said["people"] = self.people.said
        if self.people.locked or self.people.said:
            money = {}
        return (
            said
            | money
            | {
                "shares": {"marketing": data["marketing_share"] or 0, "technology": data["technology_share"] or 0},
                "dimensions": {name: data[field] for name, field in self.dimensions.items()},
            }
        )

    def spread_said(self):
        data, months = self.cleaned_data, self.budget.months
        typed = [data[f"month_{row}"] or "0" for row in range(12)]
        first, last = months[data["first_month"]], months[data["last_month"]]
        shapes = {"months": typed, "weights": {"weights": typed}, "once": {"once": first}}
        return (shapes | {"from": {"from": first, "until": last}}).get(data["spread"], data["spread"])


def dimensions_for(workspace, revision) -> dict:
    """{name: field}: those in use, and those that the line names already."""
    named = revision.dimensions if revision else {}
    known = [one for one in Dimension.objects.of(workspace) if one.place or one.name in named]
    return {one.name: f"dimension_{one.pk}" for one in known}


def spread_of(revision, code) -> dict:
    """How the months read: evenly, all in one month, else month by month (in the line's own currency, by weights)."""
    months, currency = list(revision.months), revision.currency
    used = [row for row, amount in enumerate(months) if amount]
    typed = {f"month_{row}": money_text(amount, currency) for row, amount in enumerate(months)}
    if months == even(revision.total, currency):
        return typed | {"spread": "even"}
    if len(used) == 1:
        return typed | {"spread": "once", "first_month": used[0], "last_month": used[0]}
    return typed | {"spread": "months" if code == currency else "weights"}
