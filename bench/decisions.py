"""Decisions all at once over two gunicorn processes, and processes killed in the middle; the baseline is one by one.

Through HTTP, with sessions, as browsers send them. What is counted is what must hold: no line is overspent, no key is
lost or turned twice, nothing closes twice, and what was sent when a process died is fully there or not at all.
"""

import http.client
import os
import random
import signal
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection
from django.test import Client

from alignment.stack import commands
from alignment.stack.house import listen
from alignment.stack.processes import Child, clean_environment
from planning.budgets.models import Hold
from planning.people.scope import scope
from planning.purchases import actions
from planning.purchases.models import Purchase
from planning.signoffs.models import Paper, Seat
from planning.trail.models import Entry
from tests.cast import make_cast
from tests.harness import database, environment
from tests.purchases import make

from .timing import against

AT_ONCE, KILLS, PATIENCE = 50, 12, 30
TOKEN = "a" * 32


class Web:
    """gunicorn with two processes of four threads, as `make run` starts it."""

    def __init__(self) -> None:
        self.wire = listen(0)
        self.port = self.wire.getsockname()[1]
        self.child = Child("web", commands.web(f"fd://{self.wire.fileno()}"))
        settings_of_tests = {"DJANGO_SETTINGS_MODULE": "tests.settings", "WEB_WORKERS": "2"}
        keep, log = [self.wire.fileno()], environment.DATA / "web.log"
        self.child.start(clean_environment(**settings_of_tests), folder=environment.DATA, log=log, keep=keep)

    @property
    def processes(self) -> list[int]:
        return [int(pid) for pid in Path(f"/proc/{self.child.pid}/task/{self.child.pid}/children").read_text().split()]

    def ready(self, member) -> None:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if len(self.processes) == 2 and self.sent(member, "calendar/", method="GET") == 200:
                return
            time.sleep(0.1)
        raise RuntimeError("gunicorn did not start")

    def sent(self, member, page: str, method: str = "POST", **said) -> int:
        """The status of a request of `member`, 0 when the connection broke before an answer."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        cookies = f"{settings.SESSION_COOKIE_NAME}={member.session}; {settings.CSRF_COOKIE_NAME}={TOKEN}"
        headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded", "Host": "localhost"}
        body = urlencode({"csrfmiddlewaretoken": TOKEN} | said) if method == "POST" else None
        try:
            line.request(method, f"/{member.workspace.slug}/{page}", body, headers)
            return line.getresponse().status
        except (ConnectionError, http.client.HTTPException):
            return 0
        finally:
            line.close()


@contextmanager
def web(cast) -> Iterator[Web]:
    for member in (cast.marketing_planner, cast.cmo, cast.cio):
        client = Client()
        client.force_login(member.user)
        member.session = client.session.session_key
    started = Web()
    try:
        started.ready(cast.cmo)
        yield started
    finally:
        started.child.stop(PATIENCE)
        started.wire.close()


def measure() -> Iterator[str]:
    cast = make_cast("atonce")
    with scope(cast.workspace):
        plan, both = make.budget(cast), {"side": "joint", "shares": {"marketing": "50", "technology": "50"}}
        short = make.line(cast, plan, name="Short", total="1000.00")
        joint = [make.line(cast, plan, name=name, total="9000.00", **both) for name in ("one by one", "all at once")]
        closing, late = (make.line(cast, plan, name=name, total="9000.00") for name in ("Closing", "Late"))
        make.agree(cast, plan)
    with web(cast) as site:
        yield f"{AT_ONCE} requests of 100 on a line of 1,000, all at once: {overspent(site, cast, short)}"
        yield from decided(site, cast, joint)
        yield f"closed by {AT_ONCE} at once: {closed(site, cast, closing)}"
        yield f"{KILLS} times every process killed while a request was sent: {killed(site, cast, late)}"


def at_once(work, things) -> Counter:
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return Counter(pool.map(work, things))


def overspent(site, cast, line) -> str:
    with scope(cast.workspace):
        drafts = [make.draft(cast.marketing_planner, line, vendor=f"Vendor {number}") for number in range(AT_ONCE)]
    answers = at_once(lambda one: site.sent(cast.marketing_planner, f"purchases/{one.pk}/submission/"), drafts)
    with scope(cast.workspace):
        sent = Purchase.objects.filter(pk__in=[one.pk for one in drafts], state="submitted").count()
        held(make.standing(line) == {"plan": 1000, "reserved": 1000} and sent == 10 == answers[302])
        return f"{said(answers)}; {sent} sent, 1,000.00 reserved, nothing more"


def decided(site, cast, lines) -> Iterator[str]:
    """Both keys of 25 requests, each sent three times: a double click, and a second try with a key of its own."""
    for together, line in enumerate(lines):
        with scope(cast.workspace):
            waiting = [make.asked(cast.marketing_planner, line, vendor=f"{line} {n}") for n in range(AT_ONCE // 2)]
        keys = [(one, cast.cmo, "marketing") for one in waiting] + [(one, cast.cio, "technology") for one in waiting]
        moves = [(*key, once) for key in keys for once in [str(uuid.uuid4())] * 2 + [str(uuid.uuid4())]]
        random.Random(1).shuffle(moves)
        begun = time.perf_counter()
        answers = (
            at_once(lambda move: turned(site, move), moves) if together else Counter(turned(site, m) for m in moves)
        )
        taken = time.perf_counter() - begun
        with scope(cast.workspace):
            papers = [one.paper_id for one in waiting]
            turns = Seat.objects.filter(paper__in=papers, state="approved").count()
            subjects = [f"purchases.purchase:{one.pk}" for one in waiting]
            told = Entry.objects.filter(verb="purchases.decide", subject__in=subjects).count()
            states = Counter(Purchase.objects.filter(paper__in=papers).values_list("state", flat=True))
            committed = make.standing(line)["committed"]
        held((turns, told, states["approved"], committed) == (AT_ONCE, AT_ONCE, AT_ONCE // 2, 50 * AT_ONCE))
        if not together:
            alone = taken
            continue
        yield f"{AT_ONCE} keys, each sent three times at once: {said(answers)}; {turns} turned, {told} in the history"
        yield against(f"{len(moves)} decisions over two processes", taken, alone, "one by one")


def turned(site, move) -> int:
    purchase, member, seat, once = move
    return site.sent(
        member, f"purchases/{purchase.pk}/decision/", seat=seat, verdict="approve", version=1, note="", once=once
    )


def closed(site, cast, line) -> str:
    with scope(cast.workspace):
        one = make.asked(cast.marketing_planner, line, "400.00")
        actions.decide(one, cast.cmo, "marketing", "approve", 1)
    answers = at_once(lambda _n: site.sent(cast.cmo, f"purchases/{one.pk}/closure/", note="Enough."), range(AT_ONCE))
    with scope(cast.workspace):
        entries = Entry.objects.filter(verb="purchases.close", subject=f"purchases.purchase:{one.pk}").count()
        held(entries == 1 == answers[302] and make.standing(line) == {"plan": 9000, "available": 9000})
    return f"{said(answers)}; closed {entries} time, 400.00 came back once"


def killed(site, cast, line) -> str:
    """kill -9 at any moment between the request and its answer; then the same once more, with the same key.

    The first is killed where it surely stands between reserving and the history: the head of the history is held.
    """
    with scope(cast.workspace):
        drafts = [make.draft(cast.marketing_planner, line, vendor=f"Late {number}") for number in range(KILLS)]
    connection.close()
    found = Counter()
    for number, one in enumerate(drafts):
        address, once = f"purchases/{one.pk}/submission/", str(uuid.uuid4())
        with ThreadPoolExecutor(1) as pool:
            answer = pool.submit(site.sent, cast.marketing_planner, address, once=once)
            with history_held(cast, waits=number == 0):
                if number:
                    time.sleep(random.Random(number).uniform(0.0, 0.25))
                for pid in site.processes:
                    os.kill(pid, signal.SIGKILL)
            broken = answer.result() == 0
        found[f"{'no answer' if broken else 'an answer'}, {whole(cast, one)}"] += 1
        site.ready(cast.cmo)
        site.sent(cast.marketing_planner, address, once=once)
        held(whole(cast, one) == "all of it there")
    return said(found)


@contextmanager
def history_held(cast, waits: bool) -> Iterator[None]:
    if not waits:
        yield
        return
    with database.admin(environment.DATABASE) as admin, admin.transaction():
        admin.execute("SELECT 1 FROM trail_head WHERE workspace_id = %s FOR UPDATE", [cast.workspace.pk])
        end = time.monotonic() + PATIENCE
        with database.admin(environment.DATABASE) as watch:
            while not watch.execute("SELECT 1 FROM pg_locks WHERE NOT granted").fetchone():
                held(time.monotonic() < end)
                time.sleep(0.02)
        yield


def whole(cast, purchase) -> str:
    """Sent with everything that belongs to it, or a draft with nothing of it."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:  # the server's end of a killed process goes when it next looks
        with scope(cast.workspace):
            one = Purchase.objects.get(pk=purchase.pk)
            subject = f"purchases.purchase:{one.pk}"
            signs = (
                one.state == "submitted",
                Paper.objects.filter(subject=subject, state="open").count() == 1,
                Entry.objects.filter(verb="purchases.submit", subject=subject).count() == 1,
                sum(hold.amount for hold in holds(one)) == 100,
            )
        if all(signs) or not any(signs):
            return "all of it there" if all(signs) else "nothing of it there"
        time.sleep(0.1)
    raise RuntimeError(f"{purchase} is half there: {signs}")


def holds(purchase):
    return Hold.objects.filter(claim=purchase.claim, state="reserved")


def said(answers: Counter) -> str:
    return ", ".join(f"{number} × {what}" for what, number in sorted(answers.items(), key=str))


def held(true: bool) -> None:
    if not true:
        raise RuntimeError("This must hold, and did not.")
