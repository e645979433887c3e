"""A person brings a ledger by the pages, sees how it is read, and takes it back."""

import csv
import io

import pytest
from kombu.exceptions import OperationalError

from planning.people.scope import scope
from planning.spend import tasks
from planning.spend.models import Entry, Import

from . import make
from .test_real_files import KEPT


@pytest.fixture
def finance(cast, as_):
    return as_(cast.finance)


def bring(client, file):
    answer = client.post("/acme/spend/imports/", {"file": file})
    assert answer.status_code == 302, answer.content.decode()[:2000]
    return answer["Location"]


def confirm(client, page, **changes):
    form = client.get(page).context["form"]
    said = {name: value for name, value in form.initial.items() if value is not None} | changes
    return client.post(f"{page}confirmation", said)


def the_import(cast):
    with scope(cast.workspace):
        return Import.objects.select_related("file").get()


def test_a_file_is_kept_while_the_broker_is_away(cast, finance, monkeypatch, django_capture_on_commit_callbacks):
    """The person goes on to the page of the import; the clock sends it once the broker is back."""

    def away(*args):
        raise OperationalError("the broker does not answer")

    monkeypatch.setattr(tasks.run_import, "delay", away)
    with django_capture_on_commit_callbacks(execute=True) as sent:
        page = bring(finance, make.ledger(make.row("10.00")))
        confirm(finance, page)
    assert sent
    assert finance.get(page).status_code == 200


def test_a_real_file_is_brought_confirmed_imported_and_taken_back(cast, finance, django_capture_on_commit_callbacks):
    from django.core.files.uploadedfile import SimpleUploadedFile

    page = bring(finance, SimpleUploadedFile("june.csv", KEPT.read_bytes()))
    shown = finance.get(page).content.decode()
    assert "Certain" in shown
    assert "Confirm and import" in shown
    assert confirm(finance, page).status_code == 302
    assert 'hx-trigger="every 1s"' in finance.get(page).content.decode()

    batch = the_import(cast)
    tasks.run_import(batch.workspace_id, batch.pk)
    assert finance.get(f"{page}progress")["HX-Refresh"] == "true"
    shown = finance.get(page).content.decode()
    assert "138,818,776.73" in shown
    assert "To the penny" in shown

    assert finance.get("/acme/spend/entries/").status_code == 200
    assert finance.get("/acme/spend/unmatched/").status_code == 200
    assert finance.post(f"{page}reversal").status_code == 302
    assert the_import(cast).state == "undone"
    undone = finance.get(page).content.decode()
    assert ("its rows count nowhere" in undone, "To the penny" in undone) == (True, False)


def test_what_the_file_leaves_open_is_asked(cast, finance):
    page = bring(
        finance, make.ledger(make.row("1.00", day="03/04/2026"), make.row("2.00", day="05/04/2026", document="B"))
    )
    assert "order do the dates" in finance.get(page).content.decode()
    assert "4 Mar 2026" not in finance.get(page).content.decode()
    tried = finance.get(page, {"date_format": "mm/dd/yyyy"}).content.decode()
    assert "4 Mar 2026" in tried
    half = finance.get(page, {"date_format": "mm/dd/yyyy", "departments_by": "category"}).context["form"]
    assert half["departments_by"].value() == "category", "half a department rule waits in its field for the other half"
    halves = {"departments_by": "category", "departments": "Adv = Marketing"}
    whole = finance.get(page, {"date_format": "mm/dd/yyyy", "column_category": "Category"} | halves)
    assert [row.department for row in whole.context["rows"]] == ["Marketing", "Marketing"]
    assert confirm(finance, page, date_format="dd/mm/yyyy").status_code == 302
    assert the_import(cast).mapping["date_format"] == "dd/mm/yyyy"


def test_a_mapping_with_doubt_comes_back_with_a_sentence(cast, finance):
    page = bring(
        finance, make.ledger(make.row("1.00", day="03/04/2026"), make.row("2.00", day="05/04/2026", document="B"))
    )
    answer = confirm(finance, page, date_format="")
    assert answer.status_code == 422
    assert "order do the dates" in answer.content.decode()
    again = finance.get(f"{page}confirmation")  # the address in the window now; a person kept it, or signed in again
    assert (again.status_code, again["Location"]) == (302, page)


def shown_of(finance, page, **said):
    """What the mapping page shows once these answers were changed on it."""
    context = finance.get(page).context
    asked = {name: value or "" for name, value in context["form"].initial.items()} | context["shown"] | said
    return finance.get(page, asked).context


def test_amounts_of_which_some_do_not_read_are_proposed_and_a_person_looks(cast, finance):
    rows = make.row("120.50"), make.row("soon", document="B"), make.row("88.00", document="C")
    heads = ["Posting date", "Supplier", "Document", "Total", "Dept", "Type of cost"]
    page = bring(finance, make.ledger(*rows, header=heads))
    form = finance.get(page).context["form"]
    assert [form.initial.get(f"column_{key}") for key in ("amount", "department")] == ["Total", "Dept"]
    assert the_import(cast).doubts == ["amount"]
    assert confirm(finance, page).status_code == 302


def test_another_column_is_asked_itself_how_it_is_written_and_one_declined_stays_away(cast, finance):
    rows = ("2026-05-14", "A", "1,234.50", "1.150,25", "Brand"), ("2026-05-15", "B", "99.00", "92,10", "Brand")
    page = bring(finance, make.ledger(*rows, header=["Date", "Supplier", "Amount", "Value in EUR", "Department"]))
    other = shown_of(finance, page, column_amount="Value in EUR", column_department="")
    assert [f"{row.amount}" for row in other["rows"]] == ["1150.25", "92.10"]
    assert (other["form"].initial["decimal"], other["rows"][0].department) == (",", "")
    said = {"column_amount": "Value in EUR", "decimal": ".", "shown_amount": "Value in EUR"}
    assert shown_of(finance, page, **said)["form"].initial["decimal"] == ".", "what a person says of it goes first"


def test_rejected_rows_come_back_as_they_stood(cast, finance):
    page = bring(
        finance,
        make.ledger(
            make.row("1.00"), make.row("soon", document="B"), *[make.row("2.00", document=f"C{n}") for n in range(20)]
        ),
    )
    confirm(finance, page)
    batch = the_import(cast)
    tasks.run_import(batch.workspace_id, batch.pk)
    lines = b"".join(finance.get(f"{page}rejected").streaming_content).decode("utf-8-sig").splitlines()
    assert lines[0] == "Date,Supplier,Document no,Amount,Department,Category,row,column,reason"
    assert lines[1:] == [
        "2026-05-14,Northwind Ltd,B,soon,Brand,Advertising,3,Amount,“soon” is not an amount in the style of this file."
    ]


def test_the_queue_places_a_vendor_for_good(cast, finance):
    from tests.budgets.make import agreed_line

    with scope(cast.workspace, cast.cmo.user):
        line = agreed_line(cast)
        day = cast.workspace.today().isoformat()
        make.brought(
            cast.finance, make.ledger(make.row("10.00", day=day), make.row("5.00", "NORTHWIND LTD.", "B", day))
        )
    assert "Northwind" in finance.get("/acme/spend/unmatched/").content.decode()
    answer = finance.post("/acme/spend/assignments/", {"vendor_key": "northwind", "line": line.pk, "always": "on"})
    assert answer.status_code == 302, answer.content.decode()
    with scope(cast.workspace):
        assert set(Entry.objects.values_list("line", "waits")) == {(line.pk, "")}
    shown = finance.get("/acme/spend/unmatched/").content.decode()
    assert "2 rows were placed on their lines" in shown
    assert "Nothing waits" in shown


def documents_listed(client) -> set:
    """The documents of the queue's rows, as their list is exported."""
    listed = client.get("/acme/spend/entries/?waits=queue&export=csv")
    text = b"".join(listed.streaming_content).decode("utf-8-sig")
    return {row["Document"] for row in csv.DictReader(io.StringIO(text))}


def test_many_names_are_placed_at_once_and_a_suggested_spelling_is_taken(cast, finance):
    from planning.vendors.actions import register
    from tests.budgets.make import agreed_line

    day = cast.workspace.today().isoformat()
    with scope(cast.workspace, cast.cmo.user):
        line, vendor = agreed_line(cast), register(cast.finance, "Pulsewatch Monitoring")
        rows = [make.row("10.00", name, name, day) for name in ("Alpha", "Beta", "Pulsewatch Monitorng")]
        make.brought(cast.finance, make.ledger(*rows, make.row("1.00", "Gamma", "Gamma", "2019-05-05")))
    assert "It is Pulsewatch Monitoring" in finance.get("/acme/spend/unmatched/").content.decode()
    named = {"vendor_key": "pulsewatch monitorng", "vendor": vendor.pk}
    assert "Alpha" not in finance.get("/acme/spend/unmatched/?q=PULSE").content.decode()
    assert documents_listed(finance) == {"Alpha", "Beta", "Gamma", "Pulsewatch Monitorng"}
    answer = finance.post("/acme/spend/names/", named | {"q": "pulse", "page": "3"})
    assert answer["Location"].endswith("/spend/unmatched/?q=pulse&page=3")
    answer = finance.post("/acme/spend/assignments/", {"vendor_key": ["alpha", "beta"], "line": line.pk})
    assert answer.status_code == 302, answer.content.decode()
    with scope(cast.workspace):
        assert set(Entry.objects.values_list("document", "line", "vendor")) == {
            ("Alpha", line.pk, None), ("Beta", line.pk, None), ("Pulsewatch Monitorng", None, vendor.pk),
            ("Gamma", None, None),
        }  # fmt: skip
        alpha = Entry.objects.get(document="Alpha").pk
    assert documents_listed(finance) == {"Gamma", "Pulsewatch Monitorng"}
    early = finance.post("/acme/spend/assignments/", {"vendor_key": "gamma", "line": line.pk})
    assert (early.status_code, "the year of that line" in early.content.decode()) == (422, True)
    wrong = finance.post(f"/acme/spend/entries/{alpha}/parts", {"line": line.pk, "amount": "4.00"})
    assert (wrong.status_code, 'value="4.00"' in wrong.content.decode()) == (422, True)


def test_viewers_look_and_change_nothing(cast, as_):
    viewer = as_(cast.viewer)
    assert viewer.get("/acme/spend/").status_code == 200
    assert viewer.post("/acme/spend/imports/", {"file": make.ledger(make.row("1.00"))}).status_code == 403
    assert as_(cast.guest).get("/acme/spend/").status_code == 403


def test_no_table_is_refused_with_a_sentence(cast, finance):
    from django.core.files.uploadedfile import SimpleUploadedFile

    answer = finance.post("/acme/spend/imports/", {"file": SimpleUploadedFile("paper.csv", b"%PDF-1.7 a paper")})
    assert (answer.status_code, "is no table" in answer.content.decode()) == (422, True)


def test_a_workbook_is_opened_by_a_worker_and_shown_before_it_runs(cast, finance, as_):
    """Until somebody knows what it holds, it is as private as payroll; what cannot be opened says so on its page."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    book = SimpleUploadedFile("ledger.xlsx", (KEPT.parent / "workbooks" / "ledger.xlsx").read_bytes())
    page = bring(finance, book)
    shown = finance.get(page).content.decode()
    assert ("Opening the file" in shown, "Confirm and import" in shown) == (True, False)
    assert as_(cast.cmo).get(page).status_code == 404
    batch = the_import(cast)
    tasks.run_import(batch.workspace_id, batch.pk)
    assert finance.get(f"{page}progress")["HX-Refresh"] == "true"
    assert "Northwind Ltd" in finance.get(page).content.decode()
    assert "Northwind Ltd" in as_(cast.cmo).get(page).content.decode()
    assert confirm(finance, page).status_code == 302
    tasks.run_import(batch.workspace_id, batch.pk)
    assert "1,135.47" in finance.get(page).content.decode()


def test_what_cannot_be_opened_says_so_on_its_page(cast, finance):
    from django.core.files.uploadedfile import SimpleUploadedFile

    page = bring(finance, SimpleUploadedFile("book.xlsx", b"PK\x03\x04 not a workbook at all"))
    batch = the_import(cast)
    tasks.run_import(batch.workspace_id, batch.pk)
    shown = finance.get(page).content.decode()
    assert ("This workbook cannot be read" in shown, "Put it away" in shown) == (True, True)
    assert finance.post(f"{page}reversal").status_code == 302


def test_a_currency_nobody_knows_is_refused_in_words_and_one_in_the_heading_is_looked_at(cast, finance):
    page = bring(
        finance, make.ledger(make.row("120.50"), header=["Date", "Supplier", "No", "Value in EUR", "Dept", "C"])
    )
    shown = finance.get(page).context["form"]
    assert (shown.initial["currency"], the_import(cast).doubts) == ("EUR", ["currency"])
    unknown = shown_of(finance, page, currency="XQW")["form"]
    assert (unknown["currency"].value(), len(unknown["currency"].errors)) == ("XQW", 1), (
        "not another one without a word"
    )
    assert confirm(finance, page, currency="XQW").status_code == 422
    assert confirm(finance, page, currency="usd").status_code == 302
    assert the_import(cast).mapping["currency"] == "USD"


def test_a_rejected_amount_is_shown_as_it_was_written(cast, finance):
    rows = [make.row("12.345"), make.row("1" * 40, document="L"), make.row("10.00", document="B")]
    page = bring(finance, make.ledger(*rows))
    seen = [row.no for row in finance.get(page).context["rows"]]
    assert seen == ["“12.345” has more decimals than GBP has", "the amount is larger than a ledger holds", ""]
    assert confirm(finance, page).status_code == 302
    batch = the_import(cast)
    tasks.run_import(batch.workspace_id, batch.pk)
    shown = finance.get(page).content.decode()
    assert ">12.345</td>" in shown
