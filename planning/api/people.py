"""GET me: whose token is this?"""

from ninja import Router, Schema

from planning.people.doors import guests

from .base import may

router = Router(tags=["people"])


class Me(Schema):
    email: str
    name: str
    side: str
    role: str
    holds: list[str]
    workspace: str
    currency: str
    today: str


@router.get("me", response=Me)
@may(guests)
def me(request):
    """The member behind the token, and the workspace it opens."""
    member, workspace = request.member, request.workspace
    return {
        "email": member.email,
        "name": member.name,
        "side": member.side,
        "role": member.role,
        "holds": member.holds,
        "workspace": workspace.slug,
        "currency": workspace.currency,
        "today": workspace.today().isoformat(),
    }
