"""Which contracts renew by themselves soon, what that costs, and who is reminded when."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from planning.notices.models import Reminder
from planning.people.models import Member
from planning.people.places import place
from planning.shared.money import money_text
from planning.trail.models import subject_of

from .models import Contract

# Days before the last day for notice. From the second rung on the leads hear of it too, and at the end both sides'.
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

    A decision takes the contract off the list; changed dates make new occurrences, so the ladder starts again.
    """
    today, now = workspace.today(), workspace.now()
    leads = list(Member.objects.of(workspace).leads("marketing", "technology").select_related("user"))
    rows = []
    for contract in renewals_near(workspace).select_related("vendor__marketing_owner", "vendor__technology_owner"):
        rung = rung_for(contract.days_left(today))
        for member in asked_about(contract, rung, leads):
            rows.append(reminder(contract, member, rung, now))
    made = Reminder.objects.bulk_create(rows, ignore_conflicts=True)
    return len(made)


def asked_about(contract, rung, leads):
    owners = [owner for owner in contract.vendor.owners.values() if owner and owner.left_at is None]
    people = [*owners, *leads] if rung <= LEADS_FROM or not owners else owners
    return {member.pk: member for member in people}.values()


def reminder(contract, member, rung, now):
    return Reminder(
        workspace_id=contract.workspace_id,
        rule="vendors.opt_out",
        subject=subject_of(contract),
        member=member,
        occurrence=f"{contract.notice_by}:{rung}",
        due_at=now,
        facts={
            "sentence": SENTENCE
            % {
                "contract": contract.title,
                "vendor": contract.vendor.name,
                "day": contract.notice_by.isoformat(),
                "months": contract.renewal_months,
                "value": money_text(contract.value, contract.currency),
                "currency": contract.currency,
            },
            "url": place(contract.workspace, "vendors:contract", contract.pk),
        },
    )


SENTENCE = _(
    "“%(contract)s” with %(vendor)s renews by itself for %(months)s months (%(value)s %(currency)s) unless it is stopped"
    " by %(day)s."
)


def still_matters(reminder) -> bool:
    """Whether a reminder that is about to be sent is still about something open, on the dates it was written for."""
    contract_id = int(reminder.subject.rpartition(":")[2])
    contract = Contract.objects.of(reminder.workspace_id).undecided().filter(pk=contract_id).first()
    return bool(contract) and reminder.occurrence.startswith(contract.notice_by.isoformat())
