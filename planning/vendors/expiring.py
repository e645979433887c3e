"""Security reviews and papers that end soon: who looks after the vendor hears of it in time, and security does."""

from datetime import timedelta

from django.utils import translation
from django.utils.translation import gettext as _

from planning.notices.reminding import Step, remind
from planning.people.models import Member
from planning.people.places import place
from planning.trail.models import subject_of

from .models import Document, SecurityReview

RULE = "vendors.expires"
RUNGS = (30, 7, 0)


def reviews_ending(workspace, days: int = RUNGS[0]):
    """Reviews that end within `days` from today and that no later one of the same vendor and data follows."""
    today = workspace.today()
    last = SecurityReview.objects.of(workspace).order_by("vendor", "data_class", "-valid_until", "-pk")
    newest = last.distinct("vendor", "data_class").values("pk")
    ending = SecurityReview.objects.of(workspace).filter(pk__in=newest, vendor__merged_into=None)
    return ending.filter(valid_until__range=(today, today + timedelta(days=days))).order_by("valid_until", "pk")


def papers_ending(workspace, days: int = RUNGS[0]):
    today = workspace.today()
    ending = Document.objects.of(workspace).filter(vendor__merged_into=None)
    return ending.filter(valid_until__range=(today, today + timedelta(days=days))).order_by("valid_until", "pk")


def remind_of_endings(workspace) -> int:
    """A reminder a rung for each thing that ends, once. Returns how many things end soon."""
    security = list(Member.objects.of(workspace).active().filter(holds__contains=["security"]).select_related("user"))
    owners = ("vendor__marketing_owner__user", "vendor__technology_owner__user")
    found = [(review, security) for review in reviews_ending(workspace).select_related(*owners)]
    found += [(paper, []) for paper in papers_ending(workspace).select_related("file", *owners)]
    for thing, also in found:
        rung = min(rung for rung in RUNGS if rung >= (thing.valid_until - workspace.today()).days)
        people = [*(owner for owner in thing.vendor.owners.values() if owner and not owner.left_at), *also]
        steps = [
            Step(member, workspace.now(), f"{thing.valid_until}:{rung}", facts(thing, member))
            for member in {member.pk: member for member in people}.values()
        ]
        remind(workspace, RULE, subject_of(thing), steps)
    return len(found)


def facts(thing, member) -> dict:
    """What the mail says, in the reader's language."""
    with translation.override(member.user.language):
        what = _("The security review") if isinstance(thing, SecurityReview) else str(thing)
        words = {"what": what, "vendor": thing.vendor, "day": thing.valid_until.strftime("%d.%m.%Y")}
        return {
            "subject": _("%(what)s of %(vendor)s ends on %(day)s") % words,
            "lines": [],
            "url": place(thing.workspace, "vendors:vendor", thing.vendor_id),
        }
