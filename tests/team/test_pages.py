"""Every page of people, notices, history and papers opens for those who may see it."""

import pytest

PAGES = ["team/", "team/settings", "team/profile", "notices/", "notices/bell", "trail/", "signoffs/"]


@pytest.mark.parametrize("page", PAGES)
def test_a_lead_sees_the_page(cast, as_, page):
    assert as_(cast.cmo).get(f"/acme/{page}").status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_somebody_from_elsewhere_finds_nothing(cast, as_, page):
    assert as_(cast.stranger).get(f"/acme/{page}").status_code == 404
