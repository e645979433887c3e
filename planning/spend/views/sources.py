"""A source: how its files are read, its periods and their sums, the files that came from it."""

from django.shortcuts import get_object_or_404, redirect, render

from planning.people.doors import anyone, door, editors, refusals_on, shown

from .. import source_periods, sources
from ..deciding_forms import SourceForm
from ..forms import COLUMNS, MappingForm
from ..models import Source

FILES = 12


@door(anyone, editors, does=sources.describe)
def source(request, source_id):
    source = get_object_or_404(
        Source.objects.of(request.workspace).select_related("confirmed_by__user", "workspace"), pk=source_id
    )
    form = SourceForm(request.POST or None, instance=source)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            sources.describe(source, request.member, **form.cleaned_data)
            return redirect(request.place("spend:source", source.pk))
    facts = {
        "source": source,
        "form": form,
        "read_by": read_by(source.mapping),
        "periods": source_periods.sums(source),
        "files": source.imports.select_related("file").order_by("-pk")[:FILES],
    }
    if form.is_bound:
        return shown(request, "spend/source.html", facts, form)
    return render(request, "spend/source.html", facts)


def read_by(mapping) -> list[tuple]:
    """[(what, how)] of a mapping, in words."""
    form = MappingForm()
    columns = mapping.get("columns", {})
    rows = [(COLUMNS[key], columns[key]) for key in COLUMNS if columns.get(key)]
    for key in ("date_format", "decimal", "negative", "sign", "currency", "kind", "department"):
        if mapping.get(key):
            choices = dict(getattr(form.fields[key], "choices", ()))
            rows.append((form.fields[key].label, choices.get(mapping[key], mapping[key])))
    if rule := mapping.get("departments"):
        rows += [(COLUMNS[rule["column"]] + f" {start}…", name) for start, name in rule["begins"].items()]
    return rows
