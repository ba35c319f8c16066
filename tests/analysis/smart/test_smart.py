"""The SMART check: five letters, each with an answer and a verdict from what the plan says."""

import datetime as dt

import pytest
from django.urls import reverse

from analysis.smart.queries import facts_of
from analysis.smart.verdicts import Verdict, smart_answers
from tests.factories import (
    ActionFactory,
    AllocationFactory,
    BudgetLineFactory,
    CompanyProfileFactory,
    KpiFactory,
    MilestoneFactory,
    ObjectiveFactory,
    ReadingFactory,
    SegmentFactory,
    SwotItemFactory,
)

TODAY = dt.date(2026, 6, 30)
YEAR_END = dt.date(2026, 12, 31)


@pytest.fixture
def bare(plan):
    """Nothing but a title."""
    return ObjectiveFactory(plan=plan, title="More sales", unit="", baseline=None, target=None, aim="brand")


@pytest.fixture
def sound(plan, alice):
    """Everything a good objective has."""
    objective = ObjectiveFactory(
        plan=plan,
        segment=SegmentFactory(plan=plan),
        starts_on=plan.starts_on,
        deadline=YEAR_END,
        why_achievable="Last year grew by 14 % without campaigns.",
    )
    MilestoneFactory(objective=objective, due_on=dt.date(2026, 9, 30))
    action = ActionFactory(objective=objective, person=alice)
    AllocationFactory(line=BudgetLineFactory(plan=plan), action=action)
    SwotItemFactory(plan=plan, text="Few references abroad").actions.add(action)
    kpi = KpiFactory(plan=plan, objective=objective, name="Invoiced sales", unit="€", baseline=100, target=200)
    ReadingFactory(kpi=kpi, period=dt.date(2026, 6, 22), value=160)
    return objective


def verdicts(objective, today=TODAY):
    answers = smart_answers(facts_of(objective, objective.plan, today))
    return {answer.key: answer.verdict.value for answer in answers}


def words(objective, key, today=TODAY):
    answers = {answer.key: answer for answer in smart_answers(facts_of(objective, objective.plan, today))}
    return " ".join(note.text for note in answers[key].notes)


def test_a_sound_objective_passes_every_letter(sound):
    assert set(verdicts(sound).values()) == {Verdict.PASS}


def test_a_bare_title_misses_every_letter_and_says_where_to_mend_it(bare):
    answers = smart_answers(facts_of(bare, bare.plan, TODAY))

    assert {answer.key: answer.verdict for answer in answers} == {
        "specific": Verdict.MISSING,
        "measurable": Verdict.MISSING,
        "achievable": Verdict.MISSING,
        "relevant": Verdict.MISSING,
        "time_bound": Verdict.MISSING,
    }
    assert all(note.url and note.verb for answer in answers for note in answer.notes if note.gap)


@pytest.mark.parametrize(
    ("change", "key", "verdict", "says"),
    [
        ({"segment": None}, "specific", "check", "for whom or where"),
        ({"segment": None, "description": "Core suite, Benelux"}, "specific", "pass", "what exactly"),
        ({"unit": ""}, "specific", "check", "no unit"),
        ({"baseline": None}, "measurable", "check", "no baseline"),
        ({"target": None}, "measurable", "missing", "no target"),
        ({"direction": "within", "target": None}, "measurable", "missing", "no ends"),
        ({"measure": "milestones", "baseline": None, "target": 3}, "measurable", "pass", "3"),
        ({"aim": "brand"}, "relevant", "check", "not the plan's main aim"),
        ({"aim": "brand", "why_relevant": "Nobody knows us"}, "relevant", "pass", "why it matters"),
        ({"deadline": None}, "time_bound", "missing", "no deadline"),
        ({"deadline": dt.date(2027, 1, 31)}, "time_bound", "check", "outside the plan"),
        ({"starts_on": None}, "time_bound", "check", "no start"),
    ],
)
def test_what_is_missing_is_said_under_its_letter(sound, change, key, verdict, says):
    for name, value in change.items():
        setattr(sound, name, value)

    assert verdicts(sound)[key] == verdict
    assert says in words(sound, key)


def test_a_kpi_without_readings_is_to_be_checked(sound):
    KpiFactory(plan=sound.plan, objective=sound, name="Orders")

    assert verdicts(sound)["measurable"] == "check"
    assert "Orders has no reading yet" in words(sound, "measurable")


def test_a_stale_kpi_is_to_be_checked(sound):
    assert verdicts(sound, dt.date(2026, 8, 30))["measurable"] == "check"
    assert "days ago" in words(sound, "measurable", dt.date(2026, 8, 30))


def test_a_kpi_far_behind_its_track_makes_the_objective_doubtful(sound):
    kpi = sound.kpis.get()
    kpi.readings.update(value=110)

    assert verdicts(sound)["achievable"] == "check"
    assert "Invoiced sales stands at 110\xa0€, where 149\xa0€ was asked for." in words(sound, "achievable")


def test_an_action_without_anybody_responsible_makes_the_objective_doubtful(sound):
    ActionFactory(objective=sound)

    assert verdicts(sound)["achievable"] == "check"
    assert "Of 2 actions 1 have somebody responsible" in words(sound, "achievable")


def test_cancelled_actions_carry_nothing(sound):
    ActionFactory(objective=sound, status="cancelled")

    assert verdicts(sound)["achievable"] == "pass"


def test_bold_growth_over_last_years_sales_wants_a_reason(sound):
    CompanyProfileFactory(plan=sound.plan, annual_sales=1_000_000)
    assert "200% of last year" in words(sound, "achievable")

    sound.why_achievable = ""

    assert verdicts(sound)["achievable"] == "check"


def test_an_unanswered_weakness_is_named(sound):
    sound.actions.get().swot_items.clear()

    assert verdicts(sound)["relevant"] == "check"
    assert "such as “Few references abroad”" in words(sound, "relevant")


def test_without_anything_due_before_the_end_time_is_to_be_checked(sound):
    sound.milestones.all().delete()

    assert verdicts(sound)["time_bound"] == "check"


# The panel and its page


def test_the_panel_is_a_part_of_the_objectives_page_and_a_page_without_javascript(as_alice, sound, htmx):
    url = reverse("analysis:objective_smart", args=[sound.pk])

    panel, page = as_alice.get(url, headers=htmx("smart-check")), as_alice.get(url)

    assert panel.text.strip().startswith('<div class="pan-h">')
    assert "of 5 pass" in panel.text
    assert "<html" in page.text


def test_from_the_objectives_page_a_gap_opens_its_field_in_place(as_alice, bare, htmx):
    url = reverse("analysis:objective_smart", args=[bare.pk])

    panel = as_alice.get(url, headers=htmx("smart-check"))

    assert 'data-field="deadline"' in panel.text
    assert f'href="/objectives/{bare.pk}/change/#id_objective_{bare.pk}_deadline"' in panel.text


def test_readers_see_the_verdicts_without_links_to_mend_them(as_bob, bare):
    page = as_bob.get(reverse("analysis:objective_smart", args=[bare.pk]))

    assert "0 of 5 pass" in page.text
    assert 'class="lnk fix"' not in page.text


def test_strangers_see_neither_panel(client, carol, sound):
    client.force_login(carol)

    for name in ("analysis:objective_smart", "analysis:objective_measures"):
        assert client.get(reverse(name, args=[sound.pk])).status_code == 404


def test_the_kpis_of_the_objective_are_listed_with_their_pace(as_alice, sound, htmx):
    url = reverse("analysis:objective_measures", args=[sound.pk])

    panel = as_alice.get(url, headers=htmx("objective-kpis"))

    assert "Invoiced sales" in panel.text
    assert "160\xa0€" in panel.text


def test_without_kpis_the_panel_says_what_belongs_there(as_alice, bare, htmx):
    url = reverse("analysis:objective_measures", args=[bare.pk])

    assert "No KPI measures this objective yet" in as_alice.get(url, headers=htmx("objective-kpis")).text


def hang(objective, count):
    for kpi in KpiFactory.create_batch(count, plan=objective.plan, objective=objective):
        ReadingFactory.create_batch(1, kpi=kpi)
    for action in ActionFactory.create_batch(count, objective=objective):
        SwotItemFactory(plan=objective.plan).actions.add(action)
    MilestoneFactory.create_batch(count, objective=objective)


@pytest.mark.parametrize("item_count", [1, 3])
def test_the_panel_asks_as_often_for_three_of_everything_as_for_one(
    as_alice, plan, item_count, htmx, django_assert_num_queries
):
    objective = ObjectiveFactory(plan=plan)
    hang(objective, item_count)
    url = reverse("analysis:objective_smart", args=[objective.pk])

    # (11): session, user, objective, plan, profile, KPIs, readings, actions, milestones, SWOT answered and not
    with django_assert_num_queries(11):
        panel = as_alice.get(url, headers=htmx("smart-check"))

    assert panel.text.count("<li") == 5


@pytest.mark.parametrize("item_count", [1, 3])
def test_the_kpis_ask_as_often_for_three_as_for_one(as_alice, plan, item_count, htmx, django_assert_num_queries):
    objective = ObjectiveFactory(plan=plan)
    hang(objective, item_count)
    url = reverse("analysis:objective_measures", args=[objective.pk])

    # (6): session, user, objective, plan, KPIs, readings
    with django_assert_num_queries(6):
        panel = as_alice.get(url, headers=htmx("objective-kpis"))

    assert panel.text.count("<tr>") == 1 + item_count
