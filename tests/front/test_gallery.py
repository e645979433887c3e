"""Every part in a real browser: both themes, a desk and a phone, with and without scripts."""

import pytest

from planning.people.scope import scope
from planning.vendors.actions import register
from tests.harness.looking import LAWS, bring_axe, findings

pytestmark = pytest.mark.browser
SIZES = {"desk": (1440, 900), "phone": (390, 844)}


@pytest.fixture
def look(gallery, as_, live_server, new_context):
    """`look(path, size, theme)` is a page of the gallery's site, signed in as the CMO."""

    def open_page(path="/acme/gallery/", size="desk", theme="light", signed_in=True, **options):
        width, height = SIZES[size]
        context = new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": height},
            color_scheme=theme,
            reduced_motion="reduce",
            **options,
        )
        bring_axe(context)
        if signed_in:
            enter(context, as_(gallery.cmo), live_server)
        page = context.new_page()
        page.goto(path)
        return page

    return open_page


def enter(context, client, live_server):
    cookie = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])


def turns(page, theme):
    """The system's theme changes while the page is open."""
    page.emulate_media(color_scheme=theme)
    page.locator(f"html[data-bs-theme={theme}]").wait_for(state="attached")


def test_every_part_at_a_desk_and_on_a_phone_in_the_dark(look):
    page = look()
    page.locator(".canvas svg").first.wait_for()
    the_keyboard_reaches_the_content_first(page)
    axe_finds_nothing_and_nothing_runs_over_the_edge(page, "desk")
    menus_and_dialogs_close_by_the_keyboard(page)
    paper_shows_the_tables_and_not_the_frame(page)
    charts_follow_the_theme(page)
    width, height = SIZES["phone"]
    page.set_viewport_size({"width": width, "height": height})
    page.reload()
    page.locator(".canvas svg").first.wait_for()
    axe_finds_nothing_and_nothing_runs_over_the_edge(page, "phone")


def axe_finds_nothing_and_nothing_runs_over_the_edge(page, size):
    assert page.evaluate("document.documentElement.scrollWidth") == SIZES[size][0]
    assert findings(page, "dark" if size == "phone" else "light", *LAWS, "best-practice", pictures=True) == []


def the_keyboard_reaches_the_content_first(page):
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent").strip() == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def menus_and_dialogs_close_by_the_keyboard(page):
    page.locator(".person-menu > summary").press("Enter")
    assert page.get_by_role("link", name="Sign-in and security").is_visible()
    page.keyboard.press("Escape")
    assert not page.get_by_role("link", name="Sign-in and security").is_visible()
    page.get_by_role("button", name="New purchase").press("Enter")
    assert page.get_by_role("dialog", name="Take it back?").is_visible()
    page.keyboard.press("Escape")
    assert not page.get_by_role("dialog").is_visible()


def paper_shows_the_tables_and_not_the_frame(page):
    page.emulate_media(media="print")
    assert not page.locator(".rail").is_visible()
    assert page.locator(".picture-table tbody").first.evaluate("table => table.getBoundingClientRect().height") > 0
    page.emulate_media(media="screen")


def charts_follow_the_theme(page):
    before = page.locator(".canvas svg").first.inner_html()
    turns(page, "dark")
    page.wait_for_function("before => document.querySelector('.canvas svg').innerHTML !== before", arg=before)


def test_what_was_chosen_stays_after_a_reload(look, gallery):
    """A list searched as one types, which the address says too; and a theme."""
    with scope(gallery.workspace):
        for name in ("Larchwood Print", "Northlight Analytics"):
            register(gallery.cmo, name)
    page = look("/acme/vendors/")
    page.get_by_label("Search in this list").press_sequentially("north")
    page.wait_for_url("**q=north**")
    assert page.locator("#list tbody tr").count() == 1
    page.locator(".person-menu > summary").click()
    page.get_by_role("button", name="Dark").click()
    for _again in range(2):
        assert page.locator("html").get_attribute("data-bs-theme") == "dark"
        assert page.locator("#list tbody tr").count() == 1
        page.reload()


def test_the_way_in_and_the_security_pages_are_open_to_everybody(look, as_, gallery, live_server):
    page = look("/accounts/login/", "phone", signed_in=False)
    axe_finds_nothing_in_either_theme(page)
    page.goto("/accounts/password/reset/")
    axe_finds_nothing_in_either_theme(page)
    enter(page.context, as_(gallery.cmo), live_server)
    page.goto("/accounts/2fa/")
    axe_finds_nothing_in_either_theme(page)


def axe_finds_nothing_in_either_theme(page):
    for theme in ("light", "dark"):
        turns(page, theme)
        assert findings(page, theme, *LAWS, "best-practice") == []


def test_everything_opens_without_a_script(look):
    page = look(size="phone", java_script_enabled=False)
    page.locator(".tab-menu > summary").click()
    assert page.get_by_role("link", name="History").is_visible()
    page.locator(".picture-table > summary").first.click()
    assert page.get_by_role("cell", name="Technology", exact=True).first.is_visible()
