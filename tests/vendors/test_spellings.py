"""A list of vendors and how else their names are written joins the register; a name never becomes two vendors'."""

import csv
from io import StringIO

import pytest

from planning.people.scope import whole
from planning.shared.refusals import Refused, Stale
from planning.trail.models import Entry
from planning.vendors import actions
from planning.vendors.finding import called
from planning.vendors.importing import acting
from planning.vendors.merging.finding import look_for_twins
from planning.vendors.models import Alias, Vendor
from tests.purchases import make
from tests.spend.test_real_files import KEPT

from .test_importing import brought, taken, written

PAIRS = KEPT.parent / "vendor-name-variants.csv"


def listed(member, *rows, heading=("Vendor", "Also known as")):
    out = StringIO()
    csv.writer(out).writerows([heading, *rows])
    return brought(member, "names.csv", out.getvalue().encode())


def refused(register):
    return {row["row"]: row["reason"] for row in register.refusals}


def test_real_pairs_join_and_change_nothing_the_second_time(inside):
    register = brought(inside.cio, PAIRS.name, PAIRS.read_bytes())
    assert (register.what, register.state, register.totals) == ("vendors", "checked", {})
    counts = {"rows": 4315, "new": 4246, "unchanged": 60, "refused": 9, "vendors": 608, "spellings": 4241}
    assert register.counts == counts
    taken(register, inside.cio)
    assert (Vendor.objects.count(), Alias.objects.count()) == (608, 4241)
    told = Entry.objects.get(verb="vendors.finish_register")
    assert (told.member, told.after["counts"], told.after["spellings"]) == (inside.cio, counts, 4241)
    assert called(inside.workspace, "3DDATACOMM Ltd.").name == "3D DATACOMM"
    again = brought(inside.cmo, PAIRS.name, PAIRS.read_bytes())
    assert (again.counts.get("new"), again.counts["refused"]) == (None, 9)
    with pytest.raises(Refused, match="says all of it already"):
        acting.take_register(again, inside.cmo)


def test_a_spelling_is_one_vendors_or_is_refused_in_words(inside):
    northwind = actions.register(inside.cio, "Northwind", aliases=["NWT*CARD"])
    actions.register(inside.cio, "Tidewater")
    register = listed(
        inside.cio,
        ["NORTHWIND LTD", "Northwind Trading"],
        ["Northwind", "The Northwind Ltd."],
        ["Northwind", "nwt card"],
        ["Northwind", "Tidewater Inc"],
        ["Tidewater", "NWT CARD"],
        ["Palisade", "Palisade Security"],
        ["Palisade Security", ""],
        ["Gullwing", "Studio G"],
        ["Copperleaf", "Studio G"],
        ["", "Nobody"],
        ["N" * 201, "Long"],
        ["Nwt card", "Northwind Media"],
        ["Beacon", ""],
    )
    reasons = refused(register)
    assert list(reasons) == [5, 6, 7, 9, 10, 11, 12]
    assert (
        "“Tidewater Inc” is “Tidewater” in the register, a vendor of its own. Where the two are one, merge"
        in reasons[5]
    )
    assert "a spelling of “Northwind” already" in reasons[6]
    assert "a vendor of its own in row 8" in reasons[7]
    assert ("“Copperleaf” too, in row 10" in reasons[9], "“Gullwing” too, in row 9" in reasons[10]) == (True, True)
    assert (reasons[11], "at most 200 letters" in reasons[12]) == ("There is no vendor.", True)
    assert (register.counts["new"], register.counts["unchanged"]) == (4, 2)
    acting.take_register(register, inside.cio)
    spelled = set(northwind.aliases.values_list("name", flat=True))
    assert spelled == {"NWT*CARD", "Northwind Trading", "Northwind Media"}
    names = Vendor.objects.order_by("name").values_list("name", flat=True)
    assert list(names) == ["Beacon", "Northwind", "Palisade Security", "Tidewater"]


def test_vendors_that_came_or_are_spelled_anew_are_compared_as_others_are(inside):
    actions.register(inside.cio, "Clearbay Analytics")
    actions.register(inside.cio, "Beacon")
    while look_for_twins(inside.workspace):
        pass
    taken(listed(inside.cio, ["Clearbay Analytic", ""], ["Beacon", "Beacon Ads"]), inside.cio)
    waiting = Vendor.objects.filter(compared_at=None).order_by("name")
    assert [vendor.name for vendor in waiting] == ["Beacon", "Clearbay Analytic"]


def test_what_changed_meanwhile_is_looked_at_again(inside):
    register = listed(inside.cio, ["Northwind", "Tidewater"])
    actions.register(inside.cio, "Tidewater")
    with pytest.raises(Stale):
        acting.take_register(register, inside.cio)
    assert not Vendor.objects.filter(name="Northwind").exists()


def test_a_name_kept_back_with_a_restricted_request_joins_as_any_other(inside):
    make.draft(inside.marketing_planner, None, restricted=True, vendor="Palisade Security Ltd")
    with whole():
        assert Vendor.objects.get().kept_back
    register = listed(inside.cio, ["Palisade Security", "PLSD"])
    assert (register.counts["new"], register.counts["vendors"]) == (1, 1), "nobody is told that somebody named it"
    taken(register, inside.cio)
    vendor = Vendor.objects.get()
    assert (vendor.name, vendor.kept_back, vendor.aliases.get().name) == ("Palisade Security", False, "PLSD")


def test_a_person_says_what_a_file_lists(inside, as_):
    register = brought(inside.cio, "stack.csv", b"title,group\nTidewater,Finance\nNorthwind,Finance\n")
    assert (register.what, register.state) == ("contracts", "mapping")
    page = f"/acme/vendors/registers/{register.pk}/"

    def say(**said):
        form = as_(inside.cio).get(page).context["form"]
        asked = {name: written(form[name]) for name in form.fields} | {"date_format": "yyyy-mm-dd"}
        answer = as_(inside.cio).post(page, asked | said)
        register.refresh_from_db()
        return answer

    assert say(what="vendors").status_code == 302
    assert (register.what, register.state) == ("vendors", "mapping")
    assert "Say which column it is" in say().text
    say(column_vendor="title")
    assert (register.state, register.counts["vendors"]) == ("checked", 2)
    shown = as_(inside.cio).get(page).text
    assert ("2 new vendors" in shown, ">Value<" in shown) == (True, False)
    say(what="contracts")
    assert (register.what, register.state, register.counts) == ("contracts", "mapping", {})
