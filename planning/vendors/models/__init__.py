"""Who sells to us, and on which terms: the register, contracts, security reviews."""

from .contracts import Contract, ContractQuerySet
from .merging import Merge, Moved, Twin
from .register import SENSITIVE, Alias, DataClass, SecurityReview, Vendor, VendorQuerySet

__all__ = [
    "SENSITIVE",
    "Alias",
    "Contract",
    "ContractQuerySet",
    "DataClass",
    "Merge",
    "Moved",
    "SecurityReview",
    "Twin",
    "Vendor",
    "VendorQuerySet",
]
