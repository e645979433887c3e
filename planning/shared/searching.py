"""Lists of tens of thousands searched by a part of a name.

Under a policy Postgres reads every row before it compares letters, because the comparison might tell what it saw. So
each room that has such a list gives it a function of Postgres that asks for its own workspace and finds by trigrams;
what it finds is filtered by the policies like everything else.
"""

from django.db.models import BigIntegerField, Func, Value


class FoundBy(Func):
    """`filter(pk__in=FoundBy("vendors_called", "wind"))`: ids of what holds these words, in any case, as they stand."""

    template = "(SELECT %(function)s(%(expressions)s))"
    output_field = BigIntegerField()

    def __init__(self, function: str, words: str) -> None:
        super().__init__(Value(pattern(words)), function=function)


def pattern(words: str) -> str:
    """What LIKE takes for "holds these words": its own signs in them mean themselves."""
    plain = words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{plain}%"
