"""The browser of the journeys hears what it has to hear."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page

pytestmark = pytest.mark.browser


def test_the_first_page_opens_without_a_complaint(visit: Callable[..., Page]) -> None:
    page = visit()
    answer = page.goto("/accounts/login/")
    assert answer is not None
    assert answer.status == 200
    assert page.get_by_label("Password").first.is_visible()


def test_what_the_policy_stops_is_heard(new_context: Callable[..., BrowserContext], complaints: list[str]) -> None:
    page = new_context().new_page()
    page.set_content("""<meta http-equiv="Content-Security-Policy" content="script-src 'none'"><p>""")
    page.evaluate("document.body.append(Object.assign(document.createElement('script'), {text: '1'}))")
    assert any("Content Security Policy" in complaint for complaint in complaints)
    complaints.clear()
