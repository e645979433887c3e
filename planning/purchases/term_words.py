"""The terms of a request as people read them: what a field is called on its page, and its value in words."""

from contextlib import contextmanager
from datetime import date
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from planning.budgets.models import Line
from planning.shared.refusals import Stale
from planning.shared.templatetags.money import money
from planning.trail import wording
from planning.vendors.models import Contract, DataClass

from .lines import line_name
from .models import Price, Purchase, Renews

LABELS = {
    "title": _("what"), "vendor": _("vendor"), "currency": _("currency"), "amount": _("price, net"), "price": _("paid"),
    "items": _("paid from"), "category": _("category"), "data_class": _("customer data"), "technology": _("technology"),
    "region": _("region"), "replaces": _("replaces"), "term_months": _("term in months"), "renews": _("at the end"),
    "needed_by": _("needed by"), "contract": _("renews the contract"), "framework": _("framework order"),
    "call_off_of": _("calls off"), "quotes": _("quotes"), "value": _("worth in all, net"),
    "rules": _("rules that say who decides"),
}  # fmt: skip
CHOICES = {"price": Price, "data_class": DataClass, "renews": Renews}
NOTHING = "–"


@contextmanager
def differences_in_words(purchase):
    """A stale version that is refused inside says in words what changed of `purchase`."""
    try:
        yield
    except Stale as stale:
        stale.changes = in_words(stale.difference, purchase)
        raise


def in_words(rows, purchase) -> list[str]:
    """“customer data: personal data → no customer data” of each of `rows` [{field, before, after}] of its terms."""
    fields = {row["field"]: row for row in rows}
    rows = [row for row in rows if not follows_price(row, fields.get("amount"))]
    lines = lines_named(fields.get("items"), purchase.workspace)
    found = []
    order = list(LABELS)
    for row in sorted(rows, key=lambda row: order.index(row["field"]) if row["field"] in order else len(order)):
        currencies = fields.get("currency", {"before": purchase.currency, "after": purchase.currency})
        before, after = (
            said(row["field"], row[side], currencies[side] or purchase.currency, lines, purchase.workspace)
            for side in ("before", "after")
        )
        found.append(f"{label(row['field'])}: {before} → {after}")
    return found


def follows_price(row, price) -> bool:
    """Whether a row says no more than the price does: the same one line pays it, and it is what all is worth."""
    if not price or row["field"] not in ("items", "value"):
        return False
    if row["field"] == "value":
        return all(row[side] == price[side] for side in ("before", "after"))
    return all(len(row[side] or ()) == 1 for side in ("before", "after")) and (
        row["before"][0]["line"] == row["after"][0]["line"]
    )


def lines_named(row, workspace) -> dict[int, str]:
    """The names of today of the lines that pay or paid; one query, and none where they stayed."""
    ids = {item["line"] for side in ("before", "after") for item in (row or {}).get(side) or []}
    if not ids:
        return {}
    rows = Line.objects.of(workspace).filter(pk__in=ids).annotate(said=line_name("pk"))
    return dict(rows.values_list("pk", "said"))


def label(name) -> str:
    return str(LABELS.get(name) or wording.label(name))


def readable(terms, workspace) -> list[tuple[str, str]]:
    """The terms of a paper as (name, value), in the order of the page, without what was left open. The one line that
    pays all is only named."""
    left_out = {"currency"} | ({"renews"} if terms.get("price") == Price.ONCE else set())
    said_there = [name for name in LABELS if name not in left_out and terms.get(name) not in (None, "", [], False)]
    lines = lines_named({"before": [], "after": terms["items"]}, workspace)
    alone = {"items": lines.get(terms["items"][0]["line"], NOTHING)} if len(terms["items"]) == 1 else {}
    return [
        (label(name), alone.get(name) or said(name, terms[name], terms["currency"], lines, workspace))
        for name in said_there
    ]


def said(name, value, currency, lines=None, workspace=None) -> str:
    """A value of terms as `terms_of` writes them. `lines` are names by id; with the `workspace`, what is kept by its id
    (a contract, a framework order) is called by its name."""
    if value is None or value in ("", []):
        return NOTHING
    if isinstance(value, bool):
        return __("yes") if value else __("no")
    if name in CHOICES:
        return str(CHOICES[name](value).label)
    if name == "value" and workspace:
        return cash(value, workspace.currency)
    if name == "amount":
        return cash(value, currency)
    if name == "rules":
        number = value.partition("rules-")[2]
        return __("version %(number)s") % {"number": number} if number else __("those every workspace starts with")
    if name == "needed_by":
        return date_format(date.fromisoformat(value), "j M Y")
    if name == "items":
        return ", ".join(item_in_words(item, currency, lines or {}) for item in value)
    if name in ("contract", "call_off_of") and workspace:
        return by_id(Contract if name == "contract" else Purchase, value, workspace)
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def item_in_words(item, currency, lines) -> str:
    return f"{lines.get(item['line'], NOTHING)} {cash(item['amount'], currency)}"


def by_id(model, pk, workspace) -> str:
    found = model.objects.of(workspace).filter(pk=pk).first()
    return str(found) if found else NOTHING


def cash(text, currency) -> str:
    return f"{money(Decimal(text), currency)} {currency}"
