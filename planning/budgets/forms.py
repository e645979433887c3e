"""What people type, cleaned for the actions. Amounts stay text here: the action knows the currency's digits."""

from django import forms
from django.utils.translation import gettext_lazy as _

from planning.people.models import Member
from planning.shared import periods

from .amounts import AmountField
from .models import Budget, Line

# Older years are for their plan beside what was spent, and for copying.
OFFERED_EARLIER, OFFERED_LATER = 10, 3


class BudgetForm(forms.Form):
    year = forms.TypedChoiceField(label=_("Fiscal year"), coerce=int)
    name = forms.CharField(label=_("Name"), max_length=120)

    def __init__(self, workspace, *args, **kwargs):
        this = periods.year_of(workspace, workspace.today())
        taken = set(Budget.objects.of(workspace).values_list("year", flat=True))
        free = [year for year in range(this + OFFERED_LATER, this - OFFERED_EARLIER - 1, -1) if year not in taken]
        initial = this if this in free else (free[0] if free else None)
        super().__init__(*args, initial={"year": initial, "name": _("Joint budget")}, **kwargs)
        self.fields["year"].choices = [(year, str(year)) for year in free]


class EnvelopesForm(forms.Form):
    marketing_envelope = AmountField(label=_("Most that marketing may plan"), required=False)
    technology_envelope = AmountField(label=_("Most that technology may plan"), required=False)


class NotesForm(forms.Form):
    notes = forms.CharField(label=_("Notes"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    forecast = forms.ChoiceField(label=_("Forecast by"), choices=Line.Forecast.choices)
    owner = forms.ModelChoiceField(label=_("Looked after by"), queryset=Member.objects.none(), required=False)

    def __init__(self, line, *args, **kwargs):
        super().__init__(
            *args, initial={"notes": line.notes, "forecast": line.forecast, "owner": line.owner_id}, **kwargs
        )
        self.fields["owner"].queryset = Member.objects.of(line.workspace).active().people()


class IntakeForm(forms.Form):
    file = forms.FileField(
        label=_("Spreadsheet of lines"), help_text=_("CSV, XLSX, XLSM, XLS or ODS, also zipped; up to 20 MB.")
    )


class ProposalForm(forms.Form):
    reason = forms.CharField(
        label=_("Why? The others read it."), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    give_back = forms.BooleanField(
        label=_("What is cut leaves the plan, instead of going to the unallocated line; both keys then decide"),
        required=False,
    )
    lines = forms.TypedMultipleChoiceField(coerce=int, required=False, widget=forms.MultipleHiddenInput)

    def __init__(self, *args, lines=(), asks_where=False, **kwargs):
        """`lines` are the ids that go; `asks_where`: some of it only goes down, on the proposer's own lines."""
        super().__init__(*args, initial={"lines": lines}, **kwargs)
        self.fields["lines"].choices = [(pk, pk) for pk in lines]
        if not asks_where:
            del self.fields["give_back"]

    def values(self) -> dict:
        return {**self.cleaned_data, "lines": self.cleaned_data["lines"] or None}


class DecisionForm(forms.Form):
    """What a key's form sends: the version it read, and the verdict."""

    seat = forms.CharField(max_length=16, required=False)
    version = forms.IntegerField(min_value=1)
    fingerprint = forms.CharField(max_length=64, required=False)
    verdict = forms.ChoiceField(choices=[("approve", ""), ("reject", ""), ("ask", "")])
    note = forms.CharField(required=False, max_length=4000)


class TransferForm(forms.Form):
    """From a line to a line; and, in the same booking, up to three more of each."""

    MORE = (2, 3, 4)
    giver = forms.TypedChoiceField(label=_("From"), coerce=int)
    amount = AmountField(label=_("Amount"))
    taker = forms.TypedChoiceField(label=_("To"), coerce=int)
    reason = forms.CharField(label=_("Why? Both lines' history shows it."), widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, lines, *args, **kwargs):
        """`lines` are (id, words) pairs of the budget's agreed lines."""
        super().__init__(*args, **kwargs)
        choices = [("", "—"), *lines]
        self.fields["giver"].choices = self.fields["taker"].choices = choices
        for number in self.MORE:
            for role, word in (("giver", _("Also from")), ("taker", _("Also to"))):
                self.fields[f"{role}_{number}"] = forms.TypedChoiceField(
                    label=word, coerce=int, required=False, empty_value=None, choices=choices
                )
                self.fields[f"{role}_{number}_amount"] = AmountField(label=_("Amount"), required=False)

    @property
    def more(self):
        """Rows of bound fields: (line, amount) of each further giver and taker."""
        return {
            role: [(self[f"{role}_{number}"], self[f"{role}_{number}_amount"]) for number in self.MORE]
            for role in ("giver", "taker")
        }

    @property
    def more_open(self) -> bool:
        return any(field.value() for rows in self.more.values() for row in rows for field in row)

    def values(self) -> dict:
        """What `actions.move` takes."""
        data = self.cleaned_data
        more = [
            (data[f"{role}_{number}"], f"{sign}{data[f'{role}_{number}_amount'] or '0'}")
            for role, sign in (("giver", "-"), ("taker", ""))
            for number in self.MORE
            if data[f"{role}_{number}"]
        ]
        return {name: data[name] for name in ("giver", "taker", "amount", "reason")} | {"more": more}


class ReasonForm(forms.Form):
    note = forms.CharField(label=_("Why? The others read it."), widget=forms.Textarea(attrs={"rows": 3}))


class PlacesForm(forms.Form):
    """Which line of this year takes each promise made before it: one choice a promise."""

    def __init__(self, rows, choices, *args, **kwargs):
        """`rows` are `forward.Ahead`, `choices` the lines of the year as (id, words)."""
        super().__init__(*args, **kwargs)
        self.rows = rows
        for row in rows:
            self.fields[row.key] = forms.TypedChoiceField(
                label=str(row.was), coerce=int, required=False, empty_value=None, choices=[("", "—"), *choices],
                initial=row.placed_on or row.likely, widget=forms.Select({"class": "form-select"}),
            )  # fmt: skip

    @property
    def places(self):
        return [(row, self[row.key]) for row in self.rows]
