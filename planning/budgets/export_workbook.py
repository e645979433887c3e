"""The budget as a working spreadsheet: totals are formulas, numbers are numbers, text is never a formula.

Three sheets: the plan, its variance, its versions with their signatures. The first is what `importing` reads back: it
carries each line's number, so that a workbook edited elsewhere changes the lines it came from.
"""

import tempfile

import xlsxwriter
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from planning.shared.exports import KEPT_IN_MEMORY, LONGEST_CELL
from planning.shared.money import ZERO
from planning.shared.templatetags.money import currency_digits

from .export_rows import amount_heads, amounts, dimensions_of, own_words, text_heads, texts, title_of
from .reviewing.variance import clean_through, variance

HEAD = 3  # the row of headings, from 0
WIDTHS = [8, 34, 12, 22, 22, 22, 18, 16, 16, 12, 12, 11, 12]
WORDS = len(WIDTHS)
TOTAL, MARKETING, TECHNOLOGY, FIRST_MONTH = WORDS, WORDS + 1, WORDS + 2, WORDS + 3
TRANSFERRED = FIRST_MONTH + 12
ACTUAL, COMMITTED, RESERVED, AVAILABLE, FORECAST, AGAINST = range(TRANSFERRED + 1, TRANSFERRED + 7)


def workbook(budget, groups, versions):
    """An XLSX file. `groups` as `export_rows.by_owner`, `versions` as `export_rows.signed_versions`."""
    file = tempfile.SpooledTemporaryFile(KEPT_IN_MEMORY)  # noqa: SIM115 - the response closes it
    book = xlsxwriter.Workbook(file, {"constant_memory": True, "remove_timezone": True})
    book.set_properties({"title": title_of(budget), "company": str(budget.workspace)})
    looks = Looks(book, budget.workspace.currency)
    plan_sheet(book.add_worksheet(_("Plan")), looks, budget, groups)
    variance_sheet(book.add_worksheet(_("Variance")), looks, budget)
    signatures_sheet(book.add_worksheet(_("Versions and signatures")[:31]), looks, budget, versions)
    book.close()
    file.seek(0)
    return file


class Looks:
    """The formats of the workbook; amounts have the decimals of the currency."""

    def __init__(self, book, currency):
        digits = currency_digits(currency)
        self.digits, amount = digits, "#,##0" + ("." + "0" * digits if digits else "")
        self.amount = book.add_format({"num_format": amount})
        self.share = book.add_format({"num_format": "0.######"})
        self.percent = book.add_format({"num_format": "0.0%"})
        self.day = book.add_format({"num_format": "yyyy-mm-dd hh:mm", "align": "left"})
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.soft = book.add_format({"font_color": "#5b6470"})
        self.head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self.sum_word = book.add_format({"bold": True, "top": 1})
        self.sum = book.add_format({"bold": True, "top": 1, "num_format": amount})
        self.sum_percent = book.add_format({"bold": True, "top": 1, "num_format": "0.0%"})


# ── The plan ─────────────────────────────────────────────────────────────────────────────────────────────────────────
def plan_sheet(sheet, looks, budget, groups):
    for column, width in enumerate([*WIDTHS, *[15] * (AGAINST - WORDS + 1)]):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(HEAD + 1, 2)
    sheet.outline_settings(symbols_below=True)
    titled(sheet, looks, budget)
    own = dimensions_of([row for _side, rows in groups for row in rows])
    for column, head in enumerate([*text_heads(), *amount_heads(budget), *own]):
        sheet.write_string(HEAD, column, head, looks.head)
    at, sums = HEAD + 1, []
    for side, rows in groups:
        first, values = at, [ZERO] * (AGAINST - WORDS + 1)
        for row in rows:
            sheet.set_row(at, None, None, {"level": 1})
            typed = amounts(row)
            write_line(sheet, looks, at, texts(row), typed)
            for column, word in enumerate(own_words(row, own), start=AGAINST + 1):
                sheet.write_string(at, column, word)
            values = [sum(pair) for pair in zip(values, typed, strict=True)]
            at += 1
        write_sums(sheet, looks, at, _("%(side)s together") % {"side": side.label}, (first, at - 1), values)
        sums.append(values)
        at += 1
    if groups:
        whole = [sum(column) for column in zip(*sums, strict=True)]
        write_sums(sheet, looks, at, _("Total"), (HEAD + 1, at - 1), whole)


def titled(sheet, looks, budget):
    sheet.write_string(0, 0, title_of(budget), looks.title)
    said = _("%(workspace)s, amounts in %(currency)s, %(state)s, as of %(day)s") % {
        "workspace": budget.workspace,
        "currency": budget.workspace.currency,
        "state": budget.get_state_display(),
        "day": date_format(budget.workspace.today(), "j M Y"),
    }
    sheet.write_string(1, 0, said, looks.soft)


def write_line(sheet, looks, at, words, typed):
    for column, word in enumerate(words):
        if column == 0:
            sheet.write_number(at, column, word)
        elif column >= WORDS - 2:
            sheet.write_number(at, column, word, looks.share)
        else:
            sheet.write_string(at, column, word[:LONGEST_CELL])

    def cell(column):
        return xl_rowcol_to_cell(at, column)

    formulas = {
        TOTAL: f"=SUM({cell(FIRST_MONTH)}:{cell(FIRST_MONTH + 11)})",
        MARKETING: f"=ROUND({cell(TOTAL)}*{cell(WORDS - 2)}/100,{looks.digits})",
        TECHNOLOGY: f"={cell(TOTAL)}-{cell(MARKETING)}",
        AVAILABLE: f"={cell(TOTAL)}+{cell(TRANSFERRED)}-{cell(ACTUAL)}-{cell(COMMITTED)}-{cell(RESERVED)}",
        AGAINST: f"={cell(FORECAST)}-{cell(TOTAL)}-{cell(TRANSFERRED)}",
    }
    for column, amount in enumerate(typed, start=WORDS):
        if column in formulas:
            sheet.write_formula(at, column, formulas[column], looks.amount, amount)
        else:
            sheet.write_number(at, column, amount, looks.amount)


def write_sums(sheet, looks, at, word, rows, values):
    """SUBTOTAL leaves other subtotals out, so the last sum may run over all rows."""
    for column in range(WORDS):
        sheet.write_string(at, column, word if column == 1 else "", looks.sum_word)
    for column, value in enumerate(values, start=WORDS):
        letter = xl_col_to_name(column)
        sheet.write_formula(at, column, f"=SUBTOTAL(9,{letter}{rows[0] + 1}:{letter}{rows[1] + 1})", looks.sum, value)


# ── Variance ─────────────────────────────────────────────────────────────────────────────────────────────────────────
def variance_sheet(sheet, looks, budget):
    through = clean_through(budget, None)
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 8, 16)
    sheet.freeze_panes(HEAD + 1, 1)
    titled(sheet, looks, budget)
    heads = [
        _("Line"),
        _("Plan up to %(month)s") % {"month": date_format(through, "M Y")},
        _("Actual up to %(month)s") % {"month": date_format(through, "M Y")},
        _("Variance"),
        "%",
        _("Plan of the year"),
        _("Committed of the year"),
        _("Forecast"),
        _("Forecast less plan"),
    ]
    for column, head in enumerate(heads):
        sheet.write_string(HEAD, column, head, looks.head)
    rows, at = variance(budget, "line", through), HEAD + 1
    for row in rows:
        sheet.write_string(at, 0, row.label[:LONGEST_CELL])
        write_variance(sheet, at, numbers(row), looks.amount, looks.percent)
        at += 1
    if rows:
        sheet.write_string(at, 0, _("Total"), looks.sum_word)
        sums = [sum(column) for column in zip(*(numbers(row) for row in rows), strict=True)]
        write_variance(sheet, at, sums, looks.sum, looks.sum_percent, above=(HEAD + 2, at))


def numbers(row) -> list:
    return [row.plan, row.actual, row.year_plan, row.year_committed, row.forecast]


def write_variance(sheet, at, typed, amount, percent, above=None):
    plan, actual, year_plan, committed, forecast = typed
    for column, value in ((1, plan), (2, actual), (5, year_plan), (6, committed), (7, forecast)):
        if above:
            letter = xl_col_to_name(column)
            sheet.write_formula(at, column, f"=SUBTOTAL(9,{letter}{above[0]}:{letter}{above[1]})", amount, value)
        else:
            sheet.write_number(at, column, value, amount)
    row = at + 1
    sheet.write_formula(at, 3, f"=C{row}-B{row}", amount, actual - plan)
    sheet.write_formula(at, 4, f'=IF(B{row}=0,"",D{row}/B{row})', percent, (actual - plan) / plan if plan else "")
    sheet.write_formula(at, 8, f"=H{row}-F{row}", amount, forecast - year_plan)


# ── Versions and signatures ──────────────────────────────────────────────────────────────────────────────────────────
def signatures_sheet(sheet, looks, budget, versions):
    for column, width in enumerate([10, 14, 40, 14, 16, 24, 18, 66]):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(HEAD + 1, 1)
    titled(sheet, looks, budget)
    heads = [_("Version"), _("State"), _("Reason"), _("Approver"), _("Decision"), _("Decided by"), _("When"),
             _("Fingerprint")]  # fmt: skip
    for column, head in enumerate(heads):
        sheet.write_string(HEAD, column, head, looks.head)
    at = HEAD + 1
    for version in versions:
        for seat in version.paper.seats.all():
            sheet.write_number(at, 0, version.number)
            words = [version.get_state_display(), version.reason, seat.name, seat.get_state_display(), decider(seat)]
            for column, word in enumerate(words, start=1):
                sheet.write_string(at, column, str(word)[:LONGEST_CELL])
            if seat.decided_at:
                local = seat.decided_at.astimezone(budget.workspace.zone)
                sheet.write_datetime(at, 6, local.replace(tzinfo=None), looks.day)
            sheet.write_string(at, 7, version.paper.fingerprint)
            at += 1


def decider(seat) -> str:
    if seat.decided_by and seat.decided_for:
        return _("%(deputy)s for %(member)s") % {"deputy": seat.decided_by, "member": seat.decided_for}
    return str(seat.decided_by or seat.holder or "")
