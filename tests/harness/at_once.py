"""Several people act at the same instant, each in a transaction and on a connection of their own."""

import threading

from django.db import connection

from planning.people.scope import scope
from planning.shared.locking import retrying
from planning.shared.refusals import Refused


def at_once(workspace, *acts) -> list[str]:
    """Each act in a transaction of its own, all starting together: "done" or "refused", sorted."""
    start, outcomes = threading.Barrier(len(acts)), []

    def attempt(act):
        with scope(workspace):
            act()

    def go(act):
        start.wait()
        try:
            retrying(lambda: attempt(act))
            outcomes.append("done")
        except Refused:
            outcomes.append("refused")
        except Exception as problem:  # told to the test
            outcomes.append(repr(problem))
        finally:
            connection.close()

    threads = [threading.Thread(target=go, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)
