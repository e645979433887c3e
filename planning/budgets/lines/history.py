"""What was done to a line: to itself, to the versions that changed it, and to the transfers that moved its money."""

from django.db.models import CharField, Q, Value
from django.db.models.functions import Cast, Concat

from planning.trail.models import Entry, subject_of

from ..models import Part, Revision


def history_of(line):
    """Entries, the newest first, people and notes loaded; one query and theirs."""
    moved = Part.objects.filter(workspace=line.workspace_id, line=line)
    changed = Revision.objects.filter(workspace=line.workspace_id, line=line)
    about = Q(subject=subject_of(line))
    for kind, ids in (("transfer", moved.values("transfer")), ("version", changed.values("version"))):
        about |= Q(subject__in=ids.annotate(said=as_subject(kind)).values("said"))
    return Entry.objects.of(line.workspace_id).filter(about).newest()


def as_subject(kind):
    """ "budgets.transfer:12" out of the transfer's id, as `subject_of` writes it."""
    return Concat(Value(f"budgets.{kind}:"), Cast(f"{kind}_id", CharField()), output_field=CharField())
