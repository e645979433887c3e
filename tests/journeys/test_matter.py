"""A piece of joint work on one page: the planner works, technology is asked, then marketing's lead can decide."""

import pytest
from playwright.sync_api import expect

from .people import program, sign_in, workspace

pytestmark = pytest.mark.browser

SLUG = "breakwater"
PEOPLE = {
    "maya": ("Maya Lindgren", "marketing", "lead"),
    "jonas": ("Jonas Weber", "marketing", "planner"),
    "elena": ("Elena Rossi", "technology", "lead"),
}
ROLES = {"cmo": ("marketing", "maya"), "tester": ("marketing", "jonas"), "platform": ("technology", "elena")}
ROW = {
    "name": "Test a launch",
    "key": "test",
    "routes": "launch",
    "letters": {"cmo": "A", "tester": "R", "platform": "C"},
}


def test_a_launch_is_tested_asked_about_and_decided(stack, visit):
    workspace(stack, SLUG, **PEOPLE)
    asks = {key: program(stack, SLUG, key) for key in ("maya", "elena")}
    roles = [
        {"key": key, "name": key.title(), "side": side, "holders": [f"{who}@{SLUG}.example"]}
        for key, (side, who) in ROLES.items()
    ]
    version = asks["maya"]("PUT", "roles/matrix", roles=roles, activities=[ROW])["version"]
    for ask in asks.values():
        ask("POST", "roles/matrix/signatures", version=version, note="Agreed")
    jonas, elena, maya = (sign_in(visit(), SLUG, key, PEOPLE[key][0]) for key in ("jonas", "elena", "maya"))

    jonas.goes("matters/")
    jonas.fills(activity="Test a launch", title="Test the spring sale", until="2035-05-04")
    jonas.presses("Start it")
    jonas.fills(note="Forty cases, all green.")
    jonas.presses("It is done")
    address = jonas.page.url.partition(f"/{SLUG}/")[2]

    maya.goes(address)
    maya.sees("Forty cases", "Opens when the work is done and everybody who is asked has answered")
    expect(maya.page.get_by_role("button", name="Approve for marketing")).to_have_count(0)

    elena.goes("")
    elena.follows("Test the spring sale")
    elena.fills(note="The stock feed lags a minute; nobody will see it.")
    elena.presses("Answer")
    elena.sees("lags a minute")

    maya.goes("")
    maya.presses("Approve “Test the spring sale” for marketing")
    maya.goes(address)
    maya.sees("decided", "lags a minute", "Maya Lindgren")
