"""Bringing a table in: the file or the text, then how it is read."""

import json

from django import forms
from django.db.models import F
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from planning.calendar.models import Category
from planning.people.models import Side
from planning.shared.refusals import Refused

from .models import Role
from .tables.cells import LARGEST, sheets_in, sheets_of
from .tables.layout import KINDS, ROLE, Layout, laid_out, proposed
from .tables.rows import read

SIDES = [(ROLE + side, _("a role of %(side)s") % {"side": label.lower()}) for side, label in Side.choices]


class SourceForm(forms.Form):
    """A file or pasted text; `sheets` is what is in it."""

    file = forms.FileField(
        label=_("File"), required=False, help_text=_("A workbook (XLSX, ODS), CSV, markdown or HTML.")
    )
    text = forms.CharField(
        label=_("Or paste it"),
        strip=False,
        required=False,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false", "class": "pasted"}),
        help_text=_("From a spreadsheet, a CSV file, a markdown or an HTML table."),
    )

    def clean(self):
        data = super().clean()
        try:
            self.sheets = sheets_in(data["file"]) if data.get("file") else sheets_of(data.get("text", ""))
        except Refused as refused:
            raise forms.ValidationError(str(refused)) from refused
        return data


class ReadingForm(forms.Form):
    """How the table is read: proposed from its cells, and the choice of whoever brings it in.

    The cells travel with the form, so nothing is kept of a table that nobody took.
    """

    source = forms.CharField(widget=forms.HiddenInput, max_length=LARGEST * 3)
    sheet = forms.TypedChoiceField(label=_("Sheet"), coerce=int, required=False, empty_value=None)
    head = forms.IntegerField(label=_("The heads stand in row"), min_value=1, required=False)
    turned = forms.BooleanField(label=_("Roles stand down, activities across"), required=False)
    joint = forms.BooleanField(label=_("Where both sides have a letter, it is joint work"), required=False)
    agree = forms.BooleanField(label=_("In joint work, the other side's C becomes G"), required=False)
    replace = forms.BooleanField(label=_("Put it in place of everything in the draft"), required=False)

    def __init__(self, data, *, workspace, fresh=False):
        """`fresh`: the layout is proposed anew, because the sheet, the head or the way round was changed."""
        super().__init__(data)
        self.workspace = workspace
        self.sheets = sheets_from(data.get("source", ""))
        self.fields["sheet"].choices = [(at, name or __("the table")) for at, (name, _rows) in enumerate(self.sheets)]
        self.layout = self.proposal(data, fresh)
        self.table = read(self.sheets, self.layout, workspace.currency, categories_by_name(workspace))
        self.heads = laid_out(self.sheets, self.layout)[0]

    def proposal(self, data, fresh) -> Layout:
        known = dict(Role.objects.of(self.workspace).values_list("name", "side"))
        known = {name.casefold(): side for name, side in known.items()}
        said = data.get("sheet", "")
        sheet = int(said) if said.isdigit() and int(said) < len(self.sheets) else None
        head = int(data["head"]) if data.get("head", "").isdigit() and data["head"] != "0" and not fresh else None
        first = "head" not in data
        layout = proposed(self.sheets, known, sheet, head, None if first or fresh else "turned" in data)
        codes = {code for code, _word in [*KINDS, *SIDES]} | {ROLE}
        if not fresh:
            given = [data.get(f"column_{at}", kind) for at, kind in enumerate(layout.columns)]
            layout.columns = [code if code in codes else kind for code, kind in zip(given, layout.columns, strict=True)]
        return layout

    def columns(self):
        """[(field name, head, [(code, word, chosen)], an example)] for the page."""
        table = laid_out(self.sheets, self.layout)
        for at, kind in enumerate(self.layout.columns):
            options = [*([(ROLE, __("a role: of which side?"))] if kind == ROLE else []), *KINDS, *SIDES]
            examples = [row[at] for row in table[1:] if at < len(row) and row[at]]
            head = self.heads[at] if at < len(self.heads) else ""
            words = [(code, word, code == kind) for code, word in options]
            yield f"column_{at}", head or "–", words, ", ".join(dict.fromkeys(text[:30] for text in examples[:4]))

    def clean(self):
        without = [name for name, side in self.table.roles.items() if not side]
        if without:
            raise forms.ValidationError(
                __("Say which side each role speaks for: %(roles)s.") % {"roles": ", ".join(without)}
            )
        if not self.table.roles:
            raise forms.ValidationError(__("No column of this table holds a role."))
        return super().clean()


def categories_by_name(workspace) -> dict[str, Category]:
    """Of two of one name, the older; one that is offered before one that is retired."""
    rows = Category.objects.of(workspace).order_by(F("retired_at").desc(nulls_last=True), "-pk")
    return {category.name.casefold(): category for category in rows}


def sheets_from(text) -> list:
    """The cells that travelled with the form. Refused: anything else."""
    try:
        sheets = [(str(name), [[str(cell) for cell in row] for row in rows]) for name, rows in json.loads(text)]
    except (ValueError, TypeError) as error:
        raise Refused(__("No table is in there: a row of roles and below it one row an activity."), "source") from error
    if not any(any(row) for _name, rows in sheets for row in rows):
        raise Refused(__("No table is in there: a row of roles and below it one row an activity."), "source")
    return sheets
