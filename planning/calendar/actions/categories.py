"""The workspace's own tree of categories, two levels deep."""

from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from planning.shared.locking import lock
from planning.shared.refusals import Refused
from planning.trail.acts import action, record

from ..models import Category


@action(_("added the category {subject}"))
def add_category(member, name: str, domain: str, parent: Category | None = None) -> Category:
    """A branch, or a leaf under `parent`, whose kind of spend it has. Refused: a name that is there, a third level."""
    workspace, name = member.workspace, name.strip()[:80]
    refuse_deep(parent)
    refuse_taken(workspace, name, parent)
    made = Category.objects.create(
        workspace=workspace, name=name, parent=parent, domain=parent.domain if parent else domain
    )
    record(add_category, member, made, after={"name": name, "domain": made.domain, "parent": parent and str(parent)})
    return made


@action(_("changed the category {subject}"))
def change_category(category, member, name: str, domain: str, parent: Category | None = None) -> Category:
    """Rename a category, move it under `parent` (None: it is a branch), or change whose kind of spend a branch and its
    leaves are. Lines and purchases keep it. Refused: a name that is there, a third level, a retired branch.
    """
    category = lock(Category.objects.of(member.workspace).select_related("parent"), category.pk)
    parent = parent and lock(Category.objects.of(member.workspace), parent.pk)
    before, name = described(category), name.strip()[:80]
    refuse_deep(parent)
    refuse_misplaced(category, parent)
    refuse_taken(member.workspace, name, parent, category)
    category.name, category.parent = name, parent
    category.domain = parent.domain if parent else domain
    category.save(update_fields=["name", "parent", "domain"])
    category.children.update(domain=category.domain)
    record(change_category, member, category, before=before, after=described(category))
    return category


@action(_("retired the category {subject}"))
def retire_category(category, member) -> Category:
    """Offered no more; what names it keeps it. A branch takes its leaves with it. Refused: retired already."""
    category = lock(Category.objects.of(member.workspace), category.pk)
    if category.retired_at:
        raise Refused(_g("It is retired already."))
    category.retired_at = member.workspace.now()
    category.save(update_fields=["retired_at"])
    leaves = category.children.filter(retired_at=None).update(retired_at=category.retired_at)
    record(retire_category, member, category, after={"retired": True, "leaves": leaves})
    return category


@action(_("brought back the category {subject}"))
def restore_category(category, member) -> Category:
    """Offered again, without the leaves that left with it. Refused: one that is not retired, or whose branch is."""
    category = lock(Category.objects.of(member.workspace).select_related("parent"), category.pk)
    if not category.retired_at:
        raise Refused(_g("It is not retired."))
    if category.parent and category.parent.retired_at:
        raise Refused(_g("Its branch is retired: bring back “%(branch)s” first.") % {"branch": category.parent})
    category.retired_at = None
    category.save(update_fields=["retired_at"])
    record(restore_category, member, category, after={"retired": False})
    return category


def described(category) -> dict:
    return {"name": category.name, "domain": category.domain, "parent": category.parent and str(category.parent)}


def refuse_misplaced(category, parent):
    if parent is None:
        return
    if parent.pk == category.pk or category.children.exists():
        raise Refused(_g("A branch with leaves stays a branch: move its leaves first."), "parent")
    if parent.retired_at and parent.pk != category.parent_id:
        raise Refused(_g("“%(branch)s” is retired; choose another branch.") % {"branch": parent}, "parent")


def refuse_deep(parent):
    if parent and parent.parent_id:
        raise Refused(_g("Categories have two levels: a branch and its leaves."), "parent")


def refuse_taken(workspace, name, parent, but=None):
    if not name:
        raise Refused(_g("A category needs a name."), "name")
    others = Category.objects.of(workspace).filter(name=name, parent=parent).exclude(pk=but and but.pk)
    if others.exists():
        raise Refused(_g("There is a category of that name already."), "name")
