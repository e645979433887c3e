"""Rates, holidays and categories: what is stored, what is refused, what a file brings."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from planning.calendar import actions
from planning.calendar.models import Category, Holiday, Rate
from planning.calendar.rates import convert, rate_on
from planning.calendar.seeding import seed
from planning.people.scope import scope
from planning.shared.refusals import NotYours, Refused

JUNE = date(2026, 6, 1)


def test_the_last_rate_before_the_day_counts_and_a_missing_one_is_refused(inside):
    workspace = inside.workspace
    actions.add_rate(inside.finance, "eur", JUNE, "0.85210000", "ECB")
    actions.add_rate(inside.finance, "EUR", date(2026, 7, 1), "0.86", "ECB")
    assert rate_on(workspace, "EUR", date(2026, 6, 30)) == (Decimal("0.8521"), JUNE)
    assert rate_on(workspace, "GBP", JUNE) == (1, JUNE)
    with pytest.raises(Refused) as refused:
        rate_on(workspace, "EUR", date(2026, 5, 31))
    assert refused.value.field == "currency"


def test_a_conversion_keeps_all_of_itself(inside):
    actions.add_rate(inside.finance, "EUR", JUNE, "0.855", "ECB")
    converted = convert(inside.workspace, Decimal("-10.10"), "EUR", date(2026, 6, 9))
    assert (converted.amount, converted.rate, converted.rate_day) == (
        Decimal("-8.64"),
        Decimal("0.855"),
        JUNE,
    )  # −8.6355


@pytest.mark.parametrize(
    ("currency", "rate", "source", "field"),
    [("GBP", "1", "x", "currency"), ("E1R", "1", "x", "currency"), ("EUR", "0", "x", "rate"),
     ("EUR", "-1", "x", "rate"),
     ("EUR", "0.123456789", "x", "rate"), ("EUR", "NaN", "x", "rate"), ("EUR", "1", " ", "source")],
)  # fmt: skip
def test_a_rate_without_sense_is_refused(inside, currency, rate, source, field):
    with pytest.raises(Refused) as refused:
        actions.add_rate(inside.finance, currency, JUNE, rate, source)
    assert refused.value.field == field


def test_rates_are_finances(inside):
    with pytest.raises(NotYours):
        actions.add_rate(inside.cmo, "EUR", JUNE, "0.85", "ECB")


def test_a_file_of_rates_comes_whole_or_not_at_all(inside):
    good = b"\xef\xbb\xbfDate;Currency;Source;Rate\r\n2026-06-01;EUR;ECB;0.85\r\n2026-06-01;USD;ECB;0.74\r\n;;;\r\n"
    assert actions.import_rates(inside.finance, good) == 2
    with pytest.raises(Refused, match="known already"):
        actions.import_rates(inside.finance, good)
    with pytest.raises(Refused, match="Row 3"):
        actions.import_rates(
            inside.finance, b"currency,date,rate,source\nEUR,2026-07-01,0.86,ECB\nEUR,01/08/2026,0.87,ECB\n"
        )
    with pytest.raises(Refused, match="missing: rate"):
        actions.import_rates(inside.finance, b"currency,date,source\n")
    assert Rate.objects.count() == 2


ICS = b"""BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//test//test//EN
BEGIN:VEVENT
UID:1
DTSTART;VALUE=DATE:20261225
DTEND;VALUE=DATE:20261227
SUMMARY:Christmas
RRULE:FREQ=YEARLY;COUNT=2
END:VEVENT
BEGIN:VEVENT
UID:2
DTSTART:20261224T090000Z
DTEND:20261224T100000Z
SUMMARY:A meeting
END:VEVENT
END:VCALENDAR
""".replace(b"\n", b"\r\n")


def test_whole_days_of_a_calendar_file_become_holidays(inside):
    assert actions.import_holidays(inside.cmo, ICS) == 4
    days = list(Holiday.objects.order_by("day").values_list("day", flat=True))
    assert days == [date(2026, 12, 25), date(2026, 12, 26), date(2027, 12, 25), date(2027, 12, 26)]
    for other in (ICS, b"no calendar"):
        with pytest.raises(Refused):
            actions.import_holidays(inside.cmo, other)


def test_a_new_workspace_has_categories_of_both_kinds(inside):
    seed(inside.workspace)
    count = Category.objects.count()
    seed(inside.workspace)
    assert Category.objects.count() == count
    assert {category.domain for category in Category.objects.filter(parent=None)} == {
        "marketing",
        "technology",
        "other",
    }
    assert Category.objects.get(name="Web shop").parent.name == "Commerce and web"


def test_categories_have_two_levels_and_names_of_their_own(inside):
    branch = actions.add_category(inside.cmo, "Media", "marketing")
    leaf = actions.add_category(inside.cio, "Search", "technology", branch)
    assert leaf.domain == "marketing"
    for name, parent in (("Search", branch), ("Deeper", leaf), (" ", None)):
        with pytest.raises(Refused):
            actions.add_category(inside.cmo, name, "marketing", parent)
    actions.change_category(branch, inside.cmo, "Paid media", "technology")
    assert Category.objects.get(pk=leaf.pk).domain == "technology"


def test_a_category_moves_and_is_retired_with_its_leaves(inside):
    media = actions.add_category(inside.cmo, "Paid media", "marketing")
    tools = actions.add_category(inside.cio, "Tools", "technology")
    search = actions.add_category(inside.cmo, "Paid search", "marketing", media)
    moved = actions.change_category(search, inside.cio, "Paid search", "other", tools)
    assert (moved.parent, moved.domain) == (tools, "technology")
    with pytest.raises(Refused, match="leaves"):
        actions.change_category(tools, inside.cio, "Tools", "technology", media)
    actions.retire_category(tools, inside.cio)
    search.refresh_from_db()
    assert search.retired_at
    assert search not in Category.objects.active()
    with pytest.raises(Refused, match="branch is retired"):
        actions.restore_category(search, inside.cmo)
    with pytest.raises(Refused, match="retired"):
        actions.change_category(media, inside.cmo, "Paid media", "marketing", tools)
    actions.restore_category(tools, inside.cmo)
    actions.restore_category(search, inside.cmo)
    assert search in Category.objects.active()


def test_a_retired_category_is_brought_back_by_form(cast, as_):
    with scope(cast.workspace):
        games = actions.add_category(cast.cmo, "Games", "marketing")
    client, address = as_(cast.cmo), f"/acme/calendar/categories/{games.pk}"
    assert client.post(f"{address}/retirement").status_code == 302
    assert "Retired" in client.get("/acme/calendar/categories").content.decode()
    assert as_(cast.marketing_planner).post(f"{address}/return").status_code == 403
    assert client.post(f"{address}/return").status_code == 302
    assert client.post(address, {"name": "Gaming", "domain": "marketing", "parent": ""}).status_code == 302


def test_the_pages(cast, as_):
    with scope(cast.workspace):
        seed(cast.workspace)
    finance, cmo = as_(cast.finance), as_(cast.cmo)
    for page in ("", "periods/2027", "rates", "holidays", "categories"):
        assert cmo.get(f"/acme/calendar/{page}").status_code == 200
    file = SimpleUploadedFile("rates.csv", b"currency,date,rate,source\nEUR,2026-06-01,0.85,ECB\n")
    assert finance.post("/acme/calendar/rates/import", {"file": file}).status_code == 302
    assert "0.85" in cmo.get("/acme/calendar/rates").content.decode()
    assert (
        cmo.post(
            "/acme/calendar/rates", {"currency": "USD", "day": "2026-06-01", "rate": "1", "source": "x"}
        ).status_code
        == 403
    )
    assert cmo.post("/acme/calendar/holidays", {"day": "2030-12-25", "name": "Christmas"}).status_code == 302
    assert cmo.post("/acme/calendar/holidays", {"day": "2030-12-25", "name": "Again"}).status_code == 422
    assert (
        cmo.post("/acme/calendar/hours", {"opens": "08:00", "closes": "16:00", "weekdays": ["0", "1"]}).status_code
        == 302
    )
    assert "08:00 to 16:00" in cmo.get("/acme/calendar/holidays").content.decode()
    assert cmo.post("/acme/calendar/categories", {"name": "Games", "domain": "other"}).status_code == 302
