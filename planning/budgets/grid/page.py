"""The grid as its page begins: switches, the first lines (as a plain table too, for paper, phones and pages without
scripts), and what the script needs to know.
"""

from decimal import Decimal
from functools import cached_property
from urllib.parse import urlencode

from django.utils.formats import date_format
from django.utils.html import format_html_join, json_script
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from planning.shared.money import ZERO
from planning.shared.templatetags.money import currency_digits, written

from ..models import Budget
from .window import FIRST, GROUPS, MEASURES, clean_group, clean_measures, window

STATES = {
    "new": gettext_lazy("new"),
    "draft": gettext_lazy("changed in the draft"),
    "removed": gettext_lazy("taken out"),
    "proposed": gettext_lazy("waits for its keys"),
}


class GridPage:
    """One window of FIRST lines. `asked`: group, measures ("plan,actual"), page (from 1)."""

    def __init__(self, budget, asked, place, *, may_edit):
        self.budget, self.place = budget, place
        self.grouped_by, self.measures = clean_group(asked.get("group")), clean_measures(asked.get("measures"), budget)
        page = asked.get("page", "")
        self.number = max(int(page), 1) if page.isdecimal() and len(page) < 6 else 1
        self.editable = may_edit and budget.state not in (Budget.State.PROPOSED, Budget.State.CLOSED)

    @cached_property
    def window(self) -> dict:
        return window(self.budget, self.grouped_by, self.measures, skip=(self.number - 1) * FIRST, with_groups=True)

    @property
    def count(self) -> int:
        return sum(group["lines"] for group in self.window["groups"])

    # ── The plain table ──
    @property
    def by_month(self) -> bool:
        """One measure is shown over the months; several by their year."""
        return len(self.measures) == 1

    @cached_property
    def heads(self) -> list[str]:
        if self.by_month:
            return [*month_words(self.budget), _("Year")]
        return [str(MEASURES[name]) for name in self.measures]

    def amounts(self, one) -> list[Decimal]:
        if self.by_month:
            months = [Decimal(amount) for amount in one[self.measures[0]]]
            return [*months, sum(months, ZERO)]
        return [sum(map(Decimal, one[name]), ZERO) for name in self.measures]

    @cached_property
    def rows(self) -> list[dict]:
        """Groups, each before its lines: {is_group, name, amounts, …}."""
        groups = {group["key"]: group for group in self.window["groups"]}
        rows, last = [], None
        for line in self.window["rows"]:
            if line["group"] != last:
                group = groups[last := line["group"]]
                rows.append({"is_group": True, "name": group["label"], "cells": self.cells(group)})
            rows.append({**line, "cells": self.cells(line), "word": STATES.get(line["state"], "")})
        return rows

    def cells(self, one) -> list[dict]:
        amounts = self.amounts(one)
        return [
            {"head": head, "amount": amount, "of_month": self.by_month and number < 12}
            for number, (head, amount) in enumerate(zip(self.heads, amounts, strict=True))
        ]

    @cached_property
    def total(self) -> list[dict]:
        columns = zip(*(self.cells(group) for group in self.window["groups"]), strict=True)
        return [{**column[0], "amount": sum((one["amount"] for one in column), ZERO)} for column in columns]

    @cached_property
    def digits(self) -> int:
        """None while every amount of the table is whole, else the currency's, so that sums agree on the page."""
        cells = [cell for row in self.rows for cell in row["cells"]] + self.total
        whole = all(cell["amount"] == cell["amount"].to_integral_value() for cell in cells)
        return 0 if whole else currency_digits(self.budget.workspace.currency)

    def drawn(self, cells):
        """The cells as table data: a page has hundreds, and the template language takes ten times as long for them."""
        facts = (
            (" phone-off" if one["of_month"] else "", one["head"], written(one["amount"], self.digits)) for one in cells
        )
        return format_html_join("", '<td class="num{}" data-label="{}">{}</td>', facts)

    @property
    def drawn_rows(self):
        return [{**row, "drawn": self.drawn(row["cells"])} for row in self.rows]

    @property
    def drawn_total(self):
        return self.drawn(self.total)

    @property
    def pages(self) -> dict:
        """Addresses of the pages before and after, and their number; empty when one holds all."""
        last = -(-self.count // FIRST)
        around = {"before": self.number - 1 if self.number > 1 else 0, "after": self.number + 1}
        found = {name: self.address(page=number) for name, number in around.items() if 0 < number <= last}
        return {"number": self.number, "last": last, **found} if last > 1 else {}

    # ── Switches ──
    def address(self, **changes) -> str:
        said = {"group": self.grouped_by, "measures": ",".join(self.measures)} | changes
        usual = {"group": "side", "measures": "plan", "page": 1}
        words = urlencode({name: value for name, value in said.items() if value != usual.get(name)}, safe=",")
        return f"{self.place('budgets:budget', self.budget.pk)}{'?' if words else ''}{words}#lines"

    @property
    def group_switch(self) -> list[dict]:
        return [
            {"word": word, "url": self.address(group=key), "on": key == self.grouped_by} for key, word in GROUPS.items()
        ]

    @property
    def measure_switch(self) -> list[dict]:
        """Each measure goes on or off; the last one stays."""
        if not self.budget.agreed_count:
            return []
        switch = []
        for key, word in MEASURES.items():
            on = key in self.measures
            then = [name for name in MEASURES if (name in self.measures) != (name == key)]
            switch.append({"word": word, "url": self.address(measures=",".join(then or ["plan"])), "on": on})
        return switch

    # ── What the script needs ──
    @property
    def setup(self) -> str:
        this = self.budget.workspace.today().replace(day=1)
        return json_script(
            {
                "rows": self.place("budgets:grid", self.budget.pk),
                "cells": self.place("budgets:cells", self.budget.pk),
                "line": self.place("budgets:line", 0),
                "editable": self.editable,
                "digits": currency_digits(self.budget.workspace.currency),
                "group": self.grouped_by,
                "measures": [{"key": name, "word": MEASURES[name]} for name in self.measures],
                "months": month_words(self.budget),
                "here": self.budget.months.index(this) if this in self.budget.months else None,
                "words": words(),
                "window": self.window if self.number == 1 else None,
            },
            "grid-setup",
        )


def month_words(budget) -> list[str]:
    return [date_format(month, "M y") for month in budget.months]


def words() -> dict:
    """Sentences of the script; {names} in braces are filled in there."""
    return {
        "line": _("Line"),
        "year": _("Year"),
        "total": _("Total"),
        "saving": _("Saving…"),
        "saved": _("Saved at {time}"),
        "waits": _("No connection. {count} not saved yet; trying again."),
        "failed": _("That did not work yet. {count} not saved; trying again."),
        "undone": _("Undone"),
        "conflicts": _("{count} to settle"),
        "conflict": _("{cell}: you typed {mine}, but {by} has put {theirs} there at {at}."),
        "conflict_unknown": _("{cell}: you typed {mine}, but meanwhile it holds {theirs}."),
        "refused": _("{cell}: you typed “{mine}”. {says}"),
        "keep": _("Keep {theirs}"),
        "mine": _("Put {mine}"),
        "dismiss": _("Leave it"),
        "drafted": _("in force: {amount}"),
        "loading": _("{count} of {all} lines"),
        "fold": _("Fold or unfold {name}"),
        "edit": _("Amount"),
        "theirs": _("{count} changed by others at {time}"),
        "theirs_cell": _("just changed by somebody else"),
        "states": {name: word for name, word in STATES.items() if name != "draft"},
    }
