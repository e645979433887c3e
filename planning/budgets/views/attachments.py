"""Files that lie with a line. They leave through the door of files, as attachments."""

from django.shortcuts import get_object_or_404

from planning.people.doors import door, editors, refusals_on, shown

from .. import actions
from ..models import Attachment
from ..settling_forms import AttachmentForm
from .lines import one


@door(editors, does=actions.attach)
def attachments(request, line_id):
    line = one(request, line_id)
    form = AttachmentForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            actions.attach(line, request.member, **form.cleaned_data)
            return request.go("budgets:line", line.pk)
    return shown(request, "budgets/attaching.html", {"form": form, "line": line, "budget": line.budget}, form)


@door(post=editors, does=actions.detach)
def removal(request, attachment_id):
    attachment = get_object_or_404(Attachment.objects.of(request.workspace).select_related("line"), pk=attachment_id)
    actions.detach(attachment, request.member)
    return request.go("budgets:line", attachment.line_id)
