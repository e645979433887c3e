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
def change_category(category, member, name: str, domain: str) -> Category:
    """Rename a category, or change whose kind of spend a branch and its leaves are. Refused: a name that is there."""
    category = lock(Category.objects.of(member.workspace).select_related("parent"), category.pk)
    before, name = {"name": category.name, "domain": category.domain}, name.strip()[:80]
    refuse_taken(member.workspace, name, category.parent, category)
    category.name = name
    category.domain = category.parent.domain if category.parent else domain
    category.save(update_fields=["name", "domain"])
    category.children.update(domain=category.domain)
    record(change_category, member, category, before=before, after={"name": category.name, "domain": category.domain})
    return category


def refuse_deep(parent):
    if parent and parent.parent_id:
        raise Refused(_g("Categories have two levels: a branch and its leaves."), "parent")


def refuse_taken(workspace, name, parent, but=None):
    if not name:
        raise Refused(_g("A category needs a name."), "name")
    others = Category.objects.of(workspace).filter(name=name, parent=parent).exclude(pk=but and but.pk)
    if others.exists():
        raise Refused(_g("There is a category of that name already."), "name")
