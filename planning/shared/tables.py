"""Every list page: columns, search, filters, sort, pages, and the whole filtered list as CSV or XLSX.

    purchases = Purchase.objects.of(request.workspace).select_related("vendor")
    table = Table(request, purchases, columns=[Column("title", _("Purchase"))], search=["title"])
    if table.wants_export:
        return table.export("purchases")
    return render(request, "purchases/purchases.html", {"table": table})     # {% include "parts/table.html" %}

Two queries a page, however many rows. The query string carries everything, so a list can be bookmarked and sent on.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import or_

from django.db.models import Count, Q, Sum
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from .columns import NOTHING, Column
from .exports import download
from .templatetags.money import money, plain_number

__all__ = ["Column", "Filter", "Table"]
EXPORTS = ("csv", "xlsx")
MOST_WORDS, LONG = 8, 1000


@dataclass(frozen=True)
class Filter:
    """A choice above the list: (value, label) pairs. `apply(queryset, value)` narrows instead of `field=value`."""

    key: str
    label: str
    choices: Sequence = ()
    field: str = ""
    apply: Callable | None = None

    def narrow(self, queryset, value):
        return self.apply(queryset, value) if self.apply else queryset.filter(**{self.field or self.key: value})


class Table:
    """A list as one request asks for it. Unknown sorts, filters and pages are ignored, never an error.

    `search`: the fields in one of which each word must be, or a function of the words for a list of tens of thousands
    (`searching`)."""

    def __init__(self, request, queryset, columns, *, search=(), filters=(), sort="", size=50, name="list", empty=""):
        self.request, self.columns, self.size, self.name, self.empty = request, list(columns), size, name, empty
        self.found_by = search if callable(search) else None
        self.search, self.query = [search] if callable(search) else list(search), request.GET
        self.currency = request.workspace.currency
        self.words = self.query.get("q", "").strip() if search else ""
        self.chosen = {one.key: value for one in filters if (value := self.query.get(one.key)) in keys_of(one)}
        self.filters = [
            {"key": one.key, "label": one.label, "choices": one.choices, "value": self.chosen.get(one.key, "")}
            for one in filters
        ]
        self.sorted_by = self.valid_sort(self.query.get("sort")) or sort
        self.queryset = self.ordered(self.narrowed(queryset, filters))

    # ── What is asked for ──
    def valid_sort(self, sort):
        known = {column.key for column in self.columns if column.expression is not None}
        return sort if sort and sort.removeprefix("-") in known else ""

    def narrowed(self, queryset, filters):
        for one in filters:
            if one.key in self.chosen:
                queryset = one.narrow(queryset, self.chosen[one.key])
        words = self.words.split()[:MOST_WORDS]
        if self.found_by and words:  # looked for once, not for the count and again for the rows
            found = queryset.order_by().filter(self.found_by(words))
            return queryset.filter(pk__in=list(found.values_list("pk", flat=True)))
        for word in words:
            queryset = queryset.filter(reduce(or_, (holding(word, where) for where in self.search)))
        return queryset

    def ordered(self, queryset):
        key, descending = self.sorted_by.removeprefix("-"), self.sorted_by.startswith("-")
        column = next((one for one in self.columns if one.key == key), None)
        if column is None or column.expression is None:
            return queryset if queryset.ordered else queryset.order_by("pk")
        by, last = column.expression, may_be_null(queryset.model, column.expression) or None
        return queryset.order_by(by.desc(nulls_last=last) if descending else by.asc(nulls_last=last), "pk")

    @property
    def narrowed_by_reader(self) -> bool:
        return bool(self.words or self.chosen)

    # ── A page of it ──
    @cached_property
    def sums(self) -> dict:
        """How many rows there are in all, and the totals below the columns, in one query."""
        totals = {f"total_{at}": Sum(column.expression) for at, column in enumerate(self.columns) if column.total}
        return self.queryset.order_by().aggregate(count=Count("pk"), **totals)

    @property
    def count(self) -> int:
        return self.sums["count"]

    @property
    def pages(self) -> int:
        return max(1, -(-self.count // self.size))

    @cached_property
    def page(self) -> int:
        asked = self.query.get("page", "1")
        return min(max(1, int(asked)), self.pages) if asked.isdecimal() and len(asked) < 10 else 1

    @property
    def first(self) -> int:
        return (self.page - 1) * self.size + 1

    @property
    def last(self) -> int:
        return min(self.page * self.size, self.count)

    @cached_property
    def rows(self) -> list:
        """The cells of this page as HTML, with their columns: [{"pk", "cells": [(column, html)]}]."""
        place = self.request.place
        with timezone.override(self.request.member.zone):
            return [
                {"pk": row.pk, "cells": [(one, one.html(row, self.currency, place)) for one in self.columns]}
                for row in self.shown()
            ]

    @cached_property
    def body(self) -> SafeString:
        """The rows of this page as HTML: what is alike in all cells of a column is written once."""
        numeric = mark_safe(' class="num"')
        starts = [
            format_html('<td data-label="{}"{}>', one.label, numeric if one.numeric else "") for one in self.columns
        ]
        rows = (
            "".join(f"{start}{cell}</td>" for start, (_column, cell) in zip(starts, row["cells"], strict=True))
            for row in self.rows
        )
        return mark_safe("\n".join(f"<tr>{cells}</tr>" for cells in rows))  # noqa: S308 - cells are escaped

    def shown(self):
        """The rows of this page. A long list is put in order by ids alone: whole rows, with all that is joined to them,
        would be sorted by the thousand for fifty that are shown."""
        if not self.count:
            return self.queryset.none()
        page = self.queryset[self.first - 1 : self.last]
        return page if self.count <= LONG else self.queryset.filter(pk__in=page.values("pk"))

    @property
    def totals(self):
        """The cells of the last line, or None when no column is summed."""
        if not any(column.total for column in self.columns):
            return None
        return [(column, self.total_of(at, column)) for at, column in enumerate(self.columns)]

    def total_of(self, at, column):
        value = self.sums.get(f"total_{at}")
        if value is None:
            return "" if not column.total else NOTHING
        return money(value, self.currency) if column.kind == "money" else plain_number(value)

    # ── Addresses ──
    def address(self, **changes) -> str:
        query = self.query.copy()
        for key, value in changes.items():
            query.pop(key, None)
            if value is not None:
                query[key] = value
        return "?" + query.urlencode()

    @property
    def heads(self) -> list:
        """The head of each column: {"column", "url", "direction"}; no url when it cannot be sorted."""
        return [self.head(column) for column in self.columns]

    def head(self, column):
        direction = {column.key: "ascending", f"-{column.key}": "descending"}.get(self.sorted_by, "")
        turned = f"-{column.key}" if direction == "ascending" else column.key
        url = self.address(sort=turned, page=None) if column.expression is not None else ""
        return {"column": column, "url": url, "direction": direction}

    @property
    def previous_url(self) -> str:
        return self.address(page=self.page - 1) if self.page > 1 else ""

    @property
    def next_url(self) -> str:
        return self.address(page=self.page + 1) if self.page < self.pages else ""

    @property
    def csv_url(self) -> str:
        return self.address(export="csv", page=None)

    @property
    def xlsx_url(self) -> str:
        return self.address(export="xlsx", page=None)

    # ── The whole of it ──
    @property
    def wants_export(self) -> bool:
        return self.query.get("export") in EXPORTS

    def export(self, name: str):
        """The whole filtered list in its order as a file `<name>-<today>.csv` or `.xlsx`; totals stay out of it."""
        rows = self.queryset.iterator(chunk_size=2000)
        typed = ([column.typed(row, self.currency) for column in self.columns] for row in rows)
        heads = [column.label for column in self.columns]
        return download(heads, typed, f"{name}-{self.request.workspace.today():%Y-%m-%d}", self.query["export"])


def keys_of(one: Filter) -> set:
    return {str(value) for value, _label in one.choices} - {""}


def holding(word: str, where: str) -> Q:
    return Q(**{f"{where}__icontains": word})


def may_be_null(model, by) -> bool:
    """A column that never is needs no word about nulls, which would keep Postgres from reading along its index."""
    own = {field.name: field.null for field in model._meta.concrete_fields}
    return own.get(getattr(by, "name", None), True)
