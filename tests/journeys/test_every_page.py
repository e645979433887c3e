"""Every page of the demonstration in a real browser: nothing is refused by the policy, nothing falls off a phone, and
axe finds nothing, in light and in dark."""

import pytest
from playwright.sync_api import Error

from planning.desk.story import PASSWORD, email_of
from tests.harness.browser import watch
from tests.harness.looking import LAWS, bring_axe, findings
from tests.pages import ids_in, pages

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1440, "height": 900}
# What a theme can change is its contrast, which is looked at in both; all else is looked at once.
THEMES = {"light": LAWS, "dark": []}
SHOWN = [page for page in pages() if "GET" in page.rules]
FITS = "wide => document.documentElement.scrollWidth <= wide"
FALLS_OFF = """wide => [...document.querySelectorAll("body *")]
    .filter(one => one.getBoundingClientRect().right > wide).map(one => one.outerHTML.slice(0, 160))"""

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def ids(demo, django_db_blocker):
    with django_db_blocker.unblock():
        return ids_in(demo.workspace)


@pytest.fixture(scope="module")
def browsing(showroom, browser):
    """Maya's browser, signed in once, and what it complained about so far."""
    complaints = []
    context = watch(browser.new_context(base_url=showroom.url, viewport=DESK), complaints)
    bring_axe(context)
    page = context.new_page()
    page.goto("/accounts/login/")
    page.get_by_label("E-mail").or_(page.locator("[name=login]")).first.fill(email_of("maya"))
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")
    page.wait_for_url("**/harbour-pine/")
    yield page, complaints
    context.close()


@pytest.fixture
def maya(browsing):
    page, complaints = browsing
    page.set_viewport_size(DESK)
    yield page
    said, complaints[:] = list(complaints), []
    assert not said, "the browser complained:\n" + "\n".join(said)


def opens(page, address, complaints) -> bool:
    """Whether a whole page is on the screen now.

    A redirect's target is seen under its own address, and the parts that htmx puts into a page are seen in that page:
    alone they have no title, no language and no icon.
    """
    try:
        answer = page.goto(address)
    except Error:  # something to keep, not to look at
        answer = page.request.get(address, max_redirects=0)
        assert "html" not in answer.headers.get("content-type", "html"), answer.status
        return False
    assert answer.status < 500, answer.status
    if answer.status == 200 and not answer.request.redirected_from and page.evaluate("document.doctype !== null"):
        return True
    complaints[:] = [said for said in complaints if address not in said]
    return False


@pytest.mark.parametrize("shown", SHOWN, ids=str)
def test_a_page_is_sound_on_every_screen(shown, demo, ids, maya, browsing):
    if not opens(maya, shown.at(demo.workspace, ids), browsing[1]):
        return
    for theme, tags in THEMES.items():
        assert not (found := findings(maya, theme, *tags)), "\n".join(found)
    maya.set_viewport_size(PHONE)
    try:
        maya.wait_for_function(FITS, arg=PHONE["width"], timeout=5_000)  # charts draw themselves anew after a moment
    except Error:
        pytest.fail("off a phone's edge:\n" + "\n".join(maya.evaluate(FALLS_OFF, PHONE["width"])))
