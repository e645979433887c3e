"""Was the other side asked before money was committed? Read from the history, where nobody can mend it afterwards.

Joint work is whatever was routed to both sides, by a key or by a question of the matrix: requests, changes of a budget,
transfers. The other side was asked in time when both were asked before its money was committed; an emergency commits
first and asks afterwards.
"""

from dataclasses import dataclass
from datetime import timedelta
from statistics import median

from django.db import connection

from planning.signoffs.models import Paper

DAYS = 365
COMMITTED = """
WITH said AS (
    SELECT number, subject, label, at, verb, text::jsonb -> 'after' AS after
      FROM trail_entry
     WHERE workspace_id = %(workspace)s AND verb = ANY(%(verbs)s)
), committed AS (
    SELECT DISTINCT ON (subject) subject, label, at, number, verb
      FROM said
     WHERE verb = 'purchases.rush' OR (verb, after ->> 'state') IN (
               ('purchases.decide', 'approved'), ('budgets.decide', 'agreed'), ('budgets.decide_transfer', 'done'))
     ORDER BY subject, number
), asked AS (
    SELECT subject, min(number) AS number, min(at) AS at
      FROM said
     WHERE coalesce(after -> 'sides asked', after -> 'seats') @> '["marketing", "technology"]'
     GROUP BY subject
)
SELECT committed.subject, committed.label, committed.at, asked.at,
       coalesce(asked.number < committed.number, false)
  FROM committed LEFT JOIN asked USING (subject)
 WHERE committed.at >= %(since)s AND (asked.subject IS NOT NULL OR committed.verb = 'purchases.rush')
 ORDER BY committed.number DESC
"""
VERBS = [
    "purchases.submit", "purchases.rush", "purchases.decide", "budgets.propose", "budgets.decide", "budgets.move",
    "budgets.reverse_transfer", "budgets.give_back_unspent", "budgets.decide_transfer",
]  # fmt: skip


@dataclass
class Early:
    """Of `joint` commitments, `early` had asked the other side before; `ahead` is the median of the days between.

    `late` is [(what, on which day, url)], the newest first.
    """

    joint: int
    early: int
    ahead: float | None
    late: list[tuple]

    @property
    def share(self) -> float | None:
        """Percent; None of nothing."""
        return self.early * 100 / self.joint if self.joint else None


def early_involvement(workspace) -> Early:
    """The last twelve months."""
    with connection.cursor() as cursor:
        since = workspace.now() - timedelta(days=DAYS)
        cursor.execute(COMMITTED, {"workspace": workspace.pk, "since": since, "verbs": VERBS})
        rows = cursor.fetchall()
    late = [(subject, label, at) for subject, label, at, _asked, early in rows if not early]
    urls = dict(Paper.objects.of(workspace).filter(subject__in=[row[0] for row in late]).values_list("subject", "url"))
    days = [(at - asked).total_seconds() / 86400 for _subject, _label, at, asked, early in rows if early]
    return Early(
        len(rows),
        len(days),
        round(median(days), 1) if days else None,
        [(label, at.astimezone(workspace.zone).date(), urls.get(subject, "")) for subject, label, at in late],
    )
