"""Two moments of a plan side by side."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from kpis.models import Kpi
from kpis.snapshots.services import take_snapshot
from plans.items.bin import bin_item
from tests.factories import (
    ActionFactory,
    BudgetLineFactory,
    KpiFactory,
    MilestoneFactory,
    ObjectiveFactory,
    PlanFactory,
    ReadingFactory,
    RoleFactory,
    SnapshotFactory,
)


@pytest.fixture
def ask(client, plan):
    def answer(**query):
        return client.get(
            reverse("kpis:plan_compare", args=[plan.pk], query={"from": "2026-01-05", "to": "now", **query})
        )

    return answer


def words(response):
    return {group.key: group.sentences for group in response.context["groups"]}


def save(row, **values):
    for name, value in values.items():
        setattr(row, name, value)
    row.save()


@pytest.fixture
def since(plan, alice):
    """The plan as it is now, to compare with later."""

    def key():
        return f"s{take_snapshot(plan, alice, 'Before').pk}"

    return key


def test_what_was_done_to_actions_is_said_in_words(ask, as_bob, plan, mark, since):
    objective = ObjectiveFactory(plan=plan)
    done, late, gone = (
        ActionFactory(objective=objective, title=f"Action {n}", deadline=dt.date(2026, 3, 1)) for n in range(3)
    )
    before = since()
    save(done, status="done", done_on=dt.date(2026, 2, 1))
    save(late, deadline=dt.date(2026, 3, 15), person=mark)
    bin_item(gone, by=mark)
    ActionFactory(objective=objective, deadline=None)

    assert words(ask(**{"from": before}))["actions"] == [
        "1 action was added.",
        "1 action was deleted.",
        "1 action was finished.",
        "Somebody else answers for 1 action.",
        "1 action was put off by 14 days.",
        "Actions that are late: 3 → 1.",
    ]


def test_a_target_that_was_cut_says_by_how_much(ask, as_bob, plan, since):
    kpi = KpiFactory(plan=plan, name="Leads", unit="leads", target=500, deadline=dt.date(2026, 6, 30))
    before = since()
    save(kpi, target=Decimal(400), deadline=dt.date(2026, 7, 14))

    assert words(ask(**{"from": before}))["goalposts"] == [
        "The target of “Leads” was cut from 500\xa0leads to 400\xa0leads (−20%).",
        "“Leads” has until 14 Jul, 14 days longer.",
    ]


def test_a_raised_target_and_any_other_goalpost_are_said_too(ask, as_bob, plan, since):
    objective = ObjectiveFactory(plan=plan, title="Sales", unit="€", baseline=100, target=200)
    before = since()
    save(objective, target=Decimal(250), baseline=Decimal(110))

    assert words(ask(**{"from": before}))["goalposts"] == [
        "“Sales”, Baseline: 100\xa0€ → 110\xa0€.",
        "The target of “Sales” was raised from 200\xa0€ to 250\xa0€ (+25%).",
    ]


def test_money_team_and_the_plan_have_their_own_sentences(ask, as_bob, plan, since):
    line = BudgetLineFactory(plan=plan, name="Fairs", planned=1000)
    role = RoleFactory(team__plan=plan, title="CRM manager", holder_name="Ann")
    before = since()
    save(line, planned=Decimal(13_000))
    save(role, holder_name="Ben")
    save(plan, name="Growth")

    said = words(ask(**{"from": before}))

    assert said["budget"] == ["The budget grew by 12,000\xa0€ to 13,000\xa0€."]
    assert said["team"] == ["“CRM manager” is held by Ben, before by Ann."]
    assert said["plan"] == ["Name: Sales growth plan 2026 → Growth."]


def test_a_status_that_moved_is_said_and_struck_through(ask, as_bob, plan, since):
    action = ActionFactory(objective__plan=plan, title="Call lost accounts")
    before = since()
    save(action, status="blocked")

    text = ask(**{"from": before}).text

    assert '<del class="num"><span class="visually-hidden">before: </span>Not started</del>' in text
    assert '<ins class="num"><span class="visually-hidden">now: </span>Blocked</ins>' in text


def test_only_what_changed_is_shown_unless_one_asks_for_all(ask, as_bob, plan, since):
    same, other = ActionFactory(objective__plan=plan, title="Stays"), ActionFactory(objective__plan=plan, title="Moves")
    before = since()
    save(other, title="Moved")

    assert same.title not in ask(**{"from": before}).text
    assert same.title in ask(**{"from": before, "rows": "all"}).text


def test_one_kind_of_row_can_be_looked_at_alone(ask, as_bob, plan, since):
    before = since()
    KpiFactory(plan=plan)
    ActionFactory(objective__plan=plan)

    tables = ask(**{"from": before, "kind": "kpis"}).context["tables"]

    assert [table.section.key for table in tables] == ["kpis"]


def test_a_long_kind_is_read_page_by_page(ask, as_bob, plan, since, monkeypatch):
    monkeypatch.setattr("kpis.snapshots.compare_views.FEW", 2)
    monkeypatch.setattr("kpis.snapshots.compare_views.MANY", 2)
    objective = ObjectiveFactory(plan=plan)
    before = since()
    for nth in range(3):
        ActionFactory(objective=objective, title=f"Action {nth}")

    together, second = ask(**{"from": before}), ask(**{"from": before, "kind": "actions", "page": "2"})

    assert "Show 1 more" in together.text
    assert [line.name for line in second.context["tables"][0].lines] == ["Action 2"]


def test_nothing_changed_says_so(ask, as_bob, plan, since):
    assert "Nothing has changed" in ask(**{"from": since()}).text


def test_two_days_are_compared_as_they_were_known_then(ask, as_bob, plan, happened):
    action = ActionFactory(objective__plan=plan, title="Call lost accounts")
    happened(action.objective, dt.datetime(2026, 2, 2, 12, tzinfo=dt.UTC))
    happened(action, dt.datetime(2026, 2, 2, 12, tzinfo=dt.UTC))
    save(action, title="Call every account")
    happened(action, dt.datetime(2026, 2, 20, 12, tzinfo=dt.UTC))

    assert words(ask(**{"from": "2026-02-01", "to": "2026-02-10"}))["actions"] == ["1 action was added."]
    assert "Call every account" not in ask(**{"from": "2026-02-01", "to": "2026-02-10"}).text
    assert "Call every account" in ask(**{"from": "2026-02-10", "to": "2026-03-01"}).text


def test_a_day_ends_at_midnight_of_the_company(ask, as_bob, plan, workspace, happened):
    workspace.time_zone = "America/New_York"
    workspace.save()
    objective = ObjectiveFactory(plan=plan, title="Late in the evening")
    happened(objective, dt.datetime(2026, 2, 3, 3, tzinfo=dt.UTC))

    assert "Late in the evening" in ask(**{"from": "2026-02-01", "to": "2026-02-02"}).text
    assert "Late in the evening" not in ask(**{"from": "2026-02-01T00:00", "to": "2026-02-02T21:30"}).text


def test_an_address_may_name_a_moment_with_its_zone(ask, as_bob, plan, happened):
    objective = ObjectiveFactory(plan=plan, title="At noon")
    happened(objective, dt.datetime(2026, 2, 2, 12, tzinfo=dt.UTC))

    assert "At noon" in ask(to="2026-02-02T13:30+01:00").text
    assert "At noon" not in ask(to="2026-02-02T12:30+01:00").text


@pytest.mark.parametrize(
    ("end", "why"),
    [
        ("2999-01-01", "This day is still to come. Choose one until today."),
        ("soon", "Write a day as 2026-03-31, or choose one."),
        ("2026-02-30", "Write a day as 2026-03-31, or choose one."),
        ("s4711", "There is no such snapshot of this plan. It may have been deleted."),
        ("2020-01-01", "The plan was not made yet on 1 January 2020. Choose a later day."),
    ],
)
def test_what_is_no_moment_is_explained_beside_its_field(ask, as_bob, plan, end, why):
    response = ask(**{"from": end})

    assert response.status_code == 422
    assert f'id="from-error">{why}' in response.text


def test_a_snapshot_of_another_plan_is_none_of_this_one(ask, as_bob, plan, workspace):
    other = SnapshotFactory(plan=PlanFactory(workspace=workspace))

    assert ask(**{"from": f"s{other.pk}"}).status_code == 422


def test_the_form_leads_to_the_address_that_says_the_same(as_bob, plan):
    url = reverse("kpis:plan_compare", args=[plan.pk])

    response = as_bob.get(url, {"from": "day", "from_day": "2026-02-01", "to": "now", "to_day": "", "kind": "kpis"})

    assert response.url == f"{url}?from=2026-02-01&to=now&kind=kpis"


def test_read_backwards_it_offers_to_turn_round(ask, as_bob, plan):
    ObjectiveFactory(plan=plan)

    assert "this is read backwards" in ask(**{"from": "now", "to": "2026-01-05"}).text


def test_there_are_short_ways_to_what_one_compares_most(ask, as_bob, plan, alice):
    review = take_snapshot(plan, alice, "Q1 review", "review")
    plan.approved_at = timezone.now()
    plan.save()

    presets = {preset.label: preset.key for preset in ask().context["presets"]}

    assert list(presets) == ["Since last week", "Since the last review", "Since approval"]
    assert presets["Since the last review"] == f"s{review.pk}"
    assert all(ask(**{"from": key}).status_code == 200 for key in presets.values())


def test_a_value_read_again_is_another_value(ask, as_bob, plan, since):
    kpi = KpiFactory(plan=plan)
    ReadingFactory(kpi=kpi, period=dt.date(2026, 1, 5), value=3)
    before = since()
    ReadingFactory(kpi=kpi, period=dt.date(2026, 1, 12), value=3)

    response = ask(**{"from": before})

    assert words(response)["kpis"] == ["1 KPI has another value."]
    (line,) = response.context["tables"][0].lines
    assert [cell.label for cell in line.others] == ["Last period read", "Expected"]


def test_milestones_that_were_reached_are_said(ask, as_bob, plan, since):
    milestone = MilestoneFactory(objective__plan=plan, objective__title="Launch three modules")
    before = since()
    save(milestone, done_on=dt.date(2026, 2, 2))

    assert words(ask(**{"from": before}))["kpis"] == ["“Launch three modules”, milestones reached: 0 → 1."]


def test_what_has_no_sentence_stands_in_the_table(ask, as_bob, plan, since):
    action = ActionFactory(objective__plan=plan)
    before = since()
    save(action, priority=1)

    text = ask(**{"from": before}).text

    assert "Only details have changed" in text
    assert '<span class="visually-hidden">now: </span>Urgent</ins>' in text


def test_the_differences_are_a_sheet_without_formulas(ask, as_bob, plan, since):
    action = ActionFactory(objective__plan=plan, title="=cmd")
    before = since()
    save(action, deadline=dt.date(2026, 3, 1))

    response = ask(**{"from": before, "download": "csv"})

    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response.content.decode("utf-8-sig").splitlines() == [
        "Kind,Name,What happened,Field,Before,After",
        "Actions,'=cmd,changed,Deadline,,2026-03-01",
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_the_same_however_much_changed(ask, as_bob, plan, mark, count, django_assert_num_queries):
    for nth in range(count):
        action = ActionFactory(objective__plan=plan, title=f"Action {nth}", person=mark)
        KpiFactory(plan=plan, measure=Kpi.Measure.TOTAL).actions.add(action)
    ask()

    # session, user, plan, frame, snapshots, when it was made; rows at both moments, and people at the one that has any
    with django_assert_num_queries(9):
        response = ask()

    assert response.text.count("Action ") >= count
