"""Two keys on one version: stale is refused with the difference, one person never turns both, a paper closes once."""

from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, connection, transaction

from planning.people.scope import scope
from planning.shared.refusals import NotYours, Refused, Stale
from planning.signoffs.models import Paper, Seat
from planning.signoffs.papers import withdraw
from planning.signoffs.signing import sign
from planning.signoffs.waiting import asked_by, seats_for
from tests.notices.make import told

from .make import a_paper, a_thing, key


def test_both_keys_make_an_agreement(inside):
    paper = a_paper(inside)
    first = sign(paper, inside.cio, "technology", "approve", 1)
    assert (first.state, first.just_closed) == ("open", False)
    second = sign(paper, inside.cmo, "marketing", "approve", 1)
    assert (second.state, second.just_closed) == ("agreed", True)


def test_what_is_closed_needs_nobody_unless_another_paper_waits_on_its_page(inside):
    paper, other = a_paper(inside), a_paper(inside, thing=a_thing(inside, "Search"))
    [notice] = told(inside, inside.finance, needs=True, url=paper.url)
    for one, needs in ((paper, True), (other, False)):
        sign(one, inside.cio, "technology", "approve", 1)
        sign(one, inside.cmo, "marketing", "approve", 1)
        notice.refresh_from_db()
        assert (notice.needs, notice.read_at) == (needs, None)


def test_a_stale_signature_is_refused_with_the_difference(inside):
    old = a_paper(inside, terms={"amount": "1000.00", "name": "Tracking"})
    withdraw(old)
    new = a_paper(inside, version=2, terms={"amount": "1200.00", "name": "Tracking"})
    with pytest.raises(Stale) as refused:
        sign(old, inside.cmo, "marketing", "approve", 1)
    assert refused.value.difference == [{"field": "amount", "before": "1000.00", "after": "1200.00"}]
    with pytest.raises(Stale):
        sign(new, inside.cmo, "marketing", "approve", 1)
    with pytest.raises(Stale):
        sign(new, inside.cmo, "marketing", "approve", 2, fingerprint=old.fingerprint)
    assert not Seat.objects.filter(state="approved").exists()


def test_the_same_terms_have_the_same_fingerprint_and_others_another(inside):
    papers = [
        a_paper(inside, thing=a_thing(inside, name), terms=terms)
        for name, terms in (("a", {"x": "1", "y": "2"}), ("b", {"y": "2", "x": "1"}), ("c", {"x": "1", "y": "3"}))
    ]
    assert papers[0].fingerprint == papers[1].fingerprint != papers[2].fingerprint


def test_frozen_terms_stay_frozen(inside):
    paper = a_paper(inside)
    with pytest.raises(IntegrityError), transaction.atomic():
        Paper.objects.filter(pk=paper.pk).update(terms={"amount": "1.00"})


def test_a_turned_key_stays_turned(inside):
    paper = sign(a_paper(inside), inside.cmo, "marketing", "approve", 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Seat.objects.filter(paper=paper, name="marketing").update(state="open")


def test_the_other_side_turns_nobody_elses_key(inside):
    paper = a_paper(inside)
    for person in (inside.cio, inside.marketing_planner, inside.viewer, inside.auditor, inside.guest, inside.finance):
        with pytest.raises(NotYours):
            sign(paper, person, "marketing", "approve", 1)


def test_who_asks_does_not_decide_where_the_rule_says_so(inside):
    paper = a_paper(
        inside,
        author=inside.cmo,
        author_decides=False,
        seats=[key("marketing", inside.marketing_planner), key("technology")],
    )
    with pytest.raises(NotYours):
        sign(paper, inside.cmo, "marketing", "approve", 1)
    assert not seats_for(inside.cmo).exists()


def test_a_seat_that_nobody_could_decide_refuses_the_paper(inside):
    with pytest.raises(Refused, match="security"):
        a_paper(inside, seats=[key("marketing"), key("security")])
    assert not Paper.objects.exists()


def test_one_rejection_closes_the_paper_and_frees_the_other(inside):
    paper = sign(a_paper(inside), inside.cio, "technology", "reject", 1, note="Which data?")
    assert (paper.state, paper.just_closed) == ("refused", True)
    assert paper.seat("marketing").state == "void"
    with pytest.raises(Refused):
        sign(paper, inside.cmo, "marketing", "approve", 1)


@pytest.mark.parametrize("verdict", ["reject", "ask"])
def test_a_no_has_a_reason(inside, verdict):
    with pytest.raises(Refused) as refused:
        sign(a_paper(inside), inside.cmo, "marketing", verdict, 1, note="  ")
    assert refused.value.field == "note"


def test_a_question_keeps_the_seat_open(inside):
    paper = sign(a_paper(inside), inside.cmo, "marketing", "ask", 1, note="Since when?")
    assert (paper.state, paper.seat("marketing").state) == ("open", "asked")
    assert sign(paper, inside.cmo, "marketing", "approve", 1).seat("marketing").state == "approved"


def test_nothing_is_decided_twice(inside):
    paper = sign(a_paper(inside), inside.cmo, "marketing", "approve", 1)
    with pytest.raises(Refused):
        sign(paper, inside.cmo, "marketing", "approve", 1)


def test_one_open_paper_about_a_thing(inside):
    a_paper(inside)
    with pytest.raises(Refused):
        a_paper(inside, version=2)


def test_what_waits_for_whom(inside):
    paper = a_paper(inside, author=inside.cio)
    assert [seat.name for seat in seats_for(inside.cmo)] == ["marketing"]
    assert [seat.name for seat in asked_by(inside.cio)] == ["marketing", "technology"]
    assert not seats_for(inside.viewer).exists()
    sign(paper, inside.cmo, "marketing", "approve", 1)
    assert not seats_for(inside.cmo).exists()


# ── At the same instant ──
def together(*works):
    """Run each in a thread with a connection of its own, started at one moment; their results or refusals in order."""
    start, results = Barrier(len(works)), [None] * len(works)

    def run(at, work):
        try:
            start.wait()
            results[at] = work()
        except Refused as refused:
            results[at] = refused
        finally:
            connection.close()

    threads = [Thread(target=run, args=pair) for pair in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def signing(paper, member, seat):
    def work():
        with scope(member.workspace):
            return sign(paper, member, seat, "approve", 1)

    return work


@pytest.mark.parametrize("attempt", range(5))
def test_two_signatures_at_one_instant_both_count_and_the_paper_closes_once(cast, transactional_db, attempt):
    with scope(cast.workspace):
        paper = a_paper(cast)
    results = together(signing(paper, cast.cmo, "marketing"), signing(paper, cast.cio, "technology"))
    assert sorted(one.just_closed for one in results) == [False, True]
    with scope(cast.workspace):
        assert Paper.objects.get().state == "agreed"
        assert Seat.objects.filter(state="approved").count() == 2


def test_one_key_turned_twice_at_one_instant_turns_once(cast, transactional_db):
    with scope(cast.workspace):
        paper = a_paper(cast)
    results = together(*[signing(paper, cast.cmo, "marketing")] * 4)
    assert sum(isinstance(one, Refused) for one in results) == 3
    with scope(cast.workspace):
        assert Seat.objects.filter(state="approved").count() == 1
