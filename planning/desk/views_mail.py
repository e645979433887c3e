"""Deciding from a mail. The page shows what is asked and decides nothing; only its form does, once."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponseNotAllowed
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from planning.people.scope import scope
from planning.shared.locking import retrying
from planning.shared.refusals import Gone, NotYours, Refused
from planning.signoffs import mail_keys
from planning.signoffs.models import Paper
from planning.signoffs.papers import fresh
from planning.signoffs.reminding import LEADS_MAY
from planning.signoffs.signing import standing

from .deciding import ACTIONS, BY_KIND
from .forms import MailDecisionForm
from .terms_said import changes_said, terms_said

PAGE = "desk/mail_decision.html"


@login_not_required
@never_cache
def mail_decision(request, secret):
    """Whoever holds the link sees what it is about; a POST decides in the name of the member it was mailed to."""
    if request.method not in {"GET", "HEAD", "POST"}:
        return HttpResponseNotAllowed(["GET", "POST"])
    workspace_id = mail_keys.workspace_of(secret)
    if workspace_id is None:
        return render(request, "desk/mail_gone.html", status=404)
    return retrying(lambda: answer(request, secret, workspace_id))


mail_decision.does = ACTIONS
mail_decision.is_open = True


def answer(request, secret, workspace_id):
    """The page, or the decision; a refusal shows the page again with its sentence, nothing changed."""
    try:
        with scope(workspace_id, read_only=request.method != "POST"):
            return speaking(mail_keys.opened(secret), request, decided if request.method == "POST" else page)
    except Refused as refused:
        with scope(workspace_id, read_only=True):
            return speaking(mail_keys.opened(secret), request, page, refused)


def speaking(key, request, show, *facts):
    """In the language and the time zone of whom the mail went to."""
    key.member.workspace = key.seat.paper.workspace
    with translation.override(key.member.user.language), timezone.override(key.member.zone):
        return show(request, key, *facts)


def page(request, key, refused=None):
    paper = fresh(key.seat.paper)
    context = {
        "key": key,
        "paper": paper,
        "seat": key.seat,
        "workspace": paper.workspace,
        "terms": terms_said(paper),
    }
    why_not = what_is_wrong(key) or whose_it_is(key)
    changes = getattr(refused, "changes", None) or changes_said(paper, later_than(paper))
    context |= {"refused": refused, "why_not": why_not, "changes": changes}
    return render(request, PAGE, context, status=refused.status if refused else 410 if why_not else 200)


def later_than(paper) -> Paper | None:
    """The newest version of what the mail was about, when it is another one."""
    others = Paper.objects.of(paper.workspace).filter(subject=paper.subject, version__gt=paper.version)
    return others.order_by("version").last()


def what_is_wrong(key) -> str:
    """Why nothing can be decided with it any more; nothing when something can."""
    workspace = key.seat.paper.workspace
    if key.used_at:
        return _("This link has been used. A link decides once.")
    if key.expires_at <= workspace.now():
        return _("This link is too old to decide with.")
    if workspace.leads_need_second_factor and key.member.is_lead:
        return _("%(workspace)s asks leads for a second factor: sign in to decide.") % {"workspace": workspace}
    if later := later_than(key.seat.paper):
        return _("It changed since the mail was sent: version %(version)s is the one to decide now.") % {
            "version": later.version
        }
    if not key.seat.is_open:
        return _("This has been decided, or it waits for somebody else now.")
    return ""


def whose_it_is(key) -> str:
    """That the key is another's by now, as when a deputy's time has ended; nothing while it is still theirs to turn."""
    if key.member.is_lead and key.seat.paper.kind in LEADS_MAY:
        return ""
    try:
        standing(key.seat, key.seat.paper, key.member)
    except NotYours:
        return _("This is not yours to decide any more. It waits for whom its page in Alignment names.")
    return ""


def decided(request, key):
    if why := what_is_wrong(key):
        raise Gone(why)
    form, paper = MailDecisionForm(request.POST), key.seat.paper
    if not form.is_valid():
        raise Refused(_("That decision was not complete; nothing was changed."))
    verdict, note = form.cleaned_data["verdict"], form.cleaned_data["note"]
    mail_keys.use(key, _("This link has been used. A link decides once."))
    BY_KIND[paper.kind](paper, key.member, key.seat.name, verdict, paper.version, note, paper.fingerprint)
    return render(request, "desk/mail_decided.html", {"paper": paper, "workspace": paper.workspace})
