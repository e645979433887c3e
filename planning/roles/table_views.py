"""A matrix from elsewhere, in two steps: the table, then how it is read with every row that it would not take."""

import json

from django.contrib import messages
from django.shortcuts import render
from django.utils.translation import ngettext

from planning.people.doors import door, editors, refusals_on, shown

from . import importing
from .grid import chips
from .models import Version
from .sheets import Sheet, sheet_of
from .table_forms import ReadingForm, SourceForm


@door(editors, editors, does=(importing.import_table, importing.put_matrix))
def table(request):
    """Without `source` the table comes as file or text; with it, `act` says whether to read it again or to take it."""
    if request.method != "POST":
        return render(request, "roles/table.html", {"form": SourceForm()})
    if "source" not in request.POST:
        form = SourceForm(request.POST, request.FILES)
        if not form.is_valid():
            return shown(request, "roles/table.html", {"form": form}, form)
        start = {"source": json.dumps(form.sheets, ensure_ascii=False), "joint": "on", "agree": "on"}
        return reading(request, ReadingForm(start, workspace=request.workspace), asked=True)
    act = request.POST.get("act", "")
    form = ReadingForm(request.POST, workspace=request.workspace, fresh=act == "again")
    if act == "take" and form.is_valid():
        with refusals_on(form):
            bring(request, form.table, **{name: form.cleaned_data[name] for name in ("replace", "joint", "agree")})
            messages.success(request, brought(form.table))
            return request.go("roles:draft")
    return reading(request, form, asked=act != "take")


def bring(request, table, *, replace, joint, agree):
    if not replace:
        return importing.import_table(request.member, table=table, joint=joint, agree=agree)
    newest = Version.objects.of(request.workspace).order_by("-number").first()
    there = sheet_of(newest) if newest else Sheet([], [])
    sheet = importing.sheet_of_table(request.workspace, table, there, joint)
    return importing.put_matrix(request.member, sheet=sheet, holders={}, agree=agree)


def reading(request, form, *, asked):
    """The form as it would be read. Nothing is changed by looking, so the answer rolls back like a refused one."""
    page = {
        "form": form,
        "table": form.table,
        "layout": form.layout,
        "choices": [form[name] for name in ("joint", "agree", "replace")],
        "previewed": [previewed(row, form.table.roles) for row in form.table.rows],
        "errors": [] if asked else form.non_field_errors(),
    }
    return render(request, "roles/reading.html", page, status=422)


def previewed(row, roles) -> dict:
    return {"name": row.name, "area": row.area, "cells": [chips(row.letters.get(role, "")) for role in roles]}


def brought(table) -> str:
    came = ngettext("%(count)s activity came in.", "%(count)s activities came in.", len(table.rows))
    left = ngettext("%(count)s row was left out.", "%(count)s rows were left out.", len(table.refused))
    said = came % {"count": len(table.rows)}
    return f"{said} {left % {'count': len(table.refused)}}" if table.refused else said
