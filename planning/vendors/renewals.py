"""Which contracts renew by themselves soon, what that costs, and who is reminded when."""

from datetime import timedelta

from django.utils import translation
from django.utils.translation import gettext as _

from planning.notices.reminding import Step, drop, remind, take_up
from planning.people.models import Member
from planning.people.places import place
from planning.shared.templatetags.money import money
from planning.trail.models import subject_of

from .models import Contract

RULE = "vendors.opt_out"
# Days before the last day for notice. The owners hear of it first; from the third rung on, and where a contract has no
# owner, the leads of both sides do too.
LADDER = (90, 60, 30, 14, 7, 3, 1, 0)
LEADS_FROM = 30
LOOK_AHEAD = 90


def renewals_near(workspace, days: int = LOOK_AHEAD):
    """Contracts that renew by themselves, undecided, whose last day for notice is within `days` from today."""
    today = workspace.today()
    return Contract.objects.of(workspace).renewing_between(today, today + timedelta(days=days))


def ended_or_renewed(workspace):
    """Contracts whose term has run out since the dates were last worked out, and that nobody stopped."""
    return Contract.objects.of(workspace).filter(ends_on__lte=workspace.today(), renewal="tacit", stopped_on=None)


def silent_renewals(workspace):
    """Contracts that renewed without a decision of both sides: visible misses, the dearest first."""
    return (
        Contract.objects.of(workspace).filter(silent_renewals__gt=0).select_related("vendor").order_by("-value", "pk")
    )


def rung_for(days_left: int) -> int | None:
    """The rung that covers this many days: what was missed merges into it. None when it is early, or too late."""
    return min((rung for rung in LADDER if rung >= days_left), default=None) if days_left >= 0 else None


def remind_of_renewals(workspace) -> int:
    """Write the reminders that are due today, each once: a rung of one date of one contract for one person.

    What was missed merges into the rung of today. Returns how many contracts are on the ladder.
    """
    today = workspace.today()
    leads = list(Member.objects.of(workspace).leads("marketing", "technology").select_related("user"))
    near = (
        renewals_near(workspace)
        .on_the_ladder()
        .select_related("vendor__marketing_owner__user", "vendor__technology_owner__user")
    )
    for contract in near:
        rung = rung_for(contract.days_left(today))
        people = asked_about(contract, rung, leads)
        occurrence = f"{contract.notice_by}:{rung:02}"
        steps = [Step(member, workspace.now(), occurrence, facts(contract, member)) for member in people]
        remind(workspace, RULE, subject_of(contract), steps)
    return len(near)


def renewal_requested(contract):
    """Somebody asks to buy the renewal of this term: reminders rest. Called by the room that knows requests."""
    contract.requested_until = contract.ends_on
    contract.save(update_fields=["requested_until"])
    forget(contract)


def request_gone(contract):
    """The request came to nothing: the ladder goes on where it stands by now."""
    contract.requested_until = None
    contract.save(update_fields=["requested_until"])
    climb_on(contract)


def climb_on(contract):
    """Whoever was asked said no: what today's rung had to say waits again, what was missed meanwhile merges into it."""
    rung = rung_for(contract.days_left(contract.workspace.today()))
    if rung is not None:
        take_up(contract.workspace, RULE, subject_of(contract), f"{contract.notice_by}:{rung:02}")


def forget(contract):
    """Decided, or on other dates: what was not sent yet no longer matters."""
    drop(contract.workspace, RULE, subject_of(contract))


def asked_about(contract, rung, leads):
    owners = [owner for owner in contract.vendor.owners.values() if owner and owner.left_at is None]
    people = [*owners, *leads] if rung <= LEADS_FROM or not owners else owners
    return {member.pk: member for member in people}.values()


def facts(contract, member) -> dict:
    """What the mail says, in the reader's language."""
    with translation.override(member.user.language):
        return {
            "subject": _("%(vendor)s renews by itself unless stopped by %(day)s")
            % {"vendor": contract.vendor, "day": contract.notice_by.strftime("%d.%m.%Y")},
            "lines": [
                _("“%(contract)s” renews for %(months)s months: %(value)s %(currency)s.")
                % {
                    "contract": contract.title,
                    "months": contract.renewal_months,
                    "value": money(contract.value, contract.currency),
                    "currency": contract.currency,
                },
                _("Both sides decide together whether it is stopped or kept."),
            ],
            "url": place(contract.workspace, "vendors:contract", contract.pk),
        }
