"""What a contract promises and what each side says of it: small forms on the contract's page."""

from django.shortcuts import get_object_or_404

from planning.people.doors import door, editors

from . import assessing, promises
from .forms import AssessmentForm, AttainmentForm, ServiceLevelForm
from .kept_views import said
from .models import Contract, ServiceLevel


@door(post=editors, does=promises.add_service_level)
def service_levels(request, contract_id):
    row = get_object_or_404(Contract.objects.of(request.workspace), pk=contract_id)
    promises.add_service_level(row, request.member, **said(ServiceLevelForm(request.POST)))
    return request.go("vendors:contract", row.pk)


@door(post=editors, does=promises.note_attainment)
def attainments(request, service_level_id):
    level = get_object_or_404(ServiceLevel.objects.of(request.workspace), pk=service_level_id)
    promises.note_attainment(level, request.member, **said(AttainmentForm(request.POST)))
    return request.go("vendors:contract", level.contract_id)


@door(post=editors, does=assessing.assess)
def assessment(request, contract_id):
    row = get_object_or_404(Contract.objects.of(request.workspace), pk=contract_id)
    assessing.assess(row, request.member, said(AssessmentForm(request.POST, side=request.member.side)))
    return request.go("vendors:contract", row.pk)
