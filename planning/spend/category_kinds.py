"""Is this technology, marketing, or neither? Words of a ledger's own categories, guessed once, then said by a
person."""

import re

from planning.calendar.models import Category, Domain

from .models import CategoryKind, Entry

OF_BOTH = re.compile(
    r"\b(martech|adtech|(marketing|advertising) (technology|automation|software|platforms?))\b", re.IGNORECASE
)
TECHNOLOGY = re.compile(
    r"\b(ict|it|analytics|platforms?|commerce|automation|consent|software|hardware|computers?|computing|licen[cs]es?|saas|cloud|hosting|hosts?|telecoms?|telecomms?|telephon\w*|"
    r"broadband|internet|networks?|data ?(cent\w+|platform|storage)|information (technology|systems?)|"
    r"systems? development|"
    r"servers?|cyber|monitoring tools?|digital services|web (hosts?|services?)|e-?mail automation)\b",
    re.IGNORECASE,
)
MARKETING = re.compile(
    r"\b(marketing|advertis\w*|publicity|promotion\w*|media|campaigns?|brand\w*|pr|public relations|communications?|"
    r"sponsorship|creative|agenc(y|ies) fees?|market research|design and print)\b",
    re.IGNORECASE,
)


def guess(text: str) -> str | None:
    """The domain a category's words point to; None when they do not, or point both ways."""
    if OF_BOTH.search(text):
        return Domain.TECHNOLOGY
    technology, marketing = TECHNOLOGY.search(text), MARKETING.search(text)
    if bool(technology) == bool(marketing):
        return None
    return Domain.TECHNOLOGY if technology else Domain.MARKETING


def kind_of(text: str, own: dict) -> tuple[str | None, bool]:
    """(domain, whether it is a guess). A category of the workspace that says "other" may only never have been told."""
    said = own.get(text.lower())
    if said in (Domain.MARKETING, Domain.TECHNOLOGY):
        return said, False
    return guess(text) or said, True


def learn(batch) -> None:
    """Give every category text that is new in this import a kind: the workspace's own category of that name, or a
    guess."""
    workspace = batch.workspace
    texts = Entry.objects.of(workspace).filter(batch=batch).exclude(category_text="").order_by()
    known = CategoryKind.objects.of(workspace).values_list("text", flat=True)
    new = {text[:200] for text in texts.values_list("category_text", flat=True).distinct()} - set(known)
    if not new:
        return
    own = {name.lower(): domain for name, domain in Category.objects.of(workspace).values_list("name", "domain")}
    CategoryKind.objects.bulk_create(
        [
            CategoryKind(workspace=workspace, text=text, domain=domain, guessed=guessed)
            for text in sorted(new)
            for domain, guessed in [kind_of(text, own)]
        ],
        ignore_conflicts=True,
    )
