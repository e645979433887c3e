"""{% figure value definition %}, {% sparkline portrait %} and {% way standing %}: the small drawings of KPIs."""

from django import template
from django.utils.translation import gettext as _

from planning.kpis import figures
from planning.kpis import sparkline as drawing
from planning.kpis.progress import clamped

register = template.Library()


@register.simple_tag
def figure(value, definition):
    """A value with its unit: {% figure standing.value definition %}."""
    return figures.figure(value, definition)


@register.simple_tag
def sparkline(portrait):
    """The last readings as a small line; rings are readings that do not count yet."""
    return drawing.sparkline(portrait)


@register.inclusion_tag("kpis/_way.html")
def way(standing):
    """A bar from the baseline to the target, with a tick where it should be today."""
    share = standing.progress
    return {
        "standing": standing,
        "width": None if share is None else f"{float(clamped(share)) * 100:.1f}%",
        "tick": f"{float(clamped(standing.expected_progress)) * 100:.1f}%",
        "words": _("nothing measured yet") if share is None else standing.words,
    }
