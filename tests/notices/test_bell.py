"""The bell and the page of notices."""

from planning.notices.models import Notice
from planning.notices.telling import tell
from planning.people.scope import scope
from planning.team.profile import change_profile
from planning.trail.acts import record

from .make import told


def test_the_bell_counts_and_answers_unchanged_cheaply(cast, as_):
    client = as_(cast.cmo)
    assert client.get("/acme/notices/bell").content == b""
    with scope(cast.workspace):
        told(cast, cast.cmo)
    rung = client.get("/acme/notices/bell")
    assert rung.content == b"1"
    again = client.get("/acme/notices/bell", headers={"If-None-Match": rung["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    with scope(cast.workspace):
        told(cast, cast.cmo)
    assert client.get("/acme/notices/bell", headers={"If-None-Match": rung["ETag"]}).content == b"2"


def test_nobody_is_told_what_they_did_themselves(inside):
    assert told(inside, inside.cio, inside.cmo, by=inside.cio)[0].member == inside.cmo
    assert Notice.objects.count() == 1


def test_what_needs_somebody_stands_first(cast, as_):
    with scope(cast.workspace):
        told(cast, cast.cmo, needs=True, note="please look")
        told(cast, cast.cmo, note="just so you know")
    page = as_(cast.cmo).get("/acme/notices/").content.decode()
    assert page.index("please look") < page.index("just so you know")


def test_opening_a_notice_reads_it_and_goes_there(cast, as_):
    with scope(cast.workspace):
        [notice] = told(cast, cast.cmo)
    client = as_(cast.cmo)
    assert client.post(f"/acme/notices/{notice.pk}/reading")["Location"] == "/acme/team/"
    assert client.get("/acme/notices/bell").content == b""


def test_nobody_reads_somebody_elses(cast, as_):
    with scope(cast.workspace):
        [notice] = told(cast, cast.cmo)
    assert as_(cast.finance).post(f"/acme/notices/{notice.pk}/reading").status_code == 404
    as_(cast.finance).post("/acme/notices/readings")
    assert as_(cast.cmo).get("/acme/notices/bell").content == b"1"


def test_all_are_read_at_once(cast, as_):
    with scope(cast.workspace):
        told(cast, cast.cmo)
        told(cast, cast.cmo, needs=True)
    as_(cast.cmo).post("/acme/notices/readings")
    assert as_(cast.cmo).get("/acme/notices/bell").content == b""


def test_who_acts_on_a_page_has_read_what_was_told_of_it(cast, as_):
    with scope(cast.workspace):
        told(cast, cast.cmo, cast.finance, needs=True)
        tell([cast.cio], record(change_profile, cast.cmo, cast.cio), url="/acme/team/")
    assert as_(cast.cmo).get("/acme/notices/bell").content == b""
    assert as_(cast.finance).get("/acme/notices/bell").content == b"1"


def test_older_notices_are_a_page_further(cast, as_):
    with scope(cast.workspace):
        for number in range(31):
            told(cast, cast.cmo, note=f"note {number}.")
    client = as_(cast.cmo)
    newest, oldest = (client.get(f"/acme/notices/?page={page}").content.decode() for page in (1, 2))
    assert [("note 30." in page, "note 0." in page) for page in (newest, oldest)] == [(True, False), (False, True)]


def test_many_notices_cost_as_many_queries_as_few(cast, as_, django_assert_max_num_queries):
    with scope(cast.workspace):
        for number in range(40):
            told(cast, cast.cmo, note=str(number))
    client = as_(cast.cmo)
    with django_assert_max_num_queries(15):
        client.get("/acme/notices/")
