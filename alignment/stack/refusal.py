class CannotStart(Exception):
    """The stack cannot start or go on; the message is one sentence an operator can act on."""
