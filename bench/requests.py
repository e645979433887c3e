"""10,000 open requests and 50,000 vendors: the queue, searches and what forms suggest.

One request is asked for through the actions, the others are copies of it with other vendors, amounts and days; foreign
keys and triggers rest meanwhile. Each page should stay under 100 ms and 15 queries.
"""

from collections.abc import Iterator

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from planning.people.scope import scope
from planning.vendors.models import Vendor
from tests.cast import make_cast
from tests.harness import database, environment
from tests.purchases.make import agreed_line, asked

from .timing import seconds

REQUESTS, VENDORS = 10_000, 50_000
TIMES = 5
MOST, QUERIES = 0.1, 15
PAGES = (
    "purchases/",
    "purchases/?q=tool+77",
    "purchases/?state=submitted&sort=-value&page=200",
    "purchases/waiting/",
    "purchases/new/",
    "vendors/",
    "vendors/?q=c4ca42",
    "vendors/similar/?name=C4ca423+0b92",
    "calendar/",
    "",
)
VENDOR_COPIES = """
INSERT INTO vendors_vendor
SELECT r.* FROM generate_series(1, %(vendors)s) AS n, vendors_vendor one,
       LATERAL (SELECT substr(md5(n::text), 1, 7) AS head, substr(md5(n::text), 9, 6) AS tail) AS word,
       LATERAL jsonb_populate_record(NULL::vendors_vendor, to_jsonb(one) || jsonb_build_object(
           'id', %(first)s + n, 'name', initcap(word.head || ' ' || word.tail) || ' Ltd',
           'key', word.head || ' ' || word.tail)) AS r
 WHERE one.id = %(vendor)s"""
COPIES = (
    """
INSERT INTO signoffs_paper
SELECT r.* FROM generate_series(1, %(requests)s) AS n, signoffs_paper one,
       LATERAL jsonb_populate_record(NULL::signoffs_paper, to_jsonb(one) || jsonb_build_object(
           'id', 1000000 + n, 'subject', 'purchases.purchase:' || 1000000 + n, 'label', 'Tool ' || n,
           'opened_at', one.opened_at - n * interval '7 minutes',
           'url', replace(one.url, '/' || %(purchase)s || '/', '/' || 1000000 + n || '/'))) AS r
 WHERE one.id = %(paper)s""",
    """
INSERT INTO signoffs_seat
SELECT r.* FROM generate_series(1, %(requests)s) AS n, signoffs_seat one,
       LATERAL jsonb_populate_record(NULL::signoffs_seat, to_jsonb(one) || jsonb_build_object(
           'id', nextval(pg_get_serial_sequence('signoffs_seat', 'id')), 'paper_id', 1000000 + n)) AS r
 WHERE one.paper_id = %(paper)s""",
    """
INSERT INTO purchases_purchase
SELECT r.* FROM generate_series(1, %(requests)s) AS n, purchases_purchase one,
       LATERAL jsonb_populate_record(NULL::purchases_purchase, to_jsonb(one) || jsonb_build_object(
           'id', 1000000 + n, 'number', one.number + n, 'title', 'Tool ' || n, 'claim', gen_random_uuid(),
           'paper_id', 1000000 + n, 'amount', 100 + n, 'value', 100 + n,
           'vendor_id', %(first)s + 1 + n * 7 %% %(vendors)s, 'needed_by', one.needed_by + n %% 300)) AS r
 WHERE one.id = %(purchase)s""",
    """
INSERT INTO purchases_item
SELECT r.* FROM generate_series(1, %(requests)s) AS n, purchases_item one,
       LATERAL jsonb_populate_record(NULL::purchases_item, to_jsonb(one) || jsonb_build_object(
           'id', nextval(pg_get_serial_sequence('purchases_item', 'id')), 'purchase_id', 1000000 + n)) AS r
 WHERE one.purchase_id = %(purchase)s""",
    "ANALYZE",
)


def measure() -> Iterator[str]:
    cast = make_cast("requests")
    filled(cast)
    browser = Client(headers={"host": "localhost"})
    browser.force_login(cast.cmo.user)
    for page in PAGES:
        address = f"/{cast.workspace.slug}/{page}"
        with CaptureQueriesContext(connection) as queries:
            answer = browser.get(address)
        asked_for = len(queries)
        taken = seconds(lambda address=address: browser.get(address), TIMES)
        verdict = "within" if taken <= MOST and asked_for <= QUERIES else "OVER"
        size = f"{len(answer.content) / 1024:,.0f} KiB"
        yield f"/{page}: {answer.status_code}, {taken * 1000:,.1f} ms, {asked_for} queries, {size}; {verdict}"


def filled(cast) -> None:
    with scope(cast.workspace, cast.cmo.user):
        line = agreed_line(cast, total="9000000.00")
        one = asked(cast.marketing_planner, line)
        newest = Vendor.objects.order_by("-pk").values_list("pk", flat=True).first()
    facts = {
        "requests": REQUESTS,
        "vendors": VENDORS,
        "first": newest + 1000,
        "vendor": one.vendor_id,
        "purchase": one.pk,
        "paper": one.paper_id,
    }
    with database.admin(environment.DATABASE) as admin:
        admin.execute("SET session_replication_role = replica")
        for statement in (VENDOR_COPIES, *COPIES):
            admin.execute(statement, facts)
