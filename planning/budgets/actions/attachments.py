"""Files on a line. None of it needs a key; a closed budget's lines keep theirs."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from planning.files.documents import LARGEST, MOST, check
from planning.files.storing import store
from planning.shared.locking import lock
from planning.shared.refusals import Refused
from planning.trail.acts import action, record

from ..models import Attachment, Line
from ..versions.drafts import hold_budget


@action(gettext_lazy("attached a file to the line {subject}"))
def attach(line, member, file) -> Attachment:
    """Keep `file` (an upload) with the line. Refused: more than 10 MB, an empty one, what `documents.check` refuses,
    the same file twice, a twenty-first one, a closed budget.
    """
    hold_budget(member.workspace, line.budget_id)
    line = lock(Line.objects.of(member.workspace), line.pk)
    digest = check(file)
    held = list(line.attachments.select_related("file"))
    if len(held) >= MOST:
        raise Refused(_("A line holds at most %(most)s files; remove one first.") % {"most": MOST}, "file")
    same = next((one.file for one in held if one.file.sha256 == digest), None)
    if same:
        raise Refused(_("That file is here already, as “%(name)s”.") % {"name": same.name}, "file")
    stored = store(file, member, LARGEST)
    made = Attachment.objects.create(
        workspace=member.workspace, line=line, file=stored, added_by=member, added_at=member.workspace.now()
    )
    record(attach, member, line, after={"file": stored.name, "sha256": stored.sha256, "size": stored.size})
    return made


@action(gettext_lazy("removed a file from the line {subject}"))
def detach(attachment, member) -> None:
    """The line shows it no more. The bytes stay stored: the history names them by their fingerprint."""
    attachment = lock(Attachment.objects.of(member.workspace).select_related("line__workspace", "file"), attachment.pk)
    hold_budget(member.workspace, attachment.line.budget_id)
    attachment.delete()
    stored = attachment.file
    record(detach, member, attachment.line, before={"file": stored.name, "sha256": stored.sha256})
