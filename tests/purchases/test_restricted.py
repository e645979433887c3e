"""A restricted purchase: the same readers on every road, and its amount in every total."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from planning.desk.search import search
from planning.files.models import StoredFile
from planning.notices.models import Notice
from planning.people.models import Deputy
from planning.people.scope import entered, scope
from planning.purchases import actions
from planning.purchases.models import Item, Purchase
from planning.purchases.preview import preview_of
from planning.reviews.agenda import QUESTIONS
from planning.shared.refusals import NotYours
from planning.signoffs.models import Paper, Seat
from planning.spend.models import Entry as Row
from planning.team.tokens import make_token
from planning.trail.models import Entry
from planning.vendors.actions import register
from planning.vendors.models import Vendor
from tests.purchases import make
from tests.spend import make as ledgers

SECRET = "Project Nightingale"
READERS = [("marketing_planner", True), ("cmo", True), ("auditor", True), ("cio", False), ("technology_planner", False),
           ("finance", False), ("sponsor", False), ("viewer", False), ("guest", False)]  # fmt: skip


def made_for_all(cast):
    """Marketing's own, restricted, decided by marketing alone."""
    line = make.agreed_line(cast, "1000.00")
    purchase = make.asked(cast.marketing_planner, line, title=SECRET, vendor="Nightingale Advisers", restricted=True)
    return cast, line, purchase


@pytest.fixture
def asked(made_outside):
    return made_outside


def seen(cast, who, work):
    with scope(cast.workspace, getattr(cast, who).user):
        return work()


def words_of(cast, purchase):
    """Every table that holds words of it, as somebody who came through the door reads it."""
    subject = f"purchases.purchase:{purchase.pk}"
    return [
        Purchase.objects.of(cast.workspace).filter(pk=purchase.pk).exists(),
        Item.objects.filter(purchase=purchase.pk).exists(),
        Paper.objects.filter(subject=subject).exists(),
        Seat.objects.filter(paper__subject=subject).exists(),
        Entry.objects.about(subject).exists(),
        bool(search(cast.workspace, "Nightingale")[:1]) and search(cast.workspace, SECRET) != [],
        Vendor.objects.of(cast.workspace).filter(name="Nightingale Advisers").exists(),
    ]


def test_its_words_are_read_by_its_approvers_and_its_amount_by_all(asked, as_):
    cast, line, purchase = asked
    for who, may in READERS:
        assert seen(cast, who, lambda: words_of(cast, purchase)) == [may] * 7, who
        assert seen(cast, who, lambda: make.standing(line)) == {"plan": 1000, "reserved": 100, "available": 900}
    for who, may in READERS[:4]:
        client = as_(getattr(cast, who))
        assert client.get(f"/acme/purchases/{purchase.pk}/").status_code == (200 if may else 404)
        assert (SECRET in client.get("/acme/purchases/").content.decode()) == may
        assert (SECRET in client.get("/acme/trail/").content.decode()) == False or may  # noqa: E712
    assert "One restricted purchase" in as_(cast.cio).get("/acme/purchases/").content.decode()
    page = {who: as_(getattr(cast, who)).get(f"/acme/budgets/lines/{line.pk}/").text for who in ("cmo", "cio")}
    assert [f"/acme/purchases/{purchase.pk}/" in page[who] for who in page] == [True, False]
    assert [f"{purchase.code}, restricted" in page[who] for who in page] == [True, False]
    assert "restricted" in page["cio"]
    with scope(cast.workspace):
        secret = make_token(cast.cio, "test")
    program = Client(headers={"Authorization": f"Bearer {secret}"})
    assert program.get("/api/v1/acme/purchases").json()["count"] == 0
    assert program.get(f"/api/v1/acme/purchases/{purchase.pk}").status_code == 404
    assert SECRET not in program.get("/api/v1/acme/trail").content.decode()


@pytest.mark.parametrize(("reader", "other"), [("cmo", "cio"), ("cio", "cmo")])
def test_what_a_page_hears_at_the_door_holds_for_its_reader_alone(asked, reader, other):
    cast, _line, _purchase = asked
    readers = {"cmo": True, "cio": False}
    with entered(getattr(cast, reader).user, "acme", read_only=True):
        assert Purchase.objects.exists() == readers[reader]
        with scope(cast.workspace, getattr(cast, other).user):
            assert Purchase.objects.exists() == readers[other]
        with scope(cast.workspace):
            assert Purchase.objects.exists()
        assert Purchase.objects.exists() == readers[reader]


def test_deputies_read_it_while_they_stand_in(asked):
    cast, _line, purchase = asked
    with scope(cast.workspace):
        other = cast.viewer
        day = cast.workspace.today()
        Deputy.objects.create(
            workspace=cast.workspace, member=cast.cmo, deputy=other, side="marketing", days=(day, None)
        )
    assert seen(cast, "viewer", lambda: words_of(cast, purchase)) == [True] * 7
    with scope(cast.workspace):
        Deputy.objects.update(ended_at=cast.workspace.now())
    assert seen(cast, "viewer", lambda: words_of(cast, purchase)) == [False] * 7


def test_only_readers_are_told_and_what_leaves_the_room_has_no_words(asked):
    cast, line, purchase = asked
    with scope(cast.workspace):
        make.approve(purchase, cast)
        told = set(Notice.objects.filter(entry__verb__startswith="purchases.").values_list("member", flat=True))
        assert told == {cast.cmo.pk, cast.marketing_planner.pk}
        labels = list(Entry.objects.about(f"purchases.purchase:{purchase.pk}").values_list("label", flat=True))
        labels += list(Paper.objects.values_list("label", flat=True))
        assert labels
        assert not any("Nightingale" in label for label in labels if "Joint plan" not in label)
        assert not [found for ask in QUESTIONS for found in ask(cast.workspace) if "Nightingale" in str(found)]


def test_its_invoices_are_words_too_and_its_value_counts_at_the_vendor(asked):
    cast, line, purchase = asked
    with scope(cast.workspace):
        make.approve(purchase, cast)
        bill = ledgers.row("100.00", vendor="Nightingale Advisers", day=str(cast.workspace.today()))
        file = ledgers.ledger([*bill, purchase.code], header=[*ledgers.HEADER, "Order number"])
        ledgers.brought(cast.finance, file)
        assert Row.objects.get().purchase_id == purchase.pk
    assert [seen(cast, who, Row.objects.exists) for who in ("cmo", "auditor", "cio", "finance")] == [
        True,
        True,
        False,
        False,
    ]
    assert seen(cast, "cio", lambda: make.standing(line))["actual"] == 100
    with scope(cast.workspace, cast.technology_planner.user):
        mine = make.draft(cast.technology_planner, line, "9950.00", vendor="Nightingale Advisers")
        assert "finance" in {key.spec.name for key in preview_of(mine).outlook.keys}, (
            "with the hundred it is over 10,000.00"
        )


@pytest.mark.parametrize("opens", ["approval", "another request", "the register", "no restriction"])
def test_a_vendor_it_brought_joins_the_register_with_its_approval_or_when_anybody_else_names_it(asked, opens):
    cast, line, purchase = asked
    name = "NIGHTINGALE advisers Ltd"
    if opens == "approval":
        with scope(cast.workspace):
            make.approve(purchase, cast)
    with scope(cast.workspace, cast.cio.user):
        if opens == "another request":
            make.draft(cast.cio, line, vendor=name)
        elif opens == "the register":
            assert register(cast.cio, name).pk == purchase.vendor_id
    if opens == "no restriction":
        with scope(cast.workspace, cast.marketing_planner.user):
            actions.restrict(purchase, cast.marketing_planner, False)
    found = seen(cast, "finance", lambda: list(Vendor.objects.of(cast.workspace).search("nightingale")))
    assert [vendor.pk for vendor in found] == [purchase.vendor_id]


def test_a_quote_that_was_removed_is_read_by_nobody_else(asked, as_):
    cast, _line, purchase = asked
    jonas, address = as_(cast.marketing_planner), f"/acme/purchases/{purchase.pk}/quotes/"
    jonas.post(address, {"file": SimpleUploadedFile("offer.pdf", b"%PDF-1.7 offer")})
    with scope(cast.workspace):
        quote = purchase.quotes.get()
    jonas.post(address, {"without": quote.pk})
    with scope(cast.workspace):
        assert not purchase.quotes.exists()
    served = [as_(who).get(f"/acme/files/{quote.file_id}/content") for who in (cast.cmo, cast.cio, cast.finance)]
    assert [answer.status_code for answer in served] == [200, 404, 404]
    b"".join(served[0].streaming_content)


def test_a_draft_that_is_thrown_away_takes_its_quotes_along(asked, as_):
    cast, line, _purchase = asked
    with scope(cast.workspace):
        drafted = make.draft(cast.marketing_planner, line, title=SECRET, restricted=True)
    jonas, address = as_(cast.marketing_planner), f"/acme/purchases/{drafted.pk}/"
    jonas.post(f"{address}quotes/", {"file": SimpleUploadedFile("offer.pdf", b"%PDF-1.7 offer")})
    assert jonas.post(f"{address}bin/").status_code == 302
    with scope(cast.workspace):
        assert not StoredFile.objects.of(cast.workspace).exists()


def test_who_asks_or_a_lead_says_so_and_opens_it_again(asked, as_):
    cast, line, _purchase = asked
    with scope(cast.workspace):
        open_one = make.asked(cast.technology_planner, line, title="Monitoring", vendor="Watchers")
        with pytest.raises(NotYours):
            actions.restrict(open_one, cast.marketing_planner)
    answer = as_(cast.cio).post(f"/acme/purchases/{open_one.pk}/restriction/", {"restricted": "on"})
    assert answer.status_code == 302
    assert seen(cast, "finance", lambda: words_of(cast, open_one)[0]) is False
    with scope(cast.workspace):
        assert actions.restrict(open_one, cast.technology_planner, False).version == open_one.version
    assert seen(cast, "finance", lambda: words_of(cast, open_one)[0]) is True
    with scope(cast.workspace, cast.finance.user), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM purchases_purchase WHERE restricted")
        assert cursor.fetchone() == (0,)
