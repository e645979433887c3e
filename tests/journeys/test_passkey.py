"""A passkey in Chromium's own virtual authenticator: added once, it signs its owner in without a password."""

import pytest

from . import people

pytestmark = pytest.mark.browser


@pytest.fixture
def ada(stack, visit):
    people.workspace(stack, "keys", ada=("Ada Marsh", "marketing", "lead"))
    page = visit()
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    device.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": options | {"isUserVerified": True, "automaticPresenceSimulation": True}},
    )
    page.goto("/accounts/login/")
    page.locator("[name=login]").fill("ada@keys.example")
    page.locator("[name=password]").fill(people.PASSWORD)
    page.locator("[name=password]").press("Enter")
    page.wait_for_url("**/keys/")
    return page


def test_a_passkey_signs_in_without_a_password(ada):
    ada.goto("/accounts/2fa/webauthn/add/")  # a change to one's keys asks for the password once more
    ada.locator("[name=password]").fill(people.PASSWORD)
    ada.locator("[name=password]").press("Enter")
    ada.get_by_label("Passwordless").check()
    ada.get_by_role("button", name="Add").click()
    ada.wait_for_url(lambda url: "/webauthn/add" not in url)
    ada.goto("/accounts/2fa/")
    ada.get_by_text("1 key").wait_for()

    ada.goto("/accounts/logout/")
    ada.get_by_role("main").get_by_role("button", name="Sign out").click()
    ada.goto("/accounts/login/")
    ada.get_by_role("button", name="Use a passkey").click()
    ada.wait_for_url("**/keys/")
    ada.get_by_role("heading", level=1).wait_for()
