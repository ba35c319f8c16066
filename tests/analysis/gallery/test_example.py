"""Innovatech Solutions, built through the services that people use (S7.5)."""

import datetime as dt

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import override_settings
from django.utils import timezone

from accounts.models import User, Workspace
from analysis.gallery.innovatech.figures import values_of
from analysis.models import Competitor, ResearchNote, SwotItem
from kpis.kpi.progress import kpi_progress
from kpis.models import Alert, Answer, Decision, Improvement, Reading, Survey
from kpis.snapshots.queries import state_of
from plans.actions.health_keeping import judge_actions
from plans.models import (
    Action,
    Allocation,
    BudgetLine,
    Communication,
    Milestone,
    Notice,
    Objective,
    Persona,
    Plan,
    Responsibility,
    Role,
    SalesStage,
    Segment,
    Story,
)
from plans.plan.completeness import completeness_of

TODAY = dt.date(2026, 8, 17)


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker):
    """The example, built once for all tests here: a year of figures takes its seconds."""
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(DEMO=True):
            call_command("load_example", "--demo-users", "--today", TODAY.isoformat(), verbosity=0)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def example(built, db):
    return Plan.objects.get()


def test_today_lies_in_month_eight_of_twelve(example):
    assert (example.starts_on, example.ends_on) == (dt.date(2026, 1, 1), dt.date(2026, 12, 31))


def test_it_is_complete_in_all_seven_steps(example):
    missing = {
        step.number: [str(check.missing) for check in step.missing] for step in completeness_of(example).steps.values()
    }

    assert missing == {number: [] for number in range(1, 8)}


def test_the_health_of_its_actions_needs_no_second_look(example):
    assert judge_actions(example, timezone.localdate()) == {}
    assert "off_track" in set(Action.objects.values_list("health", flat=True))


def test_the_budget_of_the_article_is_among_its_lines(example):
    lines = BudgetLine.objects.exclude(kind="contingency")

    assert sum(line.planned for line in lines) == 185_000
    assert lines.get(name="Trade fairs").planned == 30_000


def test_the_action_rows_of_the_article_are_among_its_actions(example):
    campaign = Action.objects.get(title="Launch an online advertising campaign")
    programme = Action.objects.get(title="Roll out a loyalty programme")

    assert campaign.objective.title == "Increase sales by 20 %"
    assert {kpi.name for kpi in campaign.kpis.all()} == {"Website traffic growth", "Website conversion rate"}
    assert (campaign.status, programme.status) == ("in_progress", "in_progress")
    assert programme.role.held_by == "Anna Kowalska"


def test_two_actions_are_late(example):
    assert Action.objects.overdue(TODAY).count() == 2


def test_customers_have_said_something_and_something_was_changed(example):
    survey = Survey.objects.get()

    assert survey.answers.count() == 42
    assert survey.kpi.name == "NPS: How do you like working with us?"
    assert survey.kpi.readings.filter(source="survey").count() >= 6
    assert Answer.objects.filter(survey=None).count() == 5
    assert {change.action.title for change in Improvement.objects.all()} == {
        "Send every quote within 48 hours",
        "Move support tickets into the CRM",
    }


def test_some_actions_wait_for_others(example):
    links = Action.waits_for.through.objects.values_list("from_action__title", "to_action__title")

    assert ("Call the forty accounts with falling usage", "Move support tickets into the CRM") in links
    assert len(links) == 4


def test_one_kpi_is_off_its_track_and_one_is_stale(example):
    progress = kpi_progress(example, TODAY)

    assert [item.kpi.name for item in progress if item.pace.status == "off_track"] == ["Sales through partners"]
    assert [item.kpi.name for item in progress if item.freshness.stale] == ["Repeat sales growth"]


def test_alerts_are_open_and_nobody_was_told_of_them(example):
    rules = set(Alert.objects.awake().filter(plan=example).values_list("rule", flat=True))

    assert {"off_pace", "stale", "overload"} <= rules
    assert not Notice.objects.filter(kind="alert").exists()


def test_it_has_a_year_of_figures_with_notes(example):
    first = Reading.objects.order_by("period").first()

    assert first.period < TODAY - dt.timedelta(days=350)
    assert Reading.objects.exclude(note="").count() >= 5


def test_it_can_be_looked_back_at(example):
    """Its year was made this minute, and its history says when each thing happened."""
    drafted, spring, now = (state_of(example, dt.datetime(2026, month, 2, 20, tzinfo=dt.UTC)) for month in (1, 5, 12))

    def done(state):
        return sum(action.status == "done" for action in state.actions)

    assert state_of(example, dt.datetime(2025, 12, 1, tzinfo=dt.UTC)) is None
    decided = Decision.objects.exclude(action=None).count()
    assert (len(drafted.actions), done(drafted)) == (len(now.actions) - decided, 0)
    assert done(drafted) <= done(spring) < done(now)
    assert all(kpi.last_period is None or kpi.last_period <= dt.date(2026, 5, 2) for kpi in spring.kpis)
    assert [sum(line.spent for line in state.lines) for state in (drafted, now)] == [0, spent(example)]


def spent(plan):
    return sum(state.spent for state in state_of(plan).lines)


def test_every_noun_of_the_seven_steps_is_there(example):
    kinds = (
        ResearchNote,
        Competitor,
        SwotItem,
        Objective,
        Milestone,
        Role,
        Communication,
        Responsibility,
        Segment,
        Persona,
        SalesStage,
        Story,
        Allocation,
    )

    assert [kind.__name__ for kind in kinds if not kind.objects.filter(plan=example).exists()] == []


def test_running_it_again_changes_nothing(example, settings):
    settings.DEMO = True
    before = (example.changed_at, Reading.objects.count(), Action.objects.count(), User.objects.count())

    call_command("load_example", "--demo-users", "--today", "2026-09-01", verbosity=0)

    example.refresh_from_db()
    assert (example.changed_at, Reading.objects.count(), Action.objects.count(), User.objects.count()) == before


def test_demo_sign_ins_are_refused_outside_of_the_demo(db, settings):
    settings.DEMO = False
    before = Workspace.objects.count(), User.objects.count()

    with pytest.raises(CommandError, match="SALESPLAN_DEMO"):
        call_command("load_example", "--demo-users")

    assert (Workspace.objects.count(), User.objects.count()) == before


def test_the_same_seed_gives_the_same_figures():
    periods = [dt.date(2026, 1, 5) + dt.timedelta(weeks=week) for week in range(30)]

    assert values_of("sales", periods) == values_of("sales", periods)
    assert len(set(values_of("sales", periods))) > 20
