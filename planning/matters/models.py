"""Joint work that is no purchase and no budget: one piece of it, run by a row of the matrix from R to I."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from planning.people.models import Member
from planning.people.tenancy import InWorkspace, WorkspaceQuerySet
from planning.signoffs.models import Paper


class MatterQuerySet(WorkspaceQuerySet):
    def open(self):
        return self.filter(state=Matter.State.OPEN)


class Matter(InWorkspace):
    """ "Test the launch: the back end", to be decided by a day. Who takes part stands on its paper."""

    class State(models.TextChoices):
        OPEN = "open", _("under way")
        AGREED = "agreed", _("decided")
        REFUSED = "refused", _("not to be done")
        WITHDRAWN = "withdrawn", _("taken back")

    title = models.CharField(_("what"), max_length=200)
    text = models.TextField(_("what it is about"), blank=True)
    until = models.DateField(_("to be decided by"))
    state = models.CharField(max_length=9, choices=State, default=State.OPEN)
    author = models.ForeignKey(Member, models.PROTECT, related_name="+")
    paper = models.ForeignKey(Paper, models.PROTECT, null=True, related_name="+")
    started_at = models.DateTimeField()

    objects = MatterQuerySet.as_manager()

    class Meta(InWorkspace.Meta):
        indexes = [models.Index(fields=["workspace", "state", "until"], name="matter_by_day")]
        constraints = [models.CheckConstraint(name="matter_has_title", condition=~Q(title=""))]

    def __str__(self):
        return self.title
