"""Which column is which? Words that finance systems put above their columns, best first."""

import re
from functools import lru_cache

from planning.shared import headings

WORDS = {
    "date": [
        "posting date",
        "paid date",
        "date paid",
        "payment date",
        "clearing date",
        "transaction date",
        "invoice date",
        "voucher date",
        "document date",
        "booking date",
        "date of payment",
        "date",
        "datepaid",
        "posted",
        "value date",
    ],
    "amount": [
        "net amount",
        "amount",
        "sum of inv amount",
        "invoice line value",
        "line value",
        "net value",
        "amount net",
        "amount in sterling",
        "amount gbp",
        "amount usd",
        "amount eur",
        "payment amount",
        "transaction amount",
        "value",
        "invoice amount",
        "line amount",
        "amount paid",
        "net",
        "total",
        "gross amount",
    ],
    "vendor": [
        "supplier name",
        "vendor name",
        "supplier",
        "vendor",
        "payee",
        "merchant name",
        "merchant",
        "beneficiary",
        "creditor name",
        "creditor",
        "payee name",
        "name of supplier",
        "company",
    ],
    "document": [
        "document number",
        "document no",
        "transaction number",
        "transaction no",
        "trans no",
        "invoice number",
        "invoice no",
        "transaction reference",
        "inv transaction",
        "document",
        "voucher number",
        "voucher",
        "reference",
        "invoice",
        "payment reference",
        "transaction id",
        "doc no",
    ],
    "category": [
        "detailed expenditure type",
        "expense type",
        "expenditure category",
        "expenditure account code description",
        "expenditure account",
        "account description",
        "category",
        "merchant category",
        "spend category",
        "type of expense",
        "purpose",
        "expenditure type",
        "account name",
        "account",
        "type of expenditure",
        "nominal description",
        "type of cost",
        "kind of cost",
        "cost type",
    ],
    "department": [
        "expense area",
        "directorate",
        "department",
        "dept",
        "service label",
        "service area",
        "headserv name",
        "service",
        "cost centre name",
        "division",
        "business unit",
        "team",
        "function",
        "departmental family",
    ],
    "description": ["description", "narrative", "details", "line description", "text", "memo", "comment", "notes"],
    "currency": ["currency", "invoice currency unit", "currency code", "currency unit", "ccy", "curr"],
    "order": ["order number", "purchase order", "po number", "order no", "po", "purchase order number", "order"],
    "account": [
        "cost element",
        "expenditure code",
        "account code",
        "gl code",
        "gl account",
        "nominal code",
        "account number",
        "expense code",
        "ledger code",
        "detailed expenditure code",
    ],
    "cost_centre": ["cost centre", "cost center", "cost centre code", "cost center code", "service code", "cc"],
    "period": ["period", "fiscal period", "accounting period", "month"],
    "kind": ["document type", "transaction type", "kind", "entry type"],
    "net": ["net amount", "net"],
    "tax": ["vat", "tax", "vat amount", "tax amount", "gst"],
    "gross": ["gross amount", "gross", "total incl vat", "amount including vat"],
}
NOT_A_NAME = re.compile(r"\b(id|no|number|code|ref)\b")


@lru_cache(maxsize=16384)
def likeness(header: str, key: str) -> float:
    """How well a header names a key, 0 to 1."""
    if key == "vendor" and NOT_A_NAME.search(headings.plain(header)):
        return 0
    return headings.likeness(header, WORDS[key])


def row_likeness(cells: list[str]) -> float:
    """How many cells of a row read like headers."""
    return sum(max(likeness(cell, key) for key in WORDS) for cell in cells if cell.strip() and len(cell) < 60)
