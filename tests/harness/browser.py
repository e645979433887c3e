"""A real browser. Whatever it complains about on any page of a test fails that test."""

import fcntl
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connections
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Playwright, expect

from alignment.stack import browser

from . import environment
from .product import Product

expect.set_options(timeout=30_000)  # what comes, comes at once; a busy machine is no fault of the page


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    environment.DATA.mkdir(parents=True, exist_ok=True)
    with (environment.DATA / "browser.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        program = browser.ready()
    return {**browser_type_launch_args, "executable_path": str(program), "args": browser.flags()}


@pytest.fixture(scope="session")
def nothing_open() -> None:
    """Django keeps the connections of a thread with a running loop apart. One opened before Playwright's loop runs
    would stay open unseen, and a forked process, in which no loop runs, would speak over it together with this one."""
    connections.close_all()


@pytest.fixture(scope="session")
def playwright(nothing_open: None, playwright: Playwright) -> Playwright:
    return playwright


def worth_reporting(message: ConsoleMessage) -> bool:
    """Refusals come back as 403, 409 or 422, which Chromium reports as failures to load; they are answers. That there
    is no connection it says only where a test took it away, and htmx after it; that a question was broken off, htmx
    says where somebody left the page before its answer."""
    lost = ("net::ERR_INTERNET_DISCONNECTED", "htmx:sendError", "htmx:afterRequest", "htmx:sendAbort")
    if message.type not in {"error", "warning"} or any(words in message.text for words in lost):
        return False
    refused = any(f"status of {code} " in message.text for code in (403, 409, 422))
    return not (refused and "Failed to load resource" in message.text)


@pytest.fixture
def complaints() -> Iterator[list[str]]:
    """Console errors, script errors and everything the content security policy stopped."""
    heard: list[str] = []
    yield heard
    assert not heard, "the browser complained:\n" + "\n".join(heard)


def watch(context: BrowserContext, complaints: list[str]) -> BrowserContext:
    """The context, with everything its pages complain about put on the list."""
    context.on("weberror", lambda error: complaints.append(f"{error.error}"))
    context.on(
        "console",
        lambda message: (
            worth_reporting(message)
            and complaints.append(f"{message.type}: {message.text} ({message.location.get('url', '')})")
        ),
    )
    return context


@pytest.fixture
def new_context(complaints: list[str], new_context: Callable[..., BrowserContext]) -> Callable[..., BrowserContext]:
    return lambda **options: watch(new_context(**options), complaints)


@pytest.fixture
def visit(new_context: Callable[..., BrowserContext], stack: Product) -> Callable[..., Page]:
    """`visit()` opens a browser of its own (no cookies shared) on the running product: one for each person."""

    def open_page(**options: Any) -> Page:
        return new_context(base_url=stack.url, **options).new_page()

    return open_page
