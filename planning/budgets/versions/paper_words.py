"""The terms of a version's paper as people read them: the plan by side, and every changed line by its name."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from planning.shared import periods

from ..lines.field_words import WORDS, amount, said_as
from ..models import FundingSide


def readable(terms, workspace) -> list[tuple[str, str]]:
    """(name, value) of what was frozen, without what was left open: a row a line; amounts in the paper's currency."""
    return [
        *of_all(terms),
        *((name, "; ".join(f"{word}: {said}" for word, said in line)) for name, line in lines(terms, workspace)),
    ]


def in_detail(terms, workspace) -> list[tuple[str, str]]:
    """The same with a row for each field of a line, to be compared."""
    return [
        *of_all(terms),
        *((f"{name} · {word}", said) for name, line in lines(terms, workspace) for word, said in line),
    ]


def changes(read, current, workspace) -> list[str]:
    """What `current` says otherwise than `read`, a sentence each: "Web shop · Total of the year: 10.00 → 12.00". A line
    that only one of them has is named with its total."""
    before, after = ({name: dict(line) for name, line in lines(terms, workspace)} for terms in (read, current))
    rows = [*differing("", dict(of_all(read)), dict(of_all(current)))]
    for name in {**before, **after}:
        total = after.get(name, before.get(name)).get(str(WORDS["total"]))
        if name not in before:
            rows.append(_("%(line)s: new, %(total)s") % {"line": name, "total": total})
        elif name not in after:
            rows.append(_("%(line)s: no longer in it, %(total)s") % {"line": name, "total": total})
        else:
            rows += differing(f"{name} · ", before[name], after[name])
    return rows


def differing(of, before, after) -> Iterator[str]:
    for field in {**before, **after}:
        if before.get(field) != after.get(field):
            yield f"{of}{field}: {before.get(field, '–')} → {after.get(field, '–')}"


def of_all(terms) -> list[tuple[str, str]]:
    rows = [(_("Budget"), terms["budget"]), (_("Year"), str(terms["year"])), (_("Reason"), terms["reason"])]
    rows += [
        (_("Plan, %(side)s") % {"side": side_word(side)}, amount(plan, terms["currency"]))
        for side, plan in plans(terms)
    ]
    return [(name, said) for name, said in rows if said]


def lines(terms, workspace) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Each changed line's name with (field, value) of what it says; two of one name are told apart by their number."""
    months = periods.months(workspace, terms["year"])
    often = Counter(line["name"] for line in terms["lines"].values())
    for key, line in terms["lines"].items():
        name = line["name"] if often[line["name"]] == 1 else f"{line['name']} ({key})"
        yield name, list(of_line(line, terms["currency"], months))


def plans(terms) -> list[tuple[str, str]]:
    return [(side, terms["plan"][side]) for side in (*FundingSide.values, "total") if side in terms["plan"]]


def side_word(side) -> str:
    return _("total") if side == "total" else str(FundingSide(side).label)


def of_line(line, currency, months) -> Iterator[tuple[str, str]]:
    for name, word in WORDS.items():
        value = line.get(name)
        if name == "months" and value:
            yield str(word), by_month(value, currency, months)
        elif name == "shares" and value:
            yield str(word), said_as(name, {side: share for side, share in value.items() if Decimal(share)}, currency)
        elif name != "name" and value:
            yield str(word), said_as(name, value, currency)


def by_month(values, currency, months) -> str:
    """Twelve amounts that are one are said once."""
    if len(set(values)) == 1:
        return f"{len(values)} × {amount(values[0], currency)}"
    return ", ".join(
        f"{date_format(month, 'M')} {amount(value, currency)}" for month, value in zip(months, values, strict=True)
    )
