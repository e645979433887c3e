"""Pages of the demonstration as the CMO sees them: server time, the slowest first; the baseline is the calendar."""

from collections.abc import Iterator

from django.test import Client

from planning.desk.story import SLUG, email_of
from planning.people.models import Member, Workspace
from planning.people.scope import scope, workspace_id
from tests.pages import ids_in, pages

from .house import showroom
from .timing import against, seconds

SHOWN = 12
BASELINE = "<slug:workspace>/calendar/"


def measure() -> Iterator[str]:
    with showroom():
        yield from slowest()


def slowest() -> Iterator[str]:
    with scope(workspace_id(SLUG)):
        workspace = Workspace.objects.get(slug=SLUG)
        maya = Member.objects.select_related("user").get(user__email=email_of("maya"))
    browser, ids = Client(headers={"host": "localhost"}), ids_in(workspace)
    browser.force_login(maya.user)
    taken = {}
    for page in pages():
        address = page.at(workspace, ids)
        if "GET" in page.rules and page.rules["GET"](maya) and browser.get(address).status_code == 200:
            taken[page.pattern] = seconds(lambda address=address: read(browser.get(address)), times=3)
    baseline = taken[BASELINE]
    for pattern in sorted(taken, key=taken.get, reverse=True)[:SHOWN]:
        yield against(pattern, taken[pattern], baseline, "the calendar")
    yield f"{len(taken)} pages; over 100 ms: {sum(each > 0.1 for each in taken.values())}"


def read(answer) -> None:
    """A download is made while it is sent."""
    if answer.streaming:
        b"".join(answer.streaming_content)
