"""What would each row of a list of vendors do to the register? New, unchanged, or refused with a reason; and doing it.

A row is new when its vendor joins, or its spelling joins a vendor. No two vendors answer to one name: a spelling that
another vendor carries, in the register or in the file, is refused. Another way to write the vendor's own name adds
nothing (planning.vendors.normal).
"""

from collections import defaultdict
from collections.abc import Iterator

from django.utils.translation import gettext as _

from ..actions import spell
from ..models import Alias, Vendor
from .joining import join
from .rows import NEW, REFUSED, UNCHANGED, Judged
from .vendor_rows import VendorReader, VendorRow


class VendorRegister:
    """The register's names as the file finds them, in two queries however many rows, and what the file itself claims.

    Who a vendor is, in what follows: its id, or its key where it is new.
    """

    def __init__(self, workspace, proposal):
        self.workspace, self.reader = workspace, VendorReader(proposal.mapping, proposal.names)
        known = list(Vendor.objects.of(workspace).values_list("pk", "key", "name", "kept_back"))
        self.own = {key: pk for pk, key, _name, _kept in known}
        self.names = {pk: name for pk, _key, name, _kept in known}
        self.kept = {key for _pk, key, _name, kept in known if kept}
        self.spelled = dict(Alias.objects.of(workspace).values_list("key", "vendor"))
        self.joined: set[int | str] = set()
        self.added: set[str] = set()
        self.rows = [self.reader.read(number, cells) for number, cells in enumerate(proposal.body, proposal.first_row)]
        self.listed: dict[str, VendorRow] = {}
        self.claims: dict[str, dict[int | str, VendorRow]] = defaultdict(dict)
        for row in self.rows:
            if not row.reason:
                self.listed.setdefault(row.key, row)
                self.claims[row.spelling_key].setdefault(self.who(row.key), row)

    def judged(self) -> Iterator[Judged]:
        for row in self.rows:
            yield self.judge(row)

    def judge(self, row: VendorRow) -> Judged:
        if not row.reason and (reason := self.against(row)):
            row.reason, row.at = reason, self.reader.heading("spelling")
        if row.reason:
            return Judged(row, REFUSED)
        who, key = self.who(row.key), row.spelling_key
        row.joins = (who == row.key or row.key in self.kept) and who not in self.joined
        row.spells = self.adds(row) and key not in self.added
        self.joined.add(who)
        self.added.add(key)
        return Judged(row, NEW if row.joins or row.spells else UNCHANGED)

    def who(self, key) -> int | str:
        return self.bearer(key) or key

    def bearer(self, key) -> int | None:
        """The vendor of the register that carries this name, as its own or as a spelling."""
        return self.own.get(key) or self.spelled.get(key)

    def adds(self, row) -> bool:
        """Whether the row says a spelling that is neither its vendor's own name nor known of it."""
        key = row.spelling_key
        return key not in ("", row.key) and self.bearer(key) != self.who(row.key)

    def against(self, row) -> str:
        """Why the spelling cannot join the row's vendor; empty when it can, or need not."""
        key = row.spelling_key
        if not self.adds(row):
            return ""
        if key in self.own:
            return self.own_vendor(row.spelling, self.names[self.own[key]])
        if key in self.spelled:
            other = self.names[self.spelled[key]]
            return _("“%(spelling)s” is a spelling of “%(other)s” already.") % {
                "spelling": row.spelling,
                "other": other,
            }
        if key in self.listed:
            return _(
                "“%(spelling)s” is a vendor of its own in row %(row)s. Where the two are one, merge them later."
            ) % {"spelling": row.spelling, "row": self.listed[key].row}
        rival = next((rival for who, rival in self.claims[key].items() if who != self.who(row.key)), None)
        if rival:
            return _(
                "“%(spelling)s” is a spelling of “%(other)s” too, in row %(row)s: it can only be that of one vendor."
            ) % {"spelling": row.spelling, "other": rival.vendor, "row": rival.row}
        return ""

    @staticmethod
    def own_vendor(spelling, name) -> str:
        if spelling == name:
            return _("“%(name)s” is a vendor of its own in the register. Where the two are one, merge them.") % {
                "name": name
            }
        return _(
            "“%(spelling)s” is “%(name)s” in the register, a vendor of its own. Where the two are one, merge them."
        ) % {"spelling": spelling, "name": name}

    @staticmethod
    def counts(judged) -> dict[str, int]:
        """What the preview and the history count besides the rows of each outcome."""
        return {
            "vendors": sum(one.read.joins for one in judged),
            "spellings": sum(one.read.spells for one in judged),
        }

    def take(self, judged) -> dict[str, int]:
        """New vendors join, spellings join theirs. What the history says of it."""
        new = [one.read for one in judged if one.outcome == NEW]
        joined = join(self.workspace, {read.key: read.vendor for read in new if read.joins})
        spell(
            self.workspace,
            [
                (joined.get(read.key) or self.who(read.key), read.spelling, read.spelling_key)
                for read in new
                if read.spells
            ],
        )
        return self.counts(judged)
