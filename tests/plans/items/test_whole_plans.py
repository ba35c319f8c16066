"""Copying a plan into a new period, and bringing back what was deleted."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from plans.budget.queries import budget_figures
from plans.items.services import duplicate_plan
from plans.models import Action, BinnedItem, BudgetEntry, BudgetLine, CompanyProfile, Plan
from tests.factories import (
    ActionFactory,
    AdjustmentFactory,
    AllocationFactory,
    BinnedItemFactory,
    BudgetEntryFactory,
    BudgetLineFactory,
    CompanyProfileFactory,
    PlanFactory,
    TeamFactory,
)


def test_a_copy_has_every_date_moved(plan, alice):
    ActionFactory(objective__plan=plan, starts_on=dt.date(2026, 2, 1), deadline=dt.date(2026, 3, 31))

    copy = duplicate_plan(plan, name="2027", starts_on=dt.date(2027, 1, 1), owner=alice)

    action = Action.objects.get(plan=copy)
    assert (copy.starts_on, copy.ends_on) == (dt.date(2027, 1, 1), dt.date(2027, 12, 31))
    assert (action.starts_on, action.deadline) == (dt.date(2027, 2, 1), dt.date(2027, 3, 31))


def test_a_copied_action_asks_for_the_same_effort(plan, alice):
    ActionFactory(objective__plan=plan, effort="7.5")

    copy = duplicate_plan(plan, name="2027", starts_on=dt.date(2027, 1, 1), owner=alice)

    assert Action.objects.get(plan=copy).effort == 7.5


def test_a_copied_year_ends_with_the_year_leap_day_or_not(plan, alice):
    copy = duplicate_plan(plan, name="2028", starts_on=dt.date(2028, 1, 1), owner=alice)

    assert copy.ends_on == dt.date(2028, 12, 31)


def test_intentions_are_copied_and_what_happened_is_not(plan, alice):
    CompanyProfileFactory(plan=plan, company_name="Innovatech Solutions")
    BudgetEntryFactory(line__plan=plan)

    copy = duplicate_plan(plan, name="2027", starts_on=dt.date(2027, 1, 1), owner=alice)

    assert (copy.status, copy.owner) == (Plan.Status.DRAFT, alice)
    assert BudgetLine.objects.filter(plan=copy).count() == 1
    assert not BudgetEntry.objects.filter(plan=copy).exists()
    assert CompanyProfile.objects.get(plan=copy).company_name == "Innovatech Solutions"


def test_the_budget_of_a_copy_begins_as_it_was_agreed_last(plan, alice):
    fairs = BudgetLineFactory(plan=plan, name="Trade fairs", planned=30_000)
    training = BudgetLineFactory(plan=plan, name="Training", planned=10_000)
    AdjustmentFactory(plan=plan, from_line=training, to_line=fairs, amount=4_000)
    AllocationFactory(line=fairs, action=ActionFactory(objective__plan=plan), amount=33_000)

    copy = duplicate_plan(plan, name="2027", starts_on=dt.date(2027, 1, 1), owner=alice)

    rows = [(row.line.name, row.planned, row.adjusted, row.unallocated) for row in budget_figures(copy).rows]
    assert rows == [("Trade fairs", 34_000, 34_000, 1_000), ("Training", 6_000, 6_000, 6_000)]
    assert budget_figures(plan).planned == 40_000


def test_the_page_says_with_which_amounts_the_budget_begins(as_alice, plan):
    page = as_alice.get(reverse("plans:plan_duplicate", args=[plan.pk]))

    assert "Each budget line begins with its adjusted amount." in page.text


def test_the_form_proposes_the_following_period_and_makes_one_copy(as_alice, plan):
    url = reverse("plans:plan_duplicate", args=[plan.pk])
    proposed = as_alice.get(url).context["form"].initial

    for _time in range(2):
        as_alice.post(url, {"name": "Next year", "starts_on": proposed["starts_on"]})

    assert proposed["starts_on"] == dt.date(2027, 1, 1)
    assert Plan.objects.filter(name="Next year").count() == 1


def test_a_closed_plan_can_be_copied(as_alice, workspace):
    plan = PlanFactory(workspace=workspace, status=Plan.Status.CLOSED)

    as_alice.post(reverse("plans:plan_duplicate", args=[plan.pk]), {"name": "Next year", "starts_on": "2027-01-01"})

    assert Plan.objects.filter(name="Next year", status=Plan.Status.DRAFT).exists()


def test_readers_cannot_copy_a_plan(as_bob, plan):
    response = as_bob.post(
        reverse("plans:plan_duplicate", args=[plan.pk]), {"name": "Next year", "starts_on": "2027-01-01"}
    )

    assert response.status_code == 403
    assert Plan.objects.count() == 1


def test_what_was_deleted_stands_in_the_bin_and_comes_back_from_there(as_alice, plan):
    as_alice.post(reverse("plans:team_delete", args=[TeamFactory(plan=plan, name="Events").pk]))

    page = as_alice.get(reverse("plans:bin", args=[plan.pk]))

    binned = BinnedItem.objects.get()
    assert "Events" in page.text
    assert reverse("plans:item_restore", args=[binned.pk]) in page.text


def test_the_bin_forgets_after_thirty_days(as_alice, plan):
    BinnedItemFactory(plan=plan, label="Old", deleted_at=timezone.now() - dt.timedelta(days=31))
    BinnedItemFactory(plan=plan, label="Recent")

    response = as_alice.get(reverse("plans:bin", args=[plan.pk]))

    assert [item.label for item, _kind, _mine in response.context["rows"]] == ["Recent"]


def test_readers_see_the_bin_and_are_not_offered_to_bring_back(as_bob, plan):
    binned = BinnedItemFactory(plan=plan)

    response = as_bob.get(reverse("plans:bin", args=[plan.pk]))

    assert "Sales" in response.text
    assert reverse("plans:item_restore", args=[binned.pk]) not in response.text


@pytest.mark.parametrize("item_count", [1, 3])
def test_the_number_of_queries_of_the_bin_does_not_grow(as_alice, plan, item_count, django_assert_num_queries):
    BinnedItemFactory.create_batch(item_count, plan=plan)
    url = reverse("plans:bin", args=[plan.pk])
    as_alice.get(url)

    with django_assert_num_queries(5):  # session, user, plan, bin; in the rail: workspaces
        as_alice.get(url)
