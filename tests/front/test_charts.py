import json
from datetime import date
from decimal import Decimal

from planning.shared import curves
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


def percent(text: str) -> float:
    return float(text.removesuffix("%"))


def test_what_is_drawn_is_text_and_stands_in_the_table_too():
    chart = Bars(
        "Variance", unit="GBP", categories=["Apr", "May"], series=[Series("Marketing", [Decimal("12.5"), None])]
    )
    facts = json.loads(json.dumps(chart.facts))
    assert facts["series"][0]["values"] == ["12.5", None]
    assert facts["series"][0]["words"] == ["12.50", ""]
    assert (chart.heads, chart.rows) == (["", "Marketing"], [["Apr", "12.50"], ["May", ""]])


def test_a_disputed_point_is_hollow_and_says_so():
    mark = Point(date(2026, 9, 30), Decimal("38.2"), hollow=True, word="disputed")
    line = Line(
        "Cost", unit="GBP", tracks=[Track("Reading", [mark])], band=[(date(2026, 10, 31), Decimal(37), Decimal(39))]
    )
    assert line.facts["tracks"][0]["points"] == [["2026-09-30", "38.2", "38.20", True, "disputed"]]
    assert line.rows == [["30 Sep 2026", "38.20 (disputed)", ""], ["31 Oct 2026", "", "37.00 – 39.00"]]


def test_steps_of_a_waterfall_stand_on_each_other():
    steps = [Step("Plan", Decimal(100), total=True), Step("Price", Decimal(30)), Step("Timing", Decimal(-10))]
    drawn = Waterfall("Forecast", unit="GBP", steps=[*steps, Step("Forecast", Decimal(120), total=True)]).facts["steps"]
    assert [(one["from"], one["to"]) for one in drawn] == [("0", "100"), ("100", "130"), ("130", "120"), ("0", "120")]
    assert [one["short"] for one in drawn] == ["100", "+30", "-10", "120"]


# ── Where the money stands ──
def butterfly():
    return Butterfly(
        "Money",
        unit="GBP",
        rows_of=[
            ButterflyRow(
                "Web shop",
                marketing=Wing(actual=Decimal(300), committed=Decimal(100), free=Decimal(100), forecast=Decimal(550)),
                technology=Wing(actual=Decimal(200), free=Decimal(600)),
            ),
            ButterflyRow("Mail", marketing=Wing(actual=Decimal(120), reserved=Decimal(30), free=Decimal(-50))),
        ],
    )


def test_wings_share_one_scale_and_grow_away_from_the_middle():
    line = butterfly().lines[0]
    left, right = line["marketing"].parts, line["technology"].parts
    assert [percent(part["width"]) for part in left] == [37.5, 12.5, 12.5]
    assert [percent(part["x"]) for part in left] == [62.5, 50, 37.5]
    assert [percent(part["x"]) for part in right] == [0, 25]
    assert percent(line["marketing"].forecast_at) == 100 - 550 / 8


def test_an_overspent_line_shows_its_plan_and_by_how_much_it_is_over():
    bar = butterfly().lines[1]["marketing"]
    assert (bar.wing.plan, bar.wing.used, bar.wing.over) == (100, 150, 50)
    assert [part["state"] for part in bar.parts] == ["actual", "reserved"]
    assert percent(bar.plan_at) == 100 - 100 / 8


def test_both_sides_together_are_the_sum_of_the_lines():
    whole = butterfly().whole
    assert (whole["marketing"].plan, whole["marketing"].forecast, whole["technology"].plan) == (600, 550, 800)
    assert butterfly().rows[0] == [
        "Web shop",
        "Marketing",
        "500.00",
        "300.00",
        "0.00",
        "100.00",
        "0.00",
        "100.00",
        "550.00",
    ]


def test_an_empty_plan_can_be_drawn():
    chart = Butterfly("Money", unit="GBP", rows_of=[ButterflyRow("Nothing yet")])
    assert chart.lines[0]["marketing"].parts == []
    assert chart.bar_of["marketing"].parts == []


# ── Who waits for whom ──
def aisle(*arrows):
    people = [Stand("m", "Maya", "marketing"), Stand("j", "Jonas", "marketing"), Stand("d", "Daniel", "technology")]
    return Aisle("Waits", unit="GBP", stands=[*people, Stand("p", "Priya", "finance")], arrows=list(arrows))


def test_an_arrow_ends_at_the_person_whose_move_it_is():
    across, back, down = aisle(
        Arrow("j", "d", Decimal(48000), 6, "tool"), Arrow("d", "m", Decimal(12000), 4), Arrow("m", "p", None, 1)
    ).drawn
    assert (across["head"]["x"], across["head"]["turn"], across["side"]) == ("100.00%", 0, "marketing")
    assert (back["head"]["x"], back["head"]["turn"], back["side"]) == ("0.00%", 180, "technology")
    assert (down["head"]["x"], down["head"]["turn"]) == ("50.00%", 90)
    assert across["thick"] > back["thick"] > down["thick"]


def test_long_waits_are_marked_and_every_wait_is_said():
    chart = aisle(Arrow("j", "d", Decimal(48000), 6, "tool"), Arrow("d", "m", Decimal(12000), 1, "budget"))
    assert [one["late"] for one in chart.drawn] == [True, False]
    assert [one["label"]["words"] for one in chart.drawn] == ["6 days", "1 day"]
    assert chart.drawn[0]["said"] == "Jonas waits for Daniel: tool, 48\u00a0k GBP, 6 days"
    assert chart.rows[0] == ["Jonas", "Daniel", "tool", "48,000.00", 6]


def test_an_arrow_to_nobody_is_not_drawn():
    assert aisle(Arrow("j", "gone", Decimal(1), 1)).drawn == []


def test_labels_keep_out_of_each_others_way():
    drawn = aisle(*(Arrow("m", "d", Decimal(1), days) for days in range(3))).drawn
    places = [(float(one["label"]["x"][:-1]), float(one["label"]["y"])) for one in drawn]
    for at, (x, y) in enumerate(places):
        assert all(abs(x - left) >= 16 or abs(y - top) >= 24 for left, top in places[at + 1 :])


def test_many_arrows_of_one_person_stay_in_the_picture():
    tops = [float(one["path"].split("C")[0].split()[1]) for one in aisle(*[Arrow("m", "d", None, 1)] * 9).drawn]
    assert min(tops) >= 0
    assert len(set(tops)) == 9


def test_labels_of_a_crowded_aisle_keep_apart():
    left = [Stand("j", "Jonas", "marketing"), Stand("m", "Maya", "marketing")]
    right = [Stand(key, key, "technology") for key in ("e", "d", "a")]
    waits = [("j", "e", 20), ("j", "m", 9), ("j", "d", 6), ("e", "m", 4), ("e", "m", 3), ("e", "p", 2), ("m", "d", 2)]
    chart = Aisle("Waits", unit="GBP", stands=[*left, *right, Stand("p", "Priya", "finance")])
    chart.arrows = [Arrow(start, end, Decimal(1), days) for start, end, days in [*waits, ("m", "a", 2)]]
    places = [(float(one["label"]["x"][:-1]), float(one["label"]["y"])) for one in chart.drawn]
    for at, one in enumerate(places):
        assert all(curves.apart(one, other) >= 1 for other in places[at + 1 :])


# ── Money that renews by itself ──
def test_the_runway_runs_in_order_of_the_last_day_to_stop():
    today = date(2026, 11, 2)
    contracts = [
        Contract("Hosting", date(2027, 1, 20), date(2027, 4, 1), Decimal(96000)),
        Contract("Platform", date(2026, 11, 14), date(2027, 2, 1), Decimal(312000)),
        Contract("Missed", date(2026, 10, 20), date(2026, 12, 1), Decimal(8000)),
        Contract("Said no", date(2026, 11, 20), date(2026, 12, 1), Decimal(8000), decided=True),
        Contract("Far away", date(2028, 1, 1), date(2028, 2, 1), Decimal(8000)),
    ]
    chart = Runway("Renewals", unit="GBP", today=today, contracts=contracts)
    assert [(strip["contract"].name, strip["tone"], strip["words"]) for strip in chart.strips] == [
        ("Missed", "red", "too late to stop"),
        ("Platform", "red", "12 days to stop it"),
        ("Said no", "green", "decided"),
        ("Hosting", "amber", "79 days to stop it"),
    ]
    assert len(chart.rows) == 5
