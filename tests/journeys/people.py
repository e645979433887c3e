"""People of a journey: each in a browser of their own, on the running product."""

import json
from dataclasses import dataclass
from io import StringIO
from urllib.request import Request, urlopen

from django.core.management import call_command
from playwright.sync_api import Page, expect

from planning.people.founding import found
from planning.people.models import Member, User
from planning.people.scope import scope
from tests.cast import signed_in

PASSWORD = "pines above the harbour"
SIGNED_IN: dict[str, dict] = {}  # by e-mail: the cookie of somebody whom a journey made


@dataclass
class Person:
    """Somebody signed in to one workspace."""

    name: str
    email: str
    slug: str
    page: Page

    def goes(self, path: str = "") -> Page:
        self.page.goto(f"/{self.slug}/{path}")
        return self.page

    def follows(self, words: str) -> None:
        self.page.get_by_role("link", name=words).first.click()

    def presses(self, words: str) -> None:
        self.page.get_by_role("button", name=words).first.click()

    def fills(self, **fields: str) -> None:
        """Type into fields by their names; what is a choice is chosen by its label or value."""
        for name, value in fields.items():
            field = self.page.locator(f"[name={name}]:visible").first
            if field.evaluate("field => field.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)

    def sees(self, *words: str) -> None:
        for word in words:
            expect(self.page.locator("#main")).to_contain_text(word, ignore_case=True)


@dataclass
class Program:
    """A person's program: the same workspace through the API."""

    url: str
    token: str

    def __call__(self, method: str, path: str, **body):
        request = Request(f"{self.url}/{path}", method=method, data=json.dumps(body).encode() if body else None)
        request.add_header("Authorization", f"Bearer {self.token}")
        request.add_header("Content-Type", "application/json")
        with urlopen(request) as answer:
            return json.load(answer)


def workspace(stack, slug: str, **people: tuple[str, str, str]) -> None:
    """`people`: first name → (full name, side, role), signed in already: test_invitation types a password for all.

    Made from here: seven operators' commands would take longer.
    """
    with stack.database_here():
        made = found(slug, name=slug.title(), currency="GBP", fiscal_start=4, timezone="Europe/London")
        with scope(made):
            for key, (name, side, role) in people.items():
                user = User.objects.create_user(f"{key}@{slug}.example", PASSWORD, name=name)
                member = Member.objects.create(workspace=made, user=user, side=side, role=role)
                session = signed_in(member).cookies["sessionid"].value
                SIGNED_IN[user.email] = {"name": "sessionid", "value": session, "url": stack.url}


def sign_in(page: Page, slug: str, key: str, name: str) -> Person:
    email = f"{key}@{slug}.example"
    page.context.add_cookies([SIGNED_IN[email]])
    return Person(name, email, slug, page)


def program(stack, slug: str, key: str) -> Program:
    token = StringIO()
    with stack.database_here():
        call_command("api_token", f"{key}@{slug}.example", slug, stdout=token)
    return Program(f"{stack.url}/api/v1/{slug}", token.getvalue().strip())
