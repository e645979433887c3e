"""The CMO invites the CIO, who comes by mail. Two browsers, a real worker."""

import pytest

from .people import PASSWORD, workspace

pytestmark = pytest.mark.browser


def test_the_first_lead_brings_in_the_second(stack, visit):
    workspace(stack, "duo", ada=("Ada Marsh", "marketing", "lead"))
    ada = visit()
    ada.goto("/")
    ada.locator("[name=login]").fill("ada@duo.example")
    ada.locator("[name=password]").fill(PASSWORD)
    ada.locator("[name=password]").press("Enter")
    ada.wait_for_url("**/duo/")
    ada.goto("/duo/team/invitations?side=technology")
    ada.get_by_label("E-mail").fill("ben@duo.example")
    ada.get_by_label("Role").select_option("lead")
    ada.get_by_role("button", name="Send the invitation").click()
    ada.get_by_text("ben@duo.example").first.wait_for()

    ben = visit()
    for _ in range(60):  # the worker mails it in a moment of its own
        ben.goto("/mailbox/")
        letter = ben.get_by_role("link", name="Ada Marsh invites you")
        if letter.count():
            break
        ben.wait_for_timeout(250)
    letter.first.click()
    ben.locator("main a[href*='/invitations/']").first.click()
    ben.get_by_label("Your name").fill("Ben Holt")
    ben.get_by_label("A password").fill("another harbour 6")
    ben.get_by_role("button", name="Join").click()
    ben.wait_for_url("**/duo/")

    ada.goto("/duo/team/")
    ada.get_by_text("Ben Holt").first.wait_for()
    assert ada.get_by_text("Nobody leads this side yet").count() == 0
