"""A request that begins at a contract: the same form, filled with what renewing it needs."""

from django.utils.translation import gettext as _

from planning.vendors.models import Contract

from .models import Price


def contract_asked(request) -> Contract | None:
    """The contract that the address names."""
    said = request.GET.get("contract", "")
    known = Contract.objects.of(request.workspace).select_related("vendor")
    return known.filter(pk=int(said[:18])).first() if said.isdecimal() else None


def renewing(contract) -> dict:
    """What the form begins with when it is asked from a contract."""
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
