"""Reviews to start a test from."""

from datetime import time, timedelta

from planning.reviews import meeting, planning


def planned(cast, days=7, **more):
    on = cast.workspace.today() + timedelta(days=days)
    return planning.plan_review(cast.cmo, name="Joint review", on=on, at=time(10), **more)


def opened(cast, *labels):
    review = planned(cast)
    for label in labels:
        meeting.add_item(review, cast.cmo, label=label)
    return meeting.open_review(review, cast.cio)


def series(cast, rhythm="monthly", days=7):
    on = cast.workspace.today() + timedelta(days=days)
    return planning.start_series(cast.cmo, name="Monthly", rhythm=rhythm, starts_on=on, at=time(10))


def decided(cast, review, item, **more):
    values = {"text": "Stop it", "owner": cast.cio, "due_on": cast.workspace.today() + timedelta(days=9)} | more
    return meeting.decide(review, cast.cmo, item_id=item.pk, **values)
