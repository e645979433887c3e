"""Why was this row rejected? A code and what stood there become a sentence a bookkeeper understands."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

COLUMNS = {
    "amount": gettext_lazy("amount"),
    "date": gettext_lazy("date"),
    "currency": gettext_lazy("currency"),
}


def reason(staged, mapping: dict) -> str:
    """The sentence for a rejected row. `mapping` is its import's."""
    named = {"said": staged.said, "style": mapping.get("date_format") or "", "currency": staged.currency}
    says = {
        ("empty", "amount"): _("There is no amount."),
        ("unreadable", "amount"): _("“%(said)s” is not an amount in the style of this file."),
        ("sign", "amount"): _("“%(said)s” carries a sign that is not %(currency)s."),
        ("decimals", "amount"): _("“%(said)s” has more decimals than %(currency)s has."),
        ("size", "amount"): _("“%(said)s” is larger than a ledger holds."),
        ("unknown", "currency"): _("“%(said)s” is not a currency."),
        ("empty", "date"): _("There is no date."),
        ("unreadable", "date"): _("“%(said)s” is not a date in the style %(style)s."),
    }
    return says.get((staged.problem, staged.problem_column), staged.problem) % named


def column(staged, mapping: dict) -> str:
    """The header of the column the reason is about."""
    return mapping.get("columns", {}).get(staged.problem_column, str(COLUMNS.get(staged.problem_column, "")))
