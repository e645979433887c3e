"""People of a journey: each in a browser of their own, on the running product."""

import json
from dataclasses import dataclass
from urllib.request import Request, urlopen

from playwright.sync_api import Page, expect

from planning.people.founding import found
from planning.people.models import Member, User
from planning.people.scope import scope

PASSWORD = "pines above the harbour"


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
    """`people`: first name → (full name, side, role). Made from here: seven operators' commands would take longer."""
    with stack.database_here():
        made = found(slug, name=slug.title(), currency="GBP", fiscal_start=4, timezone="Europe/London")
        with scope(made):
            for key, (name, side, role) in people.items():
                user = User.objects.create_user(f"{key}@{slug}.example", PASSWORD, name=name)
                Member.objects.create(workspace=made, user=user, side=side, role=role)


def sign_in(page: Page, slug: str, key: str, name: str) -> Person:
    email = f"{key}@{slug}.example"
    page.goto("/accounts/login/")
    page.locator("[name=login]").fill(email)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")
    page.wait_for_url(f"**/{slug}/")
    return Person(name, email, slug, page)


def program(stack, slug: str, key: str) -> Program:
    token = stack.manage("api_token", f"{key}@{slug}.example", slug).strip()
    return Program(f"{stack.url}/api/v1/{slug}", token)
