"""{% chart chart %}: a picture with its title, its sentence and its table."""

from django import template
from django.utils.html import json_script

register = template.Library()


@register.inclusion_tag("parts/chart.html")
def chart(chart):
    return {"chart": chart}


@register.filter
def is_number(text) -> bool:
    """Whether a cell of a chart's table reads as a number, and so is set right."""
    stripped = str(text).strip()
    return bool(stripped) and (stripped[0].isdigit() or (stripped[0] == "-" and stripped[1:2].isdigit()))


@register.simple_tag
def chart_facts(chart):
    """What the script draws, as inert JSON beside the canvas."""
    return json_script(chart.facts, f"{chart.key}-facts")
