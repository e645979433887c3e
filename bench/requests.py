"""10,000 open requests and 50,000 vendors: the queue, searches and what forms suggest.

One request is asked for through the actions, the others are copies of it with other vendors, amounts and days; foreign
keys and triggers rest meanwhile. One in a hundred is restricted. Each page should stay under 100 ms and 15 queries.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from planning.people.scope import scope
from planning.vendors.models import Vendor
from tests.cast import make_cast
from tests.harness import database, environment
from tests.purchases.make import agreed_line, asked

from .timing import against, side_by_side

REQUESTS, VENDORS, SPELLINGS, RESTRICTED = 10_000, 50_000, 10_000, 100
TIMES = 5
MOST, QUERIES = 0.1, 15


@dataclass(frozen=True)
class Page:
    """A page as `who` of the cast sees it, beside the bare statements for what is new on it, without policies."""

    address: str
    bare: str
    who: str = "cmo"


LIST = "SELECT p.*, v.name FROM purchases_purchase p JOIN vendors_vendor v ON v.id = p.vendor_id"
SUMS = "SELECT count(*), sum(value) FROM purchases_purchase p JOIN vendors_vendor v ON v.id = p.vendor_id"
SAID = (
    "WHERE (p.title ILIKE '%%tool%%' OR v.name ILIKE '%%tool%%') AND (p.title ILIKE '%%77%%' OR v.name ILIKE '%%77%%')"
)
REGISTER = "SELECT * FROM vendors_vendor WHERE workspace_id = %(workspace)s AND merged_into_id IS NULL"
SEATS = "SELECT s.*, p.* FROM signoffs_seat s JOIN signoffs_paper p ON p.id = s.paper_id WHERE s.state = 'open'"
QUEUE = f"{SEATS} ORDER BY p.opened_at, s.id LIMIT 100"
ALIKE = f"{REGISTER} AND key %% 'c4ca423 0b92' ORDER BY similarity(key, 'c4ca423 0b92') DESC LIMIT 5"
PAGES = (
    Page("purchases/", f"{LIST} ORDER BY p.number DESC LIMIT 50; {SUMS}"),
    Page("purchases/", f"{LIST} ORDER BY p.number DESC LIMIT 50; {SUMS}", "viewer"),
    Page("purchases/?q=tool+77", f"{LIST} {SAID} ORDER BY p.number DESC LIMIT 50; {SUMS} {SAID}"),
    Page("purchases/?q=c4ca42", f"{LIST} WHERE v.name ILIKE '%%c4ca42%%' ORDER BY p.number DESC LIMIT 50"),
    Page("purchases/?q=nowhere", f"{SUMS} WHERE p.title ILIKE '%%nowhere%%' OR v.name ILIKE '%%nowhere%%'"),
    Page(
        "purchases/?state=submitted&sort=-value&page=200", f"{LIST} ORDER BY p.value DESC OFFSET 9950 LIMIT 50; {SUMS}"
    ),
    Page("purchases/waiting/", QUEUE),
    Page("purchases/new/", f"{REGISTER} ORDER BY name LIMIT 200"),
    Page(
        "purchases/panel/?title=Tool&vendor=C4ca423+0b92&amount=120&line={line}&data_class=none",
        f"{ALIKE}; SELECT * FROM budgets_balance WHERE line_id = %(line)s",
        "marketing_planner",
    ),
    Page("vendors/", f"{REGISTER} ORDER BY name, id LIMIT 50"),
    Page("vendors/?q=c4ca42", f"{REGISTER} AND name ILIKE '%%c4ca42%%' ORDER BY name, id LIMIT 50"),
    Page("vendors/?q=nowhere", f"{REGISTER} AND name ILIKE '%%nowhere%%'"),
    Page("vendors/?q=c4", f"{REGISTER} AND name ILIKE '%%c4%%' ORDER BY name, id LIMIT 50"),
    Page("vendors/similar/?name=C4ca423+0b92", ALIKE),
    Page("search?q=tool+77", f"{LIST} WHERE p.title ILIKE '%%tool 77%%' ORDER BY p.id DESC LIMIT 8"),
    Page("search?q=c4ca42", f"{REGISTER} AND name ILIKE '%%c4ca42%%' ORDER BY name LIMIT 8"),
    Page("", QUEUE),
    Page("", QUEUE, "marketing_planner"),
    Page("role", SUMS),
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
INSERT INTO vendors_alias (workspace_id, vendor_id, name, key)
SELECT %(workspace)s, %(first)s + n, 'Spelling ' || word || ' Inc', 'spelling ' || word
  FROM generate_series(1, %(spellings)s) AS n, LATERAL substr(md5('a' || n), 1, 9) AS word""",
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
           'restricted', n %% (%(requests)s / %(restricted)s) = 1,
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
    facts = filled(cast)
    with database.admin(environment.DATABASE) as admin:
        for page in PAGES:
            browser = Client(headers={"host": "localhost"})
            browser.force_login(getattr(cast, page.who).user)
            address = f"/{cast.workspace.slug}/{page.address.format(**facts)}"
            with CaptureQueriesContext(connection) as queries:
                answer = browser.get(address)
            asked_for = sum(one["sql"] not in ("BEGIN", "COMMIT") for one in queries)
            acts = [
                lambda address=address, browser=browser: browser.get(address),
                lambda page=page: [admin.execute(one, facts).fetchall() for one in page.bare.split("; ")],
            ]
            taken, bare = side_by_side(acts, TIMES)
            verdict = "within" if answer.status_code == 200 and taken <= MOST and asked_for <= QUERIES else "OVER"
            words = f"/{page.address} ({page.who}), {asked_for} queries"
            yield f"{against(words, taken, bare, 'bare SQL')}; {verdict} {MOST * 1000:.0f} ms and {QUERIES} queries"


def filled(cast) -> dict:
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
        "spellings": SPELLINGS,
        "restricted": RESTRICTED,
        "workspace": cast.workspace.pk,
        "line": line.pk,
    }
    with database.admin(environment.DATABASE) as admin:
        admin.execute("SET session_replication_role = replica")
        for statement in (VENDOR_COPIES, *COPIES):
            admin.execute(statement, facts)
    return facts
