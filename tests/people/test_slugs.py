"""No workspace takes an address that the site needs itself."""

import pytest
from django.conf import settings
from django.urls import get_resolver, resolve

from planning.people.slugs import RESERVED, clean_slug
from planning.shared.refusals import Refused


def first_words():
    for pattern in get_resolver().url_patterns:
        yield str(pattern.pattern).lstrip("^").split("/")[0]
        if not str(pattern.pattern):
            yield from (str(inner.pattern).split("/")[0] for inner in pattern.url_patterns)


def test_every_fixed_first_word_is_reserved():
    fixed = {word for word in first_words() if word and "<" not in word}
    assert fixed
    assert fixed <= RESERVED
    assert settings.STATIC_URL.strip("/") in RESERVED


def test_a_free_word_resolves_to_a_workspace():
    assert resolve("/acme/").kwargs == {"workspace": "acme"}


@pytest.mark.parametrize(
    "slug", ["accounts", "api", "mailbox", "Acme", "a b", "-a", "a--b", "", "x" * 41, "../etc", "é"]
)
def test_refused_addresses(slug):
    with pytest.raises(Refused):
        clean_slug(slug)


@pytest.mark.parametrize("slug", ["acme", "harbour-pine", "brand2", "7"])
def test_ordinary_addresses(slug):
    assert clean_slug(f" {slug} ") == slug
