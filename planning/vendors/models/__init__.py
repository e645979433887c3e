"""Who sells to us, and on which terms: the register, contracts, security reviews."""

from .contracts import Contract, ContractQuerySet
from .keeping import Document, Score, Scorecard, System
from .merging import Merge, Moved, Twin
from .promised import Assessment, Attainment, RegisterFile, ServiceLevel
from .register import SENSITIVE, Alias, DataClass, SecurityReview, Vendor, VendorQuerySet

__all__ = [
    "SENSITIVE",
    "Alias",
    "Assessment",
    "Attainment",
    "Contract",
    "ContractQuerySet",
    "DataClass",
    "Document",
    "Merge",
    "Moved",
    "RegisterFile",
    "Score",
    "Scorecard",
    "SecurityReview",
    "ServiceLevel",
    "System",
    "Twin",
    "Vendor",
    "VendorQuerySet",
]
