"""What axe finds on a page that a browser shows, told once for each way of looking at it."""

from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page

LAWS = "wcag2a wcag2aa wcag21a wcag21aa wcag22aa".split()
SCRIPT = Path(__file__).with_suffix(".js").read_text()


def bring_axe(context: BrowserContext) -> None:
    """Once, before the context's first page."""
    context.add_init_script(Axe().axe_script)


def findings(page: Page, theme: str, *tags: str, pictures: bool = False) -> list[str]:
    """One sentence for each violation of axe's rules of those tags, and of contrast, in that theme.

    What was drawn into a page's charts is looked at only with `pictures`: it repeats a table beside it.
    """
    found: list[str] = page.evaluate(SCRIPT, [theme, tags, pictures])
    return found
