"""The first page of all actions is kept until the plan's clock ticks: whatever changes what it says is seen at once."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from kpis.kpi.services import link_action_to_kpis
from plans.actions.models import Action
from plans.items.bin import bin_item, restore_item
from tests.factories import (
    ActionFactory,
    AllocationFactory,
    BudgetLineFactory,
    CommentFactory,
    KpiFactory,
    ObjectiveFactory,
    RoleFactory,
    VisitFactory,
)

SOON = timezone.localdate() + dt.timedelta(days=40)


@pytest.fixture
def action(plan, mia):
    role = RoleFactory(team__plan=plan, title="Sales manager", holder=mia)
    objective = ObjectiveFactory(plan=plan, title="Increase sales")
    return ActionFactory(objective=objective, title="Exhibit in Lyon", role=role, deadline=SOON)


@pytest.fixture
def opened(as_alice, action, plan):
    """Opens the table, which has been opened before."""
    address = reverse("plans:actions", args=[plan.pk]) + "?view=table"

    def opened(query=""):
        return as_alice.get(address + query).text

    assert "Exhibit in Lyon" in opened()
    return opened


def test_what_is_kept_is_not_asked_for_again(as_alice, action, plan, opened, django_assert_num_queries):
    # session, user, plan; in the rail: workspaces
    with django_assert_num_queries(4):
        assert "Exhibit in Lyon" in opened()


def allocate(action):
    AllocationFactory(line=BudgetLineFactory(plan=action.plan), action=action, amount=1_234)
    return ">1,234<"


def rename_kpi(action):
    kpi = KpiFactory(plan=action.plan, name="Leads")
    link_action_to_kpis(action=action, kpis=[kpi])
    kpi.name = "Qualified leads"
    kpi.save()
    return "Qualified leads"


def comment(action):
    CommentFactory(action=action)
    return "1 comment"


def rename_holder(action):
    holder = action.role.holder
    holder.name = "Mia Bianchi"
    holder.save()
    return "Mia Bianchi"


def wait(action):
    action.waits_for.add(ActionFactory(objective=action.objective, deadline=SOON))
    action.save()
    return "waits for 1"


def block(action):
    action.status = Action.Status.BLOCKED
    action.save()
    return "Blocked"


@pytest.mark.parametrize("change", [allocate, rename_kpi, comment, rename_holder, wait, block])
def test_a_change_is_seen(opened, action, change):
    before = opened()

    words = change(action)

    assert words not in before
    assert words in opened()


def test_a_deleted_action_goes_and_comes_back(opened, action, alice):
    binned = bin_item(action, by=alice)
    assert "Exhibit in Lyon" not in opened()

    restore_item(binned)
    assert "Exhibit in Lyon" in opened()


def test_another_order_is_another_page(opened, action):
    ActionFactory(objective=action.objective, title="Advertise")
    assert opened().index("Exhibit in Lyon") < opened().index("Advertise")

    assert opened("&sort=title").index("Advertise") < opened("&sort=title").index("Exhibit in Lyon")


def test_the_language_is_the_readers(opened, action, alice):
    action.status = Action.Status.BLOCKED
    action.save()
    assert "Blocked" in opened()

    alice.language = "pl"
    alice.save()

    with translation.override("pl"):
        assert str(Action.Status.BLOCKED.label) in opened()


def test_what_is_news_is_each_readers_own(opened, plan, mark):
    VisitFactory(plan=plan, user=mark, seen_at=timezone.now() - dt.timedelta(hours=2))
    as_mark = Client()
    as_mark.force_login(mark)

    assert 'class="news"' not in opened()
    assert 'class="news"' in as_mark.get(reverse("plans:actions", args=[plan.pk]) + "?view=table").text
    assert 'class="news"' not in opened()
