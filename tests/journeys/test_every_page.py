"""Every page of the demonstration in a real browser: nothing is refused by the policy, nothing falls off a phone, and
axe finds nothing, in light and in dark."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from planning.desk.story import PASSWORD, email_of
from tests.harness.browser import watch
from tests.pages import ids_in, pages

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1440, "height": 900}
AXE = Axe().axe_script
# What a theme can change is its contrast; all else is looked at once.
THEMES = {"light": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "dark": ["color-contrast"]}
SHOWN = [page for page in pages() if "GET" in page.rules]
FALLS_OFF = """wide => [...document.querySelectorAll("body *")]
    .filter(one => one.getBoundingClientRect().right >= wide - 1).map(one => one.outerHTML.slice(0, 160))"""

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("showroom")]


@pytest.fixture(scope="module")
def ids(demo, django_db_blocker):
    with django_db_blocker.unblock():
        return ids_in(demo.workspace)


@pytest.fixture(scope="module")
def browsing(showroom, browser):
    """Maya's browser, signed in once, and what it complained about so far."""
    complaints = []
    context = watch(browser.new_context(base_url=showroom.url, viewport=DESK), complaints)
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
    page.goto("about:blank")  # what it still wanted to ask is asked of nobody
    said, complaints[:] = list(complaints), []
    assert not said, "the browser complained:\n" + "\n".join(said)


def found_by_axe(page, rules) -> list[str]:
    page.evaluate("Promise.all(document.getAnimations().map(one => one.finish()))")
    found = page.evaluate("rules => axe.run({runOnly: rules, resultTypes: ['violations']})", rules)["violations"]
    return [f"{one['id']}: {one['help']} → {node['html'][:160]}" for one in found for node in one["nodes"][:3]]


@pytest.mark.parametrize("shown", SHOWN, ids=str)
def test_a_page_is_sound_on_every_screen(shown, demo, ids, maya):
    address = shown.at(demo.workspace, ids)
    answer = maya.request.get(address, max_redirects=0)
    assert answer.status < 500, answer.status
    # Parts that htmx puts into a page are seen in that page; alone they have no title, no language and no icon.
    if answer.status != 200 or "html" not in answer.headers.get("content-type", "") or "<html" not in answer.text():
        return
    maya.goto(address)
    maya.evaluate(AXE)
    for theme, rules in THEMES.items():
        maya.evaluate("theme => document.documentElement.setAttribute('data-bs-theme', theme)", theme)
        assert not (found := found_by_axe(maya, rules)), f"{theme}:\n" + "\n".join(found)
    maya.set_viewport_size(PHONE)
    wide = maya.evaluate("document.documentElement.scrollWidth")
    assert wide <= PHONE["width"], f"{wide} pixels wide on a phone:\n" + "\n".join(maya.evaluate(FALLS_OFF, wide))
