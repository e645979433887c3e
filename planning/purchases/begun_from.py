"""A request that begins elsewhere, at a contract or a framework order: the same form, filled with what is known."""

from django.utils.translation import gettext as _

from planning.vendors.models import Contract

from .forms import initial_of
from .models import Price, Purchase

DECIDED_FOR = ("vendor", "currency", "category", "technology", "region", "data_class")


def begun_from(request) -> dict:
    """What the form begins with: nothing when the address names neither."""
    if contract := contract_asked(request):
        return renewing(contract)
    if framework := asked(request, "call_off_of", Purchase.objects.of(request.workspace).frameworks()):
        return calling_off(framework)
    return {}


def contract_asked(request) -> Contract | None:
    """The contract that the address names."""
    return asked(request, "contract", Contract.objects.of(request.workspace))


def asked(request, name, known):
    said = request.GET.get(name, "")
    return known.select_related("vendor").filter(pk=int(said[:18])).first() if said.isdecimal() else None


def renewing(contract) -> dict:
    return {
        "title": _("%(contract)s, renewed") % {"contract": contract.title},
        "vendor": contract.vendor.name,
        "contract": contract.pk,
        "price": Price.YEAR,
        "currency": contract.currency,
        "term_months": contract.renewal_months or contract.term_months,
        "data_class": contract.vendor.data_class,
        "needed_by": contract.ends_on,
    }


def calling_off(framework) -> dict:
    line = framework.items.order_by("pk").values_list("line_id", flat=True).first()
    said = initial_of(framework)
    return {name: said[name] for name in DECIDED_FOR} | {
        "call_off_of": framework.pk,
        "items": [{"line": str(line), "amount": None}],
    }
