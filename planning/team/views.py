"""The people of a workspace: sides, places, invitations, deputies."""

from django.shortcuts import get_object_or_404, render

from planning.people.doors import anyone, door, editors, leads, refusals_on, shown
from planning.people.models import Deputy, Invitation, Member

from . import deputising, inviting, membership
from .forms import DeputyForm, InvitationForm, PlaceForm
from .queries import coming, sides_of


@door(anyone)
def index(request):
    return render(request, "team/index.html", {"sides": sides_of(request.workspace, request.member)})


@door(leads, does=inviting.invite)
def invitations(request):
    form = InvitationForm(request.POST or None, initial={"side": request.GET.get("side", request.member.side)})
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            inviting.invite(request.member, **form.cleaned_data)
            return request.go("team:index")
    return shown(request, "team/invite.html", {"form": form}, form)


@door(post=leads, does=inviting.resend)
def invitation_mail(request, invitation_id):
    inviting.resend(get_object_or_404(Invitation.objects.of(request.workspace), pk=invitation_id), request.member)
    return request.go("team:index")


@door(post=leads, does=inviting.withdraw_invitation)
def invitation_withdrawal(request, invitation_id):
    inviting.withdraw_invitation(
        get_object_or_404(Invitation.objects.of(request.workspace), pk=invitation_id), request.member
    )
    return request.go("team:index")


@door(anyone, leads, does=membership.change_place)
def member(request, member_id):
    target = found(request, member_id)
    form = PlaceForm(request.POST or None, initial=membership.described(target))
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            membership.change_place(target, request.member, **form.cleaned_data)
            return request.go("team:member", target.pk)
    return shown(request, "team/member.html", facts(request, target, form=form), form)


@door(editors, does=deputising.appoint)
def deputies(request, member_id):
    holder = found(request, member_id)
    membership.refuse_other(request.member, holder)
    form = DeputyForm(request.POST or None, holder=holder, initial={"starts": request.workspace.today()})
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            deputising.appoint(holder, request.member, **form.cleaned_data)
            return request.go("team:member", holder.pk)
    return shown(request, "team/deputy.html", {"holder": holder, "form": form}, form)


@door(post=editors, does=deputising.end_deputy)
def deputy_end(request, deputy_id):
    row = get_object_or_404(Deputy.objects.of(request.workspace), pk=deputy_id)
    deputising.end_deputy(row, request.member)
    return request.go("team:member", row.member_id)


def found(request, member_id) -> Member:
    return get_object_or_404(Member.objects.of(request.workspace).select_related("user"), pk=member_id)


def facts(request, target, **more) -> dict:
    standing = coming(request.workspace)
    return {
        "target": target,
        "may_change": membership.may_change(request.member, target),
        "may_stand_in": target.can_edit and (request.member == target or membership.may_change(request.member, target)),
        "stood_in_by": standing.filter(member=target),
        "stands_in_for": standing.filter(deputy=target),
    } | more
