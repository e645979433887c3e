"""Who is here, side by side."""

from django.db.models import Case, Prefetch, Value, When

from planning.people.models import KEY_SIDES, Deputy, Invitation, Member, Role, Side

BY_ROLE = Case(*(When(role=role, then=Value(place)) for place, role in enumerate(Role)))


def sides_of(workspace, member) -> list[dict]:
    """The sides with their people, marketing and technology first: [{side, members, invitations, may_staff}]."""
    members = list(present(workspace))
    invitations = list(
        Invitation.objects.of(workspace).open().select_related("invited_by__user").order_by("created_at")
    )
    led = {one.side for one in members if one.is_lead}
    groups = []
    for side in Side:
        own = [one for one in members if one.side == side]
        asked = [one for one in invitations if one.side == side]
        staffs = member.is_lead and (side in (member.side, Side.GUEST) or side not in led)
        if own or asked or side in KEY_SIDES:
            groups.append(
                {"side": side, "members": own, "invitations": asked, "may_staff": staffs, "leads": side in led}
            )
    return groups


def present(workspace):
    """Active members with their users and the deputies who stand in now or later, leads first."""
    return (
        Member.objects.of(workspace)
        .active()
        .people()
        .prefetch_related(Prefetch("deputies", coming(workspace), to_attr="standing_in"))
        .order_by(BY_ROLE, "user__name", "user__email")
    )


def coming(workspace):
    """Deputies of today and later, who are not ended."""
    return (
        Deputy.objects.of(workspace)
        .filter(ended_at=None, days__endswith__gt=workspace.today())
        .select_related("deputy__user", "member__user")
        .order_by("days")
    )
