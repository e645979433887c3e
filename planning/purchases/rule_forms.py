"""The editor of the rules: a row a rule, typed as people say it, cleaned into rules.Clause."""

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from planning.calendar.models import Category
from planning.shared.money import ZERO, clean_money
from planning.shared.refusals import Refused
from planning.vendors.models import DataClass

from .models import About, Renews
from .rulebook import spoken
from .rules import BANDED, BOTH, Clause

ASKS = [(BOTH, _("both sides")), ("finance", _("finance")), ("security", _("security")), ("legal", _("legal"))]
WORDS = {About.DATA: DataClass, About.RENEWAL: Renews}


class SharedSelect(forms.Select):
    """What every row offers: its options are written once, and each row marks its own."""

    def __init__(self, written: SafeString) -> None:
        super().__init__()
        self.written = written

    def render(self, name, value, attrs=None, renderer=None) -> SafeString:
        chosen = format_html('value="{}"', value or "")
        attrs = self.build_attrs(self.attrs, {**(attrs or {}), "name": name})
        options = mark_safe(self.written.replace(chosen, f"{chosen} selected", 1))  # noqa: S308 - was safe before
        return format_html("<select{}>{}</select>", flatatt(attrs), options)


def options(choices) -> SafeString:
    return format_html_join("\n", '<option value="{}">{}</option>', choices)


class RuleForm(forms.Form):
    """One rule. Amounts and months from–to, half open; the word of data, region and renewal."""

    about = forms.ChoiceField(label=_("Looks at"), choices=About.choices, initial=About.VALUE)
    category = forms.ModelChoiceField(label=_("Category"), queryset=Category.objects.none(), required=False)
    low = forms.CharField(label=_("From"), required=False, max_length=30)
    high = forms.CharField(label=_("Below"), required=False, max_length=30)
    word = forms.CharField(label=_("Is"), required=False, max_length=60)
    seats = forms.MultipleChoiceField(
        label=_("Also asks"), choices=ASKS, required=False, widget=forms.CheckboxSelectMultiple
    )
    DELETE = forms.BooleanField(label=_("Leave out"), required=False)

    def __init__(self, *args, workspace, categories: SafeString, **kwargs):
        super().__init__(*args, **kwargs)
        self.workspace = workspace
        self.fields["category"].queryset = Category.objects.of(workspace)
        self.fields["category"].widget = SharedSelect(categories)
        for name, attributes in ATTRIBUTES.items():
            self.fields[name].widget.attrs |= attributes

    def clean(self):
        said = super().clean()
        if said.get("about") and not said.get("DELETE"):
            try:
                said["clause"] = clause_of(said, self.workspace.currency)
            except Refused as refused:
                self.add_error(refused.field if refused.field in self.fields else None, str(refused))
        return said


ATTRIBUTES = {
    "about": {"class": "form-select"},
    "category": {"class": "form-select"},
    "low": {"class": "form-control num", "inputmode": "decimal"},
    "high": {"class": "form-control num", "inputmode": "decimal"},
    "word": {"class": "form-control", "list": "rule-words", "autocomplete": "off"},
}


class BaseRules(forms.BaseFormSet):
    def clauses(self) -> list[Clause]:
        """The rows that stay, in their order; empty ones and those left out are not there."""
        kept = [form.cleaned_data for form in self.forms if form.has_changed() or form.initial]
        return [said["clause"] for said in kept if said.get("clause")]


def rules_form(request, book, workspace):
    """The editor over `book`, with three empty rows; bound when rows were posted."""
    categories = [("", _g("any")), *Category.objects.of(workspace).active().order_by("name").values_list("pk", "name")]
    kind = forms.formset_factory(RuleForm, formset=BaseRules, extra=3, max_num=200)
    facts = {"form_kwargs": {"workspace": workspace, "categories": options(categories)}}
    if request.method == "POST":
        return kind(request.POST, **facts)
    return kind(initial=[shown(clause, workspace.currency) for clause in book.clauses], **facts)


def shown(clause, currency) -> dict:
    banded = clause.about in BANDED
    return {
        "about": clause.about,
        "category": clause.category,
        "low": spoken(clause.low, clause.about, currency) if banded else "",
        "high": spoken(clause.high, clause.about, currency) if banded and clause.high is not None else "",
        "word": str(WORDS[clause.about](clause.word).label) if clause.about in WORDS else clause.word,
        "seats": list(clause.seats),
    }


def clause_of(said, currency) -> Clause:
    about = said["about"]
    seats = tuple(said.get("seats") or ())
    if about not in BANDED:
        return Clause(about, seats, word=word_of(about, " ".join(said.get("word", "").split())))
    category = said.get("category")
    low, high = (amount_of(said.get(name), about, currency, name) for name in ("low", "high"))
    return Clause(about, seats, low or ZERO, high, category=category and category.pk)


def amount_of(typed, about, currency, field):
    if not typed:
        return None
    amount = clean_money(typed, currency, field)
    if amount < 0 or about == About.TERM and amount != int(amount):
        raise Refused(_g("A band begins and ends at zero or above, a term in whole months."), field)
    return amount


def word_of(about, word) -> str:
    """The word as it is kept: of data and renewal in whichever language it was typed."""
    if about not in WORDS:
        return word if about == About.REGION else ""
    found = [value for value, said in WORDS[about].choices if word.casefold() in (value, str(said).casefold())]
    if not found:
        known = ", ".join(str(said) for said in WORDS[about].labels)
        raise Refused(_g("“%(word)s” is not one of: %(known)s.") % {"word": word, "known": known}, "word")
    return found[0]
