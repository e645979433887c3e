"""Many at once, each on a connection of its own: nothing is overspent, no key is lost, nothing closes twice."""

import multiprocessing
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from django.db import connection

from planning.people.scope import scope
from planning.purchases import actions
from planning.purchases.frameworks import left_of
from planning.purchases.models import Purchase, Ruleset
from planning.purchases.rules import DEFAULTS
from planning.shared.locking import retrying
from planning.shared.refusals import Refused
from planning.trail.models import Entry
from tests.purchases import make

pytestmark = pytest.mark.django_db(transaction=True)


def in_two_processes(cast, work, things):
    """The same, half of the things in each of two processes, as two web processes would."""
    connection.close()
    system = multiprocessing.get_context("fork")
    pipes = [system.Pipe(duplex=False) for _n in range(2)]
    for number, (_reads, writes) in enumerate(pipes):
        half = things[number::2]
        system.Process(target=lambda half=half, writes=writes: writes.send(at_once(cast, work, half, 8))).start()
    return [answer for reads, _writes in pipes for answer in reads.recv()]


def at_once(cast, work, things, threads=16):
    """`work(thing)` for all things at the same time; each answer is a result or the sentence that refused it."""

    def one(thing):
        try:
            with scope(cast.workspace):
                return work(thing)
        except Refused as refused:
            return str(refused)

    def apart(thing):
        try:
            return retrying(lambda: one(thing))
        finally:
            connection.close()

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(apart, things))


def test_thirty_requests_of_a_hundred_on_a_thousand_are_exactly_ten(committed_cast):
    cast = committed_cast
    with scope(cast.workspace):
        line = make.agreed_line(cast, "1000.00")
        drafts = [make.draft(cast.marketing_planner, line, "100.00", vendor=f"Vendor {n}") for n in range(30)]

    def send_and_approve(drafted):
        purchase = actions.submit(drafted, cast.marketing_planner)
        return actions.decide(purchase, cast.cmo, "marketing", "approve", purchase.version).state

    answers = in_two_processes(cast, send_and_approve, drafts)
    assert (len(answers), answers.count("approved")) == (30, 10)
    assert all("short by" in answer for answer in answers if answer != "approved")
    with scope(cast.workspace):
        assert make.standing(line) == {"plan": 1000, "committed": 1000}
        states = [purchase.state for purchase in Purchase.objects.of(cast.workspace)]
        assert (states.count("approved"), states.count("draft")) == (10, 20)


def test_two_keys_at_the_same_instant_both_count_and_the_money_is_committed_once(committed_cast):
    cast = committed_cast
    with scope(cast.workspace):
        line = make.agreed_line(cast, "1000.00", side="joint", shares={"marketing": "50", "technology": "50"})
        asked = [make.asked(cast.marketing_planner, line, "50.00", vendor=f"Vendor {n}") for n in range(8)]

    def turn(move):
        purchase, member, seat = move
        return actions.decide(purchase, member, seat, "approve", 1).state

    moves = [
        (purchase, member, seat)
        for purchase in asked
        for member, seat in ((cast.cmo, "marketing"), (cast.cio, "technology"))
    ]
    answers = in_two_processes(cast, turn, moves)
    assert sorted(answers) == ["approved"] * 8 + ["submitted"] * 8
    with scope(cast.workspace):
        assert make.standing(line) == {"plan": 1000, "committed": 400, "available": 600}
        assert Entry.objects.of(cast.workspace).filter(verb="purchases.decide").count() == 16


def test_a_key_that_is_turned_many_times_at_once_counts_once(committed_cast):
    cast = committed_cast
    with scope(cast.workspace):
        line = make.agreed_line(cast, "1000.00")
        purchase = make.asked(cast.marketing_planner, line, "100.00")

    def turn(member):
        return actions.decide(purchase, member, "marketing", "approve", 1).state

    answers = at_once(cast, turn, [cast.cmo, cast.second_cmo] * 4, threads=8)
    assert answers.count("approved") == 1
    with scope(cast.workspace):
        assert make.standing(line)["committed"] == Decimal(100)


def test_approved_and_taken_back_at_once_ends_in_one_of_them(committed_cast):
    cast = committed_cast
    with scope(cast.workspace):
        line = make.agreed_line(cast, "1000.00")
        asked = [make.asked(cast.marketing_planner, line, "100.00", vendor=f"Vendor {n}") for n in range(6)]

    def move(step):
        purchase, takes_back = step
        if takes_back:
            return actions.withdraw(purchase, cast.marketing_planner).state
        return actions.decide(purchase, cast.cmo, "marketing", "approve", 1).state

    at_once(cast, move, [(purchase, back) for purchase in asked for back in (True, False)])
    with scope(cast.workspace):
        states = [purchase.state for purchase in Purchase.objects.of(cast.workspace)]
        assert set(states) <= {"approved", "withdrawn"}
        kept = {key: amount for key, amount in make.standing(line).items() if key in ("reserved", "committed")}
        assert sum(kept.values()) == 100 * states.count("approved")
        assert "reserved" not in kept


def test_numbers_never_repeat(committed_cast):
    cast = committed_cast
    at_once(cast, lambda n: actions.draft(cast.marketing_planner, title=f"Thing {n}").number, range(20))
    with scope(cast.workspace):
        numbers = sorted(Purchase.objects.of(cast.workspace).values_list("number", flat=True))
    assert numbers == list(range(1, 21))


def test_two_call_offs_at_the_last_of_a_ceiling_are_one(committed_cast):
    cast = committed_cast
    with scope(cast.workspace):
        line = make.agreed_line(cast, "9000.00")
        framework = make.approve(make.asked(cast.marketing_planner, line, "1000.00", framework=True), cast)
        calls = [make.draft(cast.marketing_planner, line, "600.00", call_off_of=framework) for _n in range(2)]
    answers = at_once(cast, lambda call: actions.submit(call, cast.marketing_planner).state, calls, threads=2)
    assert sorted(answer[:9] for answer in answers) == ["P-0001 ha", "submitted"]
    with scope(cast.workspace):
        assert (make.standing(line)["reserved"], left_of(framework)) == (600, 400)


def test_both_keys_of_the_rules_at_once_put_them_in_force_once(committed_cast):
    cast = committed_cast
    with scope(cast.workspace):
        actions.write_rules(cast.cmo, list(DEFAULTS.clauses))
        number = actions.propose_rules(cast.cmo).number
    keys = [(cast.cmo, "marketing"), (cast.cio, "technology"), (cast.second_cmo, "marketing")]
    answers = at_once(cast, lambda key: actions.sign_rules(key[0], key[1], "approve", number).state, keys)
    assert (answers.count("agreed"), answers.count("proposed")) == (1, 1)
    with scope(cast.workspace):
        assert [rules.state for rules in Ruleset.objects.of(cast.workspace)] == ["agreed"]
        assert Entry.objects.of(cast.workspace).filter(verb="purchases.sign_rules").count() == 2
