"""Every part in a real browser: both themes, a desk and a phone, with and without scripts."""

import pytest
from axe_playwright_python.sync_playwright import Axe

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
        if signed_in:
            cookie = as_(gallery.cmo).cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
        page = context.new_page()
        page.goto(path)
        return page

    return open_page


def violations(page) -> list[str]:
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [f"{one['id']}: {node['target']} {node['failureSummary']}" for one in found for node in one["nodes"]]


@pytest.mark.parametrize(("size", "theme"), [("desk", "light"), ("phone", "dark")])
def test_axe_finds_nothing_and_nothing_runs_over_the_edge(look, size, theme):
    page = look(size=size, theme=theme)
    page.locator(".canvas svg").first.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") == SIZES[size][0]
    assert violations(page) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_way_in_is_open_to_everybody(look, theme):
    page = look("/accounts/login/", "phone", theme, signed_in=False)
    assert violations(page) == []
    page.goto("/accounts/password/reset/")
    assert violations(page) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_security_pages_are_open_to_everybody(look, theme):
    assert violations(look("/accounts/2fa/", "phone", theme)) == []


def test_everything_opens_without_a_script(look):
    page = look(size="phone", java_script_enabled=False)
    page.locator(".tab-menu > summary").click()
    assert page.get_by_role("link", name="History").is_visible()
    page.locator(".picture-table > summary").first.click()
    assert page.get_by_role("cell", name="Technology", exact=True).first.is_visible()


def test_a_chosen_theme_stays(look):
    page = look(theme="light")
    page.locator(".person-menu > summary").click()
    page.get_by_role("button", name="Dark").click()
    assert page.locator("html").get_attribute("data-bs-theme") == "dark"
    page.reload()
    assert page.locator("html").get_attribute("data-bs-theme") == "dark"


def test_charts_follow_the_theme(look):
    page = look(theme="light")
    page.locator(".canvas svg").first.wait_for()
    before = page.locator(".canvas svg").first.inner_html()
    page.emulate_media(color_scheme="dark")
    page.wait_for_function("before => document.querySelector('.canvas svg').innerHTML !== before", arg=before)


def test_a_list_is_searched_as_one_types_and_the_address_says_so(look):
    page = look()
    page.get_by_label("Search in this list").press_sequentially("maya")
    page.wait_for_url("**q=maya**")
    assert page.locator("#people tbody tr").count() == 1
    page.reload()
    assert page.locator("#people tbody tr").count() == 1


def test_menus_and_dialogs_close_by_the_keyboard(look):
    page = look()
    page.locator(".person-menu > summary").press("Enter")
    assert page.get_by_role("link", name="Sign-in and security").is_visible()
    page.keyboard.press("Escape")
    assert not page.get_by_role("link", name="Sign-in and security").is_visible()
    page.get_by_role("button", name="New purchase").press("Enter")
    assert page.get_by_role("dialog", name="Take it back?").is_visible()
    page.keyboard.press("Escape")
    assert not page.get_by_role("dialog").is_visible()


def test_the_keyboard_reaches_the_content_first(look):
    page = look()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent").strip() == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_paper_shows_the_tables_and_not_the_frame(look):
    page = look()
    page.emulate_media(media="print")
    assert not page.locator(".rail").is_visible()
    assert page.locator(".picture-table tbody").first.evaluate("table => table.getBoundingClientRect().height") > 0
