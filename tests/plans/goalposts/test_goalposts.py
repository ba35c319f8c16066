"""Once a plan is approved its goalposts move with a reason only, whatever moves them, and what they were stays."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import models
from django.urls import reverse

from kpis.models import Kpi
from plans.goalposts.queries import moved_goalposts, moved_of, original_of
from plans.items.bin import bin_item, restore_item
from plans.items.services import duplicate_plan
from plans.models import MovedGoalpost, Objective, Plan
from plans.plan.services import change_status
from salesplan.lib.refusal import Refused
from tests.factories import KpiFactory, MovedGoalpostFactory, ObjectiveFactory, PlanFactory, ReadingFactory

NOW = dt.datetime(2026, 8, 19, 8, tzinfo=dt.UTC)
DAY = dt.date(2026, 8, 23)
#: Numbers and dates of these models that are no goals.
NO_GOALPOSTS = {"position", "version", "changed_at", "id", "path_basis", "weight"}
OTHER = {
    "measure": "total",
    "direction": "less",
    "baseline": Decimal(1),
    "target": Decimal(40),
    "band_low": Decimal(3),
    "band_high": Decimal(9),
    "starts_on": dt.date(2026, 2, 1),
    "deadline": dt.date(2026, 12, 1),
}


@pytest.fixture(autouse=True)
def wednesday(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def approved(plan):
    Plan.objects.filter(pk=plan.pk).update(approved_at=dt.datetime(2026, 1, 1, 9, tzinfo=dt.UTC))
    plan.refresh_from_db()
    return plan


@pytest.fixture
def kpi(approved):
    row = KpiFactory(plan=approved, name="Qualified leads", unit="leads", baseline=30, target=50, deadline=DAY)
    row.refresh_from_db()
    return row


@pytest.fixture
def objective(approved):
    figures = {"unit": "leads", "baseline": 30, "target": 50, "starts_on": dt.date(2026, 1, 1), "measure": "level"}
    row = ObjectiveFactory(plan=approved, title="More leads", deadline=DAY, **figures)
    row.refresh_from_db()
    return row


def form_of(client, url):
    """What the form holds, as it would be sent."""
    form = client.get(url).context["form"]
    return {name: form[name].value() for name in form.fields if form[name].value() not in (None, [], False)}


# What is a goalpost


@pytest.mark.parametrize("model", [Kpi, Objective])
def test_every_number_and_date_of_a_goal_is_a_goalpost(model):
    """A new figure is one as well, or says here that it is none."""
    kinds = (models.DecimalField, models.DateField, models.IntegerField, models.FloatField, models.JSONField)
    figures = {f.name for f in model._meta.concrete_fields if isinstance(f, kinds)} - NO_GOALPOSTS

    assert figures <= set(model.GOALPOSTS)


@pytest.mark.parametrize("factory", [KpiFactory, ObjectiveFactory])
@pytest.mark.parametrize("field", sorted(OTHER))
def test_no_goalpost_is_written_without_a_reason_and_each_is_kept_with_it(approved, factory, field):
    other = "level" if (factory, field) == (ObjectiveFactory, "measure") else OTHER[field]
    row = factory(plan=approved)
    setattr(row, field, other)

    with pytest.raises(Refused):
        row.save()
    with pytest.raises(Refused):
        row.save(update_fields=[field])
    row.moved_because = "The market shrank"
    row.save()

    (moved,) = moved_of(row)
    assert (moved.field, moved.values[1], moved.reason) == (field, other, "The market shrank")


@pytest.mark.parametrize(
    "change",
    [
        {"on_track_percent": 80, "at_risk_percent": 70},
        {"path": "typed", "path_from": dt.date(2026, 1, 1), "path_points": ["10", "40.5"]},
    ],
)
def test_so_are_the_rules_of_a_kpi_and_the_path_to_its_target(kpi, change):
    for field, value in change.items():
        setattr(kpi, field, value)

    with pytest.raises(Refused):
        kpi.save()
    kpi.moved_because = "The market shrank"
    kpi.save()

    assert {move.field: move.values[1] for move in moved_of(kpi)} == change


def test_a_path_of_many_periods_is_kept_and_told(kpi):
    kpi.path_points, kpi.moved_because = [str(number) for number in range(53)], "The fair moved"
    kpi.save()

    (moved,) = moved_of(kpi)
    assert moved.words == ("Targets of the periods: from – to 0; 1; 2; 3; 4; 5; 6; 7; 8; 9; 10; 11 and 41 more")
    assert original_of(kpi, [moved]).path_points == []


def test_what_is_no_goalpost_changes_freely(kpi):
    kpi.name = "Leads"
    kpi.save()

    assert not MovedGoalpost.objects.exists()


def test_a_reason_counts_for_one_change(kpi):
    kpi.target, kpi.moved_because = Decimal(40), "The market shrank"
    kpi.save()
    kpi.target = Decimal(30)

    with pytest.raises(Refused):
        kpi.save()


def test_a_draft_moves_its_goalposts_freely(workspace):
    kpi = KpiFactory(plan=PlanFactory(workspace=workspace, status="draft"))
    kpi.target = Decimal(40)
    kpi.save()

    assert not MovedGoalpost.objects.exists()


# Approval


def test_to_begin_a_plan_is_to_approve_it(as_alice, alice, workspace):
    plan = PlanFactory(workspace=workspace, status="draft")

    as_alice.post(reverse("plans:plan_status", args=[plan.pk]), {"status": "active"})

    plan.refresh_from_db()
    assert (plan.approved_at, plan.approved_by) == (NOW, alice)


def test_back_in_the_draft_it_stays_approved(kpi, approved, alice):
    change_status(approved, to="draft")
    change_status(approved, to="active", by=alice)

    assert (approved.approved_at, approved.approved_by) == (dt.datetime(2026, 1, 1, 9, tzinfo=dt.UTC), None)


def test_a_copy_is_a_draft_with_no_goalpost_moved(kpi, approved, alice):
    MovedGoalpostFactory(plan=approved, row=kpi.pk)

    copy = duplicate_plan(approved, owner=alice, name="2027", starts_on=dt.date(2027, 1, 1))

    assert copy.approved_at is None
    assert moved_goalposts(copy) == []


def test_what_comes_back_from_the_bin_has_moved_nothing(kpi, alice):
    restore_item(bin_item(kpi, by=alice))

    assert not MovedGoalpost.objects.exists()


# Forms


@pytest.mark.parametrize("kind", ["kpi", "objective"])
def test_the_form_asks_why_when_a_goalpost_moves_and_nothing_typed_is_lost(as_alice, request, kind, htmx):
    row = request.getfixturevalue(kind)
    app = "kpis" if kind == "kpi" else "plans"
    url, name = reverse(f"{app}:{kind}_edit", args=[row.pk]), "name" if kind == "kpi" else "title"
    typed = form_of(as_alice, url) | {"target": "40", name: "Fewer leads"}

    asked = as_alice.post(url, typed, headers=htmx())
    told = as_alice.post(url, typed | {"moved_because": "The market shrank"}, headers=htmx())

    assert (asked.status_code, told.status_code) == (422, 200)
    assert "The plan was approved on 1 Jan 2026. Say why this changes." in asked.text
    assert "<textarea" in asked.text
    assert 'value="Fewer leads"' in asked.text
    row.refresh_from_db()
    assert row.target == 40
    assert moved_of(row)[0].reason == "The market shrank"


@pytest.mark.parametrize("typed", [{"name": "Leads"}, {}])
def test_the_form_does_not_ask_when_nothing_moves(as_alice, kpi, typed, htmx):
    url = reverse("kpis:kpi_edit", args=[kpi.pk])

    assert as_alice.post(url, form_of(as_alice, url) | typed, headers=htmx()).status_code == 200


def test_the_question_is_not_shown_before(as_alice, kpi, htmx):
    page = as_alice.get(reverse("kpis:kpi_edit", args=[kpi.pk]), headers=htmx()).text

    assert "Why the goalpost moves" not in page


def test_a_restored_state_needs_a_reason_as_well(as_alice, kpi):
    first = kpi.version
    kpi.target, kpi.moved_because = Decimal(40), "The market shrank"
    kpi.save()
    url = reverse("kpis:kpi_restore", args=[kpi.pk], query={"state": first})

    asked = as_alice.post(url, {"version": kpi.version})
    as_alice.post(url, {"version": kpi.version, "moved_because": "It came back"})

    assert asked.status_code == 422
    assert "The plan is approved. Say why this changes." in asked.text
    kpi.refresh_from_db()
    assert kpi.target == 50
    assert [moved.reason for moved in moved_of(kpi)] == ["It came back", "The market shrank"]


# What is told of it


@pytest.mark.parametrize(
    ("move", "words"),
    [
        ({}, "Target: cut by 20%, from 50 leads to 40 leads"),
        ({"new": "55"}, "Target: raised by 10%, from 50 leads to 55 leads"),
        ({"old": ""}, "Target: from – to 40 leads"),
        ({"old": "0"}, "Target: from 0 leads to 40 leads"),
        ({"old": "-50", "new": "-60"}, "Target: cut by 20%, from −50 leads to −60 leads"),
        (
            {"field": "deadline", "old": "2026-08-23", "new": "2026-09-06"},
            "Target date: 14 days later, from 23 Aug 2026 to 6 Sep 2026",
        ),
        ({"field": "direction", "old": "more", "new": "less"}, "Direction: from More is better to Less is better"),
    ],
)
def test_a_move_is_told_in_words(approved, move, words):
    MovedGoalpostFactory(plan=approved, **move)

    assert moved_goalposts(approved)[0].words.replace("\xa0", " ") == words


@pytest.mark.parametrize(
    ("deadline", "words"),
    [
        (dt.date(2026, 8, 23), "4 days before its deadline"),
        (dt.date(2026, 8, 20), "1 day before its deadline"),
        (dt.date(2026, 8, 19), "on the day of its deadline"),
        (dt.date(2026, 8, 17), "2 days after its deadline"),
    ],
)
def test_so_is_how_long_before_the_deadline(approved, deadline, words):
    MovedGoalpostFactory(plan=approved, deadline=deadline)

    assert moved_goalposts(approved)[0].timing == words


def test_those_since_a_moment_are_asked_for(approved):
    MovedGoalpostFactory(plan=approved, moved_at=NOW - dt.timedelta(days=8))
    lately = MovedGoalpostFactory(plan=approved)

    assert moved_goalposts(approved, since=NOW - dt.timedelta(days=7)) == [lately]


def test_the_original_is_what_it_was_at_approval(kpi):
    for target in (40, 35):
        kpi.target, kpi.moved_because = Decimal(target), "The market shrank"
        kpi.save()

    assert original_of(kpi, moved_of(kpi)).target == 50
    assert kpi.target == 35


def test_a_kpi_is_judged_against_its_original_and_its_current_goal(as_bob, kpi, htmx):
    url = reverse("kpis:kpi_goalposts", args=[kpi.pk])
    assert url not in as_bob.get(kpi.get_absolute_url()).text
    ReadingFactory(kpi=kpi, period=dt.date(2026, 8, 10), value=41)
    kpi.target, kpi.moved_because = Decimal(40), "The market shrank"
    kpi.save()

    assert url in as_bob.get(kpi.get_absolute_url()).text
    response = as_bob.get(url, headers=htmx("kpi-goalposts"))
    assert "<html" not in response.text
    assert (response.context["original"].status, response.context["progress"].status) == ("off_track", "on_track")
    assert "Target: cut by 20%, from 50\xa0leads to 40\xa0leads" in response.text


def test_the_original_is_judged_by_the_rules_of_the_company(as_bob, kpi, htmx):
    ReadingFactory(kpi=kpi, period=dt.date(2026, 8, 10), value=41)
    workspace = kpi.plan.workspace
    workspace.on_track_percent, workspace.at_risk_percent = 90, 50
    workspace.save()
    kpi.on_track_percent, kpi.at_risk_percent, kpi.moved_because = 60, 40, "We learn"
    kpi.save()

    response = as_bob.get(reverse("kpis:kpi_goalposts", args=[kpi.pk]), headers=htmx("kpi-goalposts"))

    assert (response.context["original"].status, response.context["progress"].status) == ("at_risk", "on_track")


def test_the_page_of_an_objective_fetches_what_was_moved_of_it(as_bob, objective, htmx):
    url = reverse("plans:objective_goalposts", args=[objective.pk])
    assert url not in as_bob.get(objective.get_absolute_url()).text
    objective.target, objective.moved_because = Decimal(40), "The market shrank"
    objective.save()

    assert url in as_bob.get(objective.get_absolute_url()).text
    part = as_bob.get(url, headers=htmx("objective-goalposts")).text
    assert "Target: cut by 20%" in part
    assert "When approved" in part
    assert "<html" not in part


def test_a_tile_of_the_overview_hints_at_it(as_bob, kpi):
    Kpi.objects.filter(pk=kpi.pk).update(on_dashboard=True)
    ReadingFactory(kpi=kpi, period=dt.date(2026, 8, 10), value=41)
    kpi.refresh_from_db()
    kpi.target, kpi.moved_because = Decimal(40), "The market shrank"
    kpi.save()

    assert "Moved since the plan was approved" in as_bob.get(kpi.plan.get_absolute_url()).text


def test_the_page_lists_them_and_filters_by_what_was_moved(as_bob, approved):
    MovedGoalpostFactory(plan=approved, row=1, name="Leads")
    MovedGoalpostFactory(plan=approved, row=2, name="Visits", reason="The site was down")
    MovedGoalpostFactory(name="Somebody else's")
    url = reverse("plans:goalposts", args=[approved.pk])

    everything, visits = as_bob.get(url), as_bob.get(url, {"of": "kpis.kpi-2"})

    assert [move.name for move in everything.context["moved"]] == ["Visits", "Leads"]
    assert [move.name for move in visits.context["moved"]] == ["Visits"]
    assert "The site was down" in visits.text
    assert "4 days before its deadline" in visits.text


def test_what_was_moved_stays_when_the_kpi_is_deleted(as_bob, kpi, alice):
    kpi.target, kpi.moved_because = Decimal(40), "The market shrank"
    kpi.save()
    plan = kpi.plan
    bin_item(kpi, by=alice)

    assert "Qualified leads" in as_bob.get(reverse("plans:goalposts", args=[plan.pk])).text


def test_nothing_moved_is_said(as_bob, approved):
    assert "No goalpost was moved" in as_bob.get(reverse("plans:goalposts", args=[approved.pk])).text


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_however_much_was_moved(as_bob, approved, alice, count, django_assert_num_queries):
    MovedGoalpostFactory.create_batch(count, plan=approved, moved_by=alice)

    # session, user, plan; what was moved with who; frame (3)
    with django_assert_num_queries(7):
        response = as_bob.get(reverse("plans:goalposts", args=[approved.pk]))

    assert response.text.count('id="goalpost-') == count
