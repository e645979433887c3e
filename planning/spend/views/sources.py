"""A source: how its files are read, its periods and their sums, the files that came from it, and what sends them."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from planning.people.doors import anyone, door, editors, refusals_on, shown

from .. import dropping, source_periods, sources
from ..deciding_forms import DropForm, SourceForm
from ..forms import COLUMNS, MappingForm
from ..models import Drop, Source

FILES = 12


@door(anyone, editors, does=sources.describe)
def source(request, source_id):
    source = found(request, source_id)
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
        "drops": dropping.open_drops(source),
        "drop_form": DropForm(),
        "files": source.imports.select_related("file").order_by("-pk")[:FILES],
    }
    if form.is_bound:
        return shown(request, "spend/source.html", facts, form)
    return render(request, "spend/source.html", facts)


def found(request, source_id):
    queryset = Source.objects.of(request.workspace).of_files().select_related("confirmed_by__user")
    return get_object_or_404(queryset, pk=source_id)


@door(post=editors, does=dropping.open_drop)
def drops(request, source_id):
    """The secret is in this answer and nowhere else: no cache and no receipt keeps it."""
    source, form, secret = found(request, source_id), DropForm(request.POST), None
    if form.is_valid():
        with refusals_on(form):
            secret = dropping.open_drop(source, request.member, **form.cleaned_data)
    facts = {"source": source, "form": form, "secret": secret}
    if secret:
        facts["address"] = request.build_absolute_uri(f"/api/v1/{request.workspace.slug}/spend/drops")
    response = shown(request, "spend/drop.html", facts, form)
    response["Cache-Control"], response["Content-Location"] = "no-store", request.place("spend:source", source.pk)
    return response


@door(post=editors, does=dropping.close_drop)
def drop_closing(request, drop_id):
    drop = get_object_or_404(Drop.objects.of(request.workspace), pk=drop_id)
    dropping.close_drop(drop, request.member)
    messages.success(request, _("The drop takes nothing any longer."))
    return request.go("spend:source", drop.source_id)


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
