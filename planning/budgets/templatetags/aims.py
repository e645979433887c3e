"""How far a plan is from what is wanted."""

from django import template

register = template.Library()


@register.filter
def less(amount, other):
    """{{ target|less:plan }}: what of the target no line has yet."""
    return amount - other
