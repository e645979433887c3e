"""One row of a list of vendors: a vendor, and perhaps another way to write its name."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from planning.shared.refusals import Refused

from ..models import Vendor
from ..normal import normal
from .rows import Reader, Row

LONGEST = Vendor._meta.get_field("name").max_length


@dataclass
class VendorRow(Row):
    """`joins` and `spells`: whether taking it in adds its vendor, and its spelling."""

    spelling: str = ""
    joins: bool = False
    spells: bool = False

    @cached_property
    def spelling_key(self) -> str:
        return normal(self.spelling)[:LONGEST]

    @property
    def told(self) -> tuple:
        return (*super().told, self.spelling_key, self.joins, self.spells)

    @property
    def shown(self) -> dict[str, Any]:
        return super().shown | {"spelling": self.spelling}


class VendorReader(Reader):
    of = VendorRow

    def look(self, row):
        row.vendor, row.spelling = self.name("vendor"), self.name("spelling")
        if not row.key:
            raise Refused(_("There is no vendor."), "vendor")

    def name(self, key) -> str:
        said = " ".join(self.cell(key).split())
        if len(said) > LONGEST:
            raise Refused(_("A name has at most %(most)s letters.") % {"most": LONGEST}, key)
        return said
