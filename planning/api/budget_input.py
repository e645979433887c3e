"""What programs send about budgets, in types that say no by themselves: a JSON float is never an amount."""

from typing import Annotated

from django.shortcuts import get_object_or_404
from ninja import Field, Schema
from pydantic import ConfigDict

from planning.budgets.models import Budget, Line
from planning.shared.money import money_text

Whole = Annotated[int, Field(strict=True)]
Amount = Annotated[str, Field(max_length=40)] | Whole
Name = Annotated[str, Field(min_length=1, max_length=120)]
Id = Annotated[int, Field(ge=1, le=2**63 - 1)]
Number = Annotated[int, Field(ge=1, le=2**31 - 1)]
Note = Annotated[str, Field(max_length=4000)]
Percent = Annotated[str, Field(max_length=20)] | int | float


class Strict(Schema):
    model_config = ConfigDict(extra="forbid")


def budget_of(request, budget_id) -> Budget:
    return get_object_or_404(Budget.objects.of(request.workspace), pk=budget_id)


def line_of(request, line_id) -> Line:
    line = get_object_or_404(Line.objects.of(request.workspace).select_related("budget", "owner__user"), pk=line_id)
    line.workspace = line.budget.workspace = request.workspace
    return line


def as_text(amounts, currency) -> dict:
    return {name: money_text(amount, currency) for name, amount in amounts.items()}
