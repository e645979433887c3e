"""Every part on one page, behind a door of the real site, to be looked at and measured in both themes."""

from datetime import date
from decimal import Decimal

from django import forms
from django.contrib import messages
from django.db.models.functions import Lower
from django.shortcuts import render
from django.urls import path

from alignment.urls import urlpatterns as product
from planning.people.doors import anyone, door
from planning.people.models import Member, Side
from planning.shared.charts import (
    Aisle,
    Arrow,
    Bars,
    Butterfly,
    ButterflyRow,
    Contract,
    Line,
    Point,
    Runway,
    Series,
    Stand,
    Step,
    Track,
    Waterfall,
    Wing,
)
from planning.shared.tables import Column, Filter, Table
from planning.signoffs.models import Paper
from planning.trail.models import Entry


def thousands(*amounts):
    return [Decimal(amount) * 1000 for amount in amounts]


def wing(*amounts, forecast=None):
    states = dict(zip(("actual", "received", "committed", "reserved", "free"), thousands(*amounts), strict=True))
    return Wing(**states, forecast=forecast and Decimal(forecast) * 1000)


def butterfly():
    return Butterfly(
        "Where the money stands",
        unit="GBP",
        note="Seven months in: 2.71 m spent, 1.46 m promised, 1.71 m free.",
        rows_of=[
            ButterflyRow(
                "Web shop", wing(262, 20, 110, 0, 158, forecast=560), wing(240, 0, 180, 24, 106, forecast=545), "#web"
            ),
            ButterflyRow(
                "Customer data platform",
                wing(243, 0, 187, 0, 110, forecast=556),
                wing(162, 30, 95, 0, 73, forecast=370),
                "#cdp",
            ),
            ButterflyRow("Agency retainer", wing(443, 0, 317, 0, 0, forecast=790), wing(0, 0, 0, 0, 0), "#agency"),
            ButterflyRow(
                "E-mail automation", wing(230, 10, 160, 32, -48, forecast=432), wing(40, 0, 30, 0, 26), "#mail"
            ),
            ButterflyRow("Channel security", wing(0, 0, 0, 0, 0), wing(190, 0, 120, 40, 60, forecast=405), "#security"),
        ],
    )


def aisle():
    return Aisle(
        "Who waits for whom",
        unit="GBP",
        note="An arrow goes from the person who waits to the person whose move it is.",
        stands=[
            Stand("maya", "Maya Lindgren", "marketing", "CMO"),
            Stand("jonas", "Jonas Weber", "marketing", "Planner"),
            Stand("daniel", "Daniel Osei", "technology", "CIO"),
            Stand("aiko", "Aiko Tanaka", "technology", "Security"),
            Stand("priya", "Priya Raman", "finance", "Finance"),
        ],
        arrows=[
            Arrow("jonas", "daniel", Decimal(48000), 6, "Personalisation tool"),
            Arrow("jonas", "aiko", Decimal(48000), 2, "Personalisation tool"),
            Arrow("daniel", "maya", Decimal(18500), 4, "Tracking budget"),
            Arrow("priya", "maya", Decimal(300000), 1, "Hand back 300 k"),
            Arrow("maya", "jonas", Decimal(9000), 1, "Landing pages"),
        ],
    )


def runway():
    return Runway(
        "Money that renews by itself",
        unit="GBP",
        today=date(2026, 11, 2),
        contracts=[
            Contract("Customer data platform", date(2026, 11, 14), date(2027, 2, 1), Decimal(312000), "#a"),
            Contract("Hosting", date(2027, 1, 20), date(2027, 4, 1), Decimal(96000)),
            Contract("Mail sender", date(2027, 5, 1), date(2027, 6, 1), Decimal(22000), decided=True),
            Contract("Tag manager", date(2026, 10, 20), date(2026, 12, 1), Decimal(8000)),
            Contract("Monitoring", date(2027, 8, 1), date(2027, 9, 1), Decimal(61000)),
        ],
    )


def kpi():
    readings = ["41.2", "40.6", "39.9", "40.4", "39.1", "38.2"]
    points = [
        Point(
            date(2026, 4 + at, 30 if at != 4 else 31),
            Decimal(value),
            hollow=at == 5,
            word="disputed" if at == 5 else "",
        )
        for at, value in enumerate(readings)
    ]
    path = [Point(date(2026, 4, 1), Decimal("41.5")), Point(date(2027, 3, 31), Decimal(34))]
    ahead = [Point(date(2026, 9, 30), Decimal("38.2")), Point(date(2027, 3, 31), Decimal("35.1"))]
    return Line(
        "Acquisition cost",
        unit="GBP",
        note="A hollow point is disputed: returns counted or not.",
        tracks=[
            Track("Reading", points, "ink"),
            Track("Way to the target", path, "unknown", "dashed"),
            Track("Forecast", ahead, "soft", "dotted"),
        ],
        band=[
            (date(2026, 9, 30), Decimal("38.2"), Decimal("38.2")),
            (date(2027, 3, 31), Decimal("33.6"), Decimal("36.6")),
        ],
        today=date(2026, 10, 12),
    )


def bars():
    return Bars(
        "Variance by month",
        unit="GBP",
        categories=["Apr", "May", "Jun", "Jul", "Aug", "Sep"],
        series=[
            Series("Marketing", thousands(12, -8, 22, 31, -4, 18), "marketing"),
            Series("Technology", thousands(-6, 10, 14, -12, 9, 3), "technology"),
        ],
    )


def waterfall():
    return Waterfall(
        "From plan to forecast",
        unit="GBP",
        steps=[
            Step("Plan", Decimal(6000000), total=True),
            Step("Price", Decimal(120000)),
            Step("Volume", Decimal(150000)),
            Step("Timing", Decimal(-90000)),
            Step("Forecast", Decimal(6180000), total=True),
        ],
    )


class PurchaseForm(forms.Form):
    title = forms.CharField(label="What do you need?", help_text="A few words; the rest comes when it matters.")
    amount = forms.DecimalField(label="Amount")
    price = forms.ChoiceField(label="Price", choices=[("once", "once"), ("month", "a month")])
    personal = forms.BooleanField(label="It touches customer data", required=False)


def people(request):
    return Table(
        request,
        Member.objects.of(request.workspace).select_related("user"),
        name="people",
        search=["user__name", "user__email"],
        filters=[Filter("side", "Side", Side.choices)],
        sort="name",
        size=6,
        empty="Nobody is here yet.",
        columns=[
            Column("name", "Name", sort=Lower("user__name"), link=lambda row: f"#member-{row.pk}"),
            Column("self", "Person", "person", value=lambda row: row),
            Column("side", "Side", "side"),
            Column("role", "Role"),
            Column("pk", "Amount", "money", total=True),
            Column("state", "State", "status", value=lambda row: "agreed" if row.is_lead else "submitted"),
            Column("joined_at", "Since", "date"),
        ],
    )


@door(anyone)
def gallery(request):
    table = people(request)
    if table.wants_export:
        return table.export("people")
    messages.success(request, "Approved for marketing. Daniel has been told.")
    messages.error(request, "The line “Web shop” has 1,200.00 left; this asks for 2,000.00.")
    papers = Paper.objects.of(request.workspace).prefetch_related(
        "seats__holder__user", "seats__decided_by__user", "seats__decided_for__user"
    )
    whole = butterfly()
    return render(
        request,
        "gallery.html",
        {
            "table": table,
            "paper": papers.first(),
            "entries": Entry.objects.of(request.workspace).newest()[:5],
            "form": PurchaseForm({"title": "", "amount": "12"}),
            "butterfly": whole,
            "bars_two": whole.bar_of,
            "charts": [butterfly(), aisle(), runway(), kpi(), bars(), waterfall(), Bars("Nothing yet")],
            "states": ["achieved", "green", "amber", "red", "unknown", "waiting", "agreed", "draft"],
        },
    )


urlpatterns = [path("<slug:workspace>/gallery/", gallery, name="gallery"), *product]
