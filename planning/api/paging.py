"""Lists: `?page=` from 1 and `?size=` up to 500; the answer gives `count`, `next` and `results`."""

from typing import Annotated, Generic, TypeVar

from ninja import Field, Schema

Item = TypeVar("Item")
Page = Annotated[int, Field(ge=1, le=1_000_000)]
Size = Annotated[int, Field(ge=1, le=500)]


class Listed(Schema, Generic[Item]):
    count: int
    next: str | None
    results: list[Item]


def listed(request, queryset, describe, page: int = 1, size: int = 100, *, together: bool = False) -> dict:
    """One page of an ordered queryset, each row through `describe`; `together`: the page's rows at once, as a list."""
    count, start = queryset.count(), (page - 1) * size
    query = request.GET.copy()
    query["page"], query["size"] = page + 1, size
    rows = list(queryset[start : start + size])
    return {
        "count": count,
        "next": f"{request.path}?{query.urlencode()}" if start + size < count else None,
        "results": describe(rows) if together else [describe(row) for row in rows],
    }
