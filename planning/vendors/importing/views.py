"""A register's way in: upload, mapping, preview with the rows that are refused, taking it in."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from planning.people.doors import anyone, door, editors, refusals_on, shown
from planning.shared.tables import Column, Table

from ..models import RegisterFile
from . import acting
from .forms import RegisterForm
from .page import described, form_of


@door(anyone, editors, does=acting.bring_register)
def registers(request):
    form = RegisterForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            made = acting.bring_register(request.member, form.cleaned_data["file"])
            return request.go("vendors:register_file", made.pk)
    table = Table(
        request,
        RegisterFile.objects.of(request.workspace).select_related("file", "brought_by__user"),
        columns=[
            Column("file.name", _("File"), link="vendors:register_file", sort="file__name"),
            Column("what", _("It lists"), value=lambda row: row.get_what_display(), sort=False),
            Column("state", _("State"), "status"),
            Column("brought_by", _("Brought by"), "person", sort="brought_by__user__name"),
            Column("created_at", _("When"), "moment"),
        ],
        sort="-created_at",
        empty=_("No register was brought yet."),
    )
    return shown(request, "vendors/registers.html", {"form": form, "table": table}, form)


@door(anyone, editors, does=acting.map_register)
def register_file(request, register_file_id):
    found = RegisterFile.objects.of(request.workspace).select_related("file", "brought_by__user", "taken_by__user")
    register = get_object_or_404(found, pk=register_file_id)
    form = form_of(register, request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            acting.map_register(register, request.member, form.mapping())
            return request.go("vendors:register_file", register.pk)
    return shown(request, "vendors/register_file.html", described(register, form), form)


@door(post=editors, does=acting.take_register)
def register_taking(request, register_file_id):
    register = get_object_or_404(RegisterFile.objects.of(request.workspace), pk=register_file_id)
    acting.take_register(register, request.member)
    return request.go("vendors:register_file", register.pk)


@door(post=editors, does=acting.leave_register)
def register_leaving(request, register_file_id):
    register = get_object_or_404(RegisterFile.objects.of(request.workspace), pk=register_file_id)
    acting.leave_register(register, request.member)
    return request.go("vendors:registers")
