"""What happened while a KPI ran: numbered in its chart, and listed beneath it."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from kpis.dashboard.page import figures_of
from kpis.kpi import annotations
from kpis.kpi.annotations import MOST_MARKS, Annotation, marks_of, read_kinds, register_annotations
from kpis.kpi.detail import run_of
from plans.imports.models import SheetImport
from tests.factories import ActionFactory, KpiFactory, ObjectiveFactory, ReadingFactory

MONDAY = dt.date(2026, 3, 2)
DAY = dt.timedelta(days=1)


@pytest.fixture
def kpi(plan):
    kpi = KpiFactory(plan=plan, objective=ObjectiveFactory(plan=plan), name="Leads")
    ReadingFactory(kpi=kpi, period=MONDAY)
    return kpi


def done(objective, title, day=MONDAY):
    return ActionFactory(objective=objective, title=title, status="done", done_on=day)


def told(kpi, kinds=("actions", "goalposts", "corrections", "imports")):
    return [[event.annotation.text for event in mark.events] for mark in marks_of(kpi, kinds)]


def marks_in(chart):
    return next(trace for trace in chart.figure["data"] if trace["name"] == "what happened")


def test_finished_actions_of_the_kpi_and_of_its_objective_are_told(plan, kpi):
    done(kpi.objective, "Call dormant accounts")
    linked = done(ObjectiveFactory(plan=plan), "Visit the fair", MONDAY + 7 * DAY)
    linked.kpis.add(kpi)
    done(kpi.objective, "Both", MONDAY + 14 * DAY).kpis.add(kpi)
    done(ObjectiveFactory(plan=plan), "Of something else")
    ActionFactory(objective=kpi.objective, title="Not done yet")

    assert told(kpi) == [["Call dormant accounts"], ["Visit the fair"], ["Both"]]


def test_a_kpi_without_an_objective_tells_of_its_own_actions_only(plan):
    kpi = KpiFactory(plan=plan, objective=None)
    done(ObjectiveFactory(plan=plan), "Of an objective")

    assert told(kpi) == []


def test_a_moved_goalpost_a_correction_and_a_sheet_are_told(plan, kpi, alice):
    plan.moved_goalposts.create(
        kind="kpis.kpi", row=kpi.pk, name="Leads", field="target", old="50", new="40", deadline=plan.ends_on
    )
    reading = kpi.readings.get()
    kpi.readings.update(entered_at=timezone.now() - dt.timedelta(days=2))
    reading.refresh_from_db()
    reading.history.update(entered_at=reading.entered_at)
    reading.value = Decimal(9)
    reading.save()
    SheetImport.objects.create(plan=plan, by=alice, file_name="leads.csv", size=12, state=SheetImport.State.DONE)
    SheetImport.objects.create(plan=plan, by=alice, file_name="open.csv", size=12)

    words = sorted(text for mark in told(kpi) for text in mark)

    assert len(words) == 3
    assert words[0].startswith("Target: cut by 20%, from 50")
    assert words[1] == "leads.csv, 12 rows"
    assert words[2].startswith("week 10 corrected, was ")


def test_events_of_one_week_share_a_mark_that_counts_them(kpi):
    for number in range(5):
        done(kpi.objective, f"Step {number}", MONDAY + number * DAY)

    (mark,) = marks_of(kpi, ["actions"])

    assert (mark.number, mark.when, mark.day) == (1, "week 10", MONDAY + 4 * DAY)
    assert mark.words == "Step 0; Step 1; Step 2; and 2 more"


def test_what_was_on_one_day_says_the_day(kpi):
    done(kpi.objective, "Call")

    assert marks_of(kpi, ["actions"])[0].when == "2 Mar 2026"


@pytest.mark.parametrize(
    ("weeks", "marks", "when"), [(24, 24, "2 Mar 2026"), (30, 7, "March 2026"), (130, 11, "Q1 2026")]
)
def test_where_there_are_many_marks_stand_for_longer(kpi, weeks, marks, when):
    for week in range(weeks):
        done(kpi.objective, f"Week {week}", MONDAY + week * 7 * DAY)

    found = marks_of(kpi, ["actions"])

    assert (len(found), found[0].when) == (marks, when)
    assert len(found) <= MOST_MARKS


def test_the_chart_numbers_them_and_its_table_and_picture_have_their_words(plan, kpi):
    done(kpi.objective, "Call <dormant> accounts")
    chart = run_of(kpi, plan, today=MONDAY)

    assert (marks_in(chart)["text"], marks_in(chart)["x"]) == (["1"], ["2026-03-02"])
    assert chart.figure["layout"]["meta"]["notes"] == ["1. 2 Mar 2026: Call &lt;dormant&gt; accounts"]
    assert chart.columns[-1] == "What happened"
    assert [row[-1] for row in chart.rows if row[-1]] == ["Call <dormant> accounts"]


def test_a_kind_that_is_turned_off_is_neither_drawn_nor_listed(as_bob, plan, kpi):
    done(kpi.objective, "Call dormant accounts")

    page = as_bob.get(reverse("kpis:kpi_events", args=[kpi.pk]) + "?events=imports&at=actions")
    chart = run_of(kpi, plan, today=MONDAY, events="imports")

    assert "Call dormant accounts" not in page.text
    assert "Nothing of what is shown here has happened yet" in page.text
    assert 'autofocus><span class="visually-hidden">Show </span>Actions finished' in page.text
    assert all(trace["name"] != "what happened" for trace in chart.figure["data"])


def test_the_page_of_a_kpi_asks_for_its_events_and_for_the_chart_that_fits(as_bob, kpi):
    text = as_bob.get(reverse("kpis:kpi_detail", args=[kpi.pk]) + "?events=imports&at=actions").text

    assert f'data-plots="{reverse("kpis:kpi_plots", args=[kpi.pk])}?events=imports"' in text
    assert f'hx-get="{reverse("kpis:kpi_events", args=[kpi.pk])}?events=imports&amp;at=actions"' in text


@pytest.mark.parametrize(
    ("text", "kinds"),
    [("", 5), (None, 5), ("none", 0), ("actions,imports", 2), ("<b>", 0), ("imports,imports", 1)],
)
def test_any_address_is_understood(text, kinds):
    assert len(read_kinds(text)) == kinds


@pytest.mark.parametrize("count", [1, 3])
def test_the_events_cost_the_same_however_many(as_bob, kpi, count, django_assert_num_queries):
    for number in range(count):
        done(kpi.objective, f"Step {number}").kpis.add(kpi)

    # session, user, KPI, plan; actions, goalposts, corrections, sheets, decisions; frame (3)
    with django_assert_num_queries(12):
        page = as_bob.get(reverse("kpis:kpi_events", args=[kpi.pk]))

    assert page.text.count("Step") == count


def test_the_overview_tells_what_people_outside_may_see_alone(plan, kpi, alice):
    done(kpi.objective, "Call dormant accounts")
    SheetImport.objects.create(plan=plan, by=alice, file_name="leads.csv", size=12, state=SheetImport.State.DONE)

    chart = figures_of(plan, dt.date(2026, 12, 1)).run

    assert marks_in(chart)["text"] == ["1"]


def test_another_room_adds_a_source_of_its_own(kpi, monkeypatch):
    monkeypatch.setattr(annotations, "_sources", dict(annotations._sources))
    register_annotations("calls", "Calls", lambda kpi: [Annotation(MONDAY, f"{kpi}: ask more")])

    assert told(kpi, read_kinds("calls")) == [["Leads: ask more"]]
