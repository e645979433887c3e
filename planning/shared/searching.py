"""Lists of tens of thousands searched by a part of a name.

Under a policy Postgres reads every row before it compares letters, because the comparison might tell what it saw. So
each room that has such a list gives it a function of Postgres that asks for its own workspace and finds by trigrams;
what it finds is filtered by the policies like everything else.
"""

from django.db.models import BooleanField, F, Func, Value

TRIGRAM, MOST_WORDS = 3, 8


class FoundBy(Func):
    """`filter(FoundBy("vendors_called", "north", "wind"))`: what holds each of these words, in any case.

    What the function finds is asked for first and looked up by its ids: joined to a list that shows the first fifty by
    name, Postgres would go through the whole list. A word of one or two letters is looked for where a word begins:
    three letters are what can be looked up.
    """

    output_field = BooleanField()

    def __init__(self, function: str, *words: str) -> None:
        within, begins = zip(*map(patterns, words[:MOST_WORDS]), strict=True)
        super().__init__(F("pk"), Value(list(within)), Value(list(begins)), function=function)

    def as_sql(self, compiler, connection, **_more):
        parts = [compiler.compile(one) for one in self.source_expressions]
        (row, one), (within, two), (begins, three) = parts
        return f"{row} = ANY (ARRAY(SELECT {self.extra['function']}({within}, {begins})))", (*one, *two, *three)


def patterns(word: str) -> tuple[str, str]:
    """What LIKE takes for "holds this word", twice for a name: LIKE's own signs in it mean themselves."""
    plain = word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return (f"%{plain}%",) * 2 if len(word) >= TRIGRAM else (f"{plain}%", f"% {plain}%")
