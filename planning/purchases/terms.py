"""What a decision is about: the terms of one version, frozen on its paper, and what a change of them means."""

from decimal import Decimal

from planning.shared.money import money_text
from planning.shared.plain import plain

from .quotes import named, quotes_of

TERMS = (
    "title",
    "vendor",
    "currency",
    "amount",
    "price",
    "items",
    "category",
    "data_class",
    "technology",
    "region",
    "replaces",
    "term_months",
    "renews",
    "needed_by",
    "contract",
    "framework",
    "call_off_of",
    "quotes",
)
# Fields of a purchase that say nothing about what is bought: changing them asks nobody.
NOTES = ("reason", "order_number", "restricted")
FIELDS = (*TERMS, *NOTES)


def terms_of(purchase) -> dict:
    """The terms as a reader sees them, for the paper and for the difference between two versions."""
    return plain(
        {
            "title": purchase.title,
            "vendor": purchase.vendor and purchase.vendor.name,
            "currency": purchase.currency,
            "amount": money_text(purchase.amount, purchase.currency),
            "price": purchase.price,
            "items": [
                {"line": item.line_id, "amount": money_text(item.amount, purchase.currency)}
                for item in sorted(purchase.items.all(), key=lambda item: item.line_id)
            ],
            "category": purchase.category and purchase.category.name,
            "data_class": purchase.data_class,
            "technology": purchase.technology,
            "region": purchase.region,
            "replaces": purchase.replaces,
            "term_months": purchase.term_months,
            "renews": purchase.renews,
            "needed_by": purchase.needed_by,
            "contract": purchase.contract_id,
            "framework": purchase.framework,
            "call_off_of": purchase.call_off_of_id,
            "quotes": named(purchase),
        }
    )


def snapshot(purchase) -> dict:
    """Everything needed to put the approved version back when a change of it is refused."""
    return plain(
        {
            "title": purchase.title,
            "vendor_id": purchase.vendor_id,
            "contract_id": purchase.contract_id,
            "framework": purchase.framework,
            "call_off_of_id": purchase.call_off_of_id,
            "currency": purchase.currency,
            "amount": purchase.amount,
            "price": purchase.price,
            "category_id": purchase.category_id,
            "data_class": purchase.data_class,
            "technology": purchase.technology,
            "region": purchase.region,
            "replaces": purchase.replaces,
            "term_months": purchase.term_months,
            "renews": purchase.renews,
            "needed_by": purchase.needed_by,
            "value": purchase.value,
            "rate": purchase.rate,
            "rate_on": purchase.rate_on,
            "state": purchase.state,
            "paper_id": purchase.paper_id,
            "rules_id": purchase.rules_id,
            "items": [[item.line_id, item.amount] for item in purchase.items.all()],
            "quotes": [quote.file_id for quote in quotes_of(purchase)],
        }
    )


def only_amount_changed(before: dict, after: dict) -> bool:
    return {key for key in after if after[key] != before[key]} <= {"amount", "items"}


def rise(before: dict, after: dict) -> Decimal:
    return Decimal(after["amount"]) - Decimal(before["amount"])
