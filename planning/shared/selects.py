"""How lists of choices are written: in Python. Forms here choose among hundreds, and a template takes longer for one
option than this for twenty."""

from django.forms.renderers import TemplatesSetting
from django.forms.utils import flatatt
from django.forms.widgets import Select
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

SELECTED = mark_safe(" selected")


class Renderer(TemplatesSetting):
    """Django's own for everything else."""

    def render(self, template_name, context, request=None):
        if template_name == Select.template_name:
            return select(context["widget"])
        return super().render(template_name, context, request)


def select(widget: dict) -> SafeString:
    """A list as Django's widgets describe it: its groups, in them its options."""
    groups = [grouped(label, options) for label, options, _place in widget["optgroups"]]
    attributes = flatatt({"name": widget["name"], **widget["attrs"]})
    return format_html("<select{}>{}</select>", attributes, format_html_join("", "{}", ([group] for group in groups)))


def grouped(label: str | None, options: list[dict]) -> SafeString:
    written = format_html_join(
        "\n",
        '<option value="{}"{}>{}</option>',
        ([option["value"], SELECTED if option["selected"] else "", option["label"]] for option in options),
    )
    return format_html('<optgroup label="{}">{}</optgroup>', label, written) if label else written
