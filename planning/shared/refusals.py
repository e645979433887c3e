"""Ways to say no. A refusal is a sentence a manager understands; whoever raises it has changed nothing."""


class Refused(Exception):
    """A rule of the domain says no (HTTP 422). `field` names the input it is about, when there is one."""

    status = 422

    def __init__(self, message, field: str | None = None):
        super().__init__(message)
        self.message = message
        self.field = field

    def __str__(self):
        return str(self.message)


class Stale(Refused):
    """Somebody changed it meanwhile (HTTP 409). `difference` lists [{field, before, after}]."""

    status = 409

    def __init__(self, message, difference: list[dict] | None = None, field: str | None = None):
        super().__init__(message, field)
        self.difference = difference or []


class Gone(Refused):
    """What was kept is not where it was put (HTTP 410): nothing the person did wrong, and nothing they can mend."""

    status = 410


class NotYours(Refused):
    """Right thing, wrong person (HTTP 403)."""

    status = 403
