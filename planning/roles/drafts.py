"""Which version is which, and how a draft comes to be. Plain functions: the actions above write the history."""

from django.utils.translation import gettext as _

from planning.shared.locking import lock
from planning.shared.refusals import Refused

from .models import Activity, Column, Letter, Matrix, Version


def matrix_of(workspace) -> Matrix:
    return Matrix.objects.get_or_create(workspace=workspace)[0]


def held_matrix(workspace) -> Matrix:
    """The matrix, locked: whoever changes any version takes this row first."""
    return lock(Matrix.objects.of(workspace), matrix_of(workspace).pk)


def version_in(workspace, state) -> Version | None:
    """The one draft, proposed or in-force version."""
    return Version.objects.of(workspace).filter(state=state).select_related("paper", "matrix").first()


def in_force(workspace, day=None) -> Version | None:
    """What is in force on `day` (default today)."""
    return Version.objects.of(workspace).in_force(day or workspace.today()).first()


def shown_version(workspace) -> Version | None:
    """What the first page shows: in force, else what waits for its keys, else the draft."""
    for state in (Version.State.IN_FORCE, Version.State.PROPOSED, Version.State.DRAFT):
        if version := version_in(workspace, state):
            return version
    return None


def held_draft(workspace) -> Version:
    """The draft, with the matrix locked. Refused when there is none."""
    matrix = held_matrix(workspace)
    draft = Version.objects.of(workspace).filter(matrix=matrix, state=Version.State.DRAFT).first()
    if draft is None:
        raise Refused(_("There is no draft to change. Start one from the matrix in force."))
    return draft


def begun(workspace) -> Version:
    """The draft: the one there is, else a copy of the newest version. The matrix is locked by this."""
    matrix = held_matrix(workspace)
    newest = Version.objects.of(workspace).order_by("-number").first()
    if newest and newest.is_draft:
        return newest
    if newest and newest.state == Version.State.PROPOSED:
        raise Refused(
            _("Version %(number)s waits for its keys. Take it back before you change it.") % {"number": newest.number}
        )
    draft = Version.objects.create(workspace=workspace, matrix=matrix, number=newest.number + 1 if newest else 1)
    if newest:
        copy_rows(newest, draft)
    return draft


def copy_rows(source, target):
    Column.objects.bulk_create(
        Column(workspace_id=target.workspace_id, version=target, role_id=column.role_id, number=column.number)
        for column in source.columns.all()
    )
    cells = {}
    for cell in Letter.objects.of(source.workspace_id).filter(activity__version=source):
        cells.setdefault(cell.activity_id, []).append((cell.role_id, cell.letters))
    rows = list(source.activities.all())
    fields = ("number", "key", "name", "area", "joint", "low", "high", "routes", "domain", "category_id")
    copies = Activity.objects.bulk_create(
        Activity(workspace_id=target.workspace_id, version=target, **{field: getattr(row, field) for field in fields})
        for row in rows
    )
    Letter.objects.bulk_create(
        Letter(workspace_id=target.workspace_id, activity=copy, role_id=role, letters=letters)
        for row, copy in zip(rows, copies, strict=True)
        for role, letters in cells.get(row.pk, [])
    )


def empty(draft):
    """Take every row and column out of a draft."""
    Letter.objects.of(draft.workspace_id).filter(activity__version=draft).delete()
    draft.activities.all().delete()
    draft.columns.all().delete()
