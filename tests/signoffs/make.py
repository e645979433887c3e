"""Papers about nothing in particular: a category stands for whatever is signed."""

from planning.calendar.models import Category
from planning.signoffs.papers import SeatSpec, open_paper


def key(name, holder=None, **more) -> SeatSpec:
    return SeatSpec(name, holder=holder, **more)


def a_thing(cast, name="Tracking"):
    return Category.objects.get_or_create(workspace=cast.workspace, parent=None, name=name)[0]


def a_paper(cast, *, version=1, terms=None, author=None, author_decides=True, seats=None, thing=None):
    return open_paper(
        kind="test",
        subject=thing or a_thing(cast),
        version=version,
        terms=terms or {"amount": "1000.00", "name": "Tracking"},
        author=author or cast.finance,
        author_decides=author_decides,
        seats=seats or [key("marketing"), key("technology")],
        url="/acme/",
    )
