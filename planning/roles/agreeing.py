"""Putting a matrix in force: proposed by an editor, signed by both keys, superseding the one before."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from planning.notices.telling import tell
from planning.people.models import KEY_SIDES, Member
from planning.people.places import place
from planning.shared.plain import difference
from planning.shared.refusals import Refused, Stale
from planning.signoffs import papers
from planning.signoffs.models import Paper
from planning.signoffs.papers import SeatSpec, open_paper
from planning.signoffs.signing import sign
from planning.trail.acts import action, record

from .drafts import held_draft, held_matrix
from .facts import findings_of, terms_of
from .findings import ERROR
from .models import Version


@action(gettext_lazy("proposed {subject} to both sides"))
def propose(member, *, comment: str = "", version: int | None = None):
    """Freeze the draft and ask both keys. The author may turn their own.

    Refused: an empty matrix, errors (the first is named), warnings without a comment, and a draft that is another
    version than the one that was read.
    """
    draft = held_draft(member.workspace)
    if version is not None and version != draft.number:
        raise Stale(_("Version %(number)s is the draft now.") % {"number": draft.number}, field="version")
    put_before_both(draft, member, comment)
    entry = record(
        propose, member, draft, after={"version": draft.number, "fingerprint": draft.paper.fingerprint}, note=comment
    )
    tell(key_holders(member.workspace), entry, url=draft.paper.url, needs=True)
    return draft


def put_before_both(draft, member, comment):
    """Open the draft's paper with both keys. Errors stop it; warnings need a comment."""
    refuse_unsound(draft, comment)
    draft.paper = open_paper(
        kind="matrix",
        subject=draft.matrix,
        version=draft.number,
        terms=terms_of(draft),
        author=member,
        label=str(draft),
        seats=[SeatSpec(side, reason=_("A matrix is in force once both sides signed it.")) for side in KEY_SIDES],
        url=place(member.workspace, "roles:version", draft.number),
    )
    draft.state, draft.comment = Version.State.PROPOSED, comment.strip()
    draft.save(update_fields=["paper", "state", "comment"])


@action(gettext_lazy("took the proposal of {subject} back"))
def withdraw_matrix(member):
    """Take the proposed version back; it can be changed as a new draft."""
    held_matrix(member.workspace)
    version = take_back(member.workspace)
    if version is None:
        raise Refused(_("Nothing waits for its keys."))
    entry = record(withdraw_matrix, member, version, after={"version": version.number})
    tell(key_holders(member.workspace), entry, url=version.paper.url)


def take_back(workspace) -> Version | None:
    """Withdraw what waits for its keys; None when nothing does."""
    version = Version.objects.of(workspace).filter(state=Version.State.PROPOSED).select_related("paper").first()
    if version is None or not papers.withdraw(version.paper):
        return None
    close(version, Version.State.RETURNED)
    return version


@action(gettext_lazy("decided on {subject}"))
def sign_matrix(member, *, version: int, verdict: str = "approve", note: str = "", fingerprint: str | None = None):
    """Turn the key of one's own side on `version`, the number that was read. Both keys put it in force that day.

    Signing the draft itself proposes it first; `note` is then the comment that its warnings need. Refused: errors,
    warnings without that comment, and what `signoffs.sign` refuses, among it a version that is no longer the newest
    (409, with the difference).
    """
    held_matrix(member.workspace)
    current = Version.objects.of(member.workspace).select_related("paper", "matrix").order_by("-number").first()
    if current is None:
        raise Refused(_("There is no matrix yet."))
    refuse_older(member.workspace, current, version)
    if current.is_draft:
        put_before_both(current, member, note)
    paper = sign(current.paper, member, None, verdict, version, note, fingerprint)
    if paper.just_closed:
        settle(current, paper)
    after = {"version": version, "verdict": verdict, "fingerprint": paper.fingerprint, "state": str(current.state)}
    entry = record(sign_matrix, member, current, after=after, note=note)
    tell(key_holders(member.workspace), entry, url=paper.url, needs=paper.is_open)
    return current


def refuse_older(workspace, current, version):
    if version == current.number:
        return
    read = Version.objects.of(workspace).filter(number=version).select_related("paper").first()
    changed = difference(read.paper.terms, terms_of(current)) if read and read.paper else []
    message = _("This changed while you were reading: version %(number)s is the one to decide now.")
    raise Stale(message % {"number": current.number}, changed, "version")


def key_holders(workspace):
    return Member.objects.of(workspace).leads(*KEY_SIDES).people()


def settle(version, paper):
    if paper.state != Paper.State.AGREED:
        return close(version, Version.State.RETURNED)
    today = version.workspace.today()
    Version.objects.of(version.workspace_id).filter(state=Version.State.IN_FORCE).update(
        state=Version.State.SUPERSEDED, in_force_until=today
    )
    version.state, version.in_force_from = Version.State.IN_FORCE, today
    version.save(update_fields=["state", "in_force_from"])


def close(version, state):
    version.state = state
    version.save(update_fields=["state"])


def refuse_unsound(draft, comment):
    if not draft.activities.exists():
        raise Refused(_("An empty matrix says nothing; add activities first."))
    found = findings_of(draft)
    errors = [finding for finding in found if finding.severity == ERROR]
    if errors:
        raise Refused(
            _("%(first)s (%(count)s to settle before it can be proposed)")
            % {"first": errors[0].message, "count": len(errors)},
            "activities",
        )
    if found and not comment.strip():
        raise Refused(
            _("There are %(count)s warnings. Say in a comment why they stay.") % {"count": len(found)}, "comment"
        )
