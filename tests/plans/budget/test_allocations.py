"""Which action gets how much: by line, and by action."""

import datetime as dt
import json

import pytest
from django.urls import reverse

from plans.budget.attention import budget_problems
from plans.budget.queries import budget_figures
from plans.models import Adjustment, Allocation, BinnedItem, BudgetLine
from tests.factories import ActionFactory, AllocationFactory, BudgetLineFactory

TODAY = dt.date(2026, 8, 19)


@pytest.fixture
def fairs(plan):
    return BudgetLineFactory(plan=plan, name="Trade fairs", planned=30_000)


@pytest.fixture
def contingency(plan):
    return BudgetLineFactory(plan=plan, name="Contingency", planned=9_250, kind=BudgetLine.Kind.CONTINGENCY)


@pytest.fixture
def stand(plan):
    return ActionFactory(objective__plan=plan, title="Stand in Hannover")


def plain(response):
    return response.text.replace("\xa0", " ")


def give(client, line, action, amount, **data):
    return client.post(
        reverse("plans:allocation_add", args=[line.pk]),
        {"action": action.pk, "amount": amount, **data},
        headers={"HX-Request": "true", "HX-Target": "allocation-board"},
    )


def for_action(client, action, **data):
    url = reverse("plans:action_allocations", args=[action.pk])
    return client.post(url, data, headers={"HX-Request": "true", "HX-Target": "action-allocations"})


def test_a_manager_gives_an_action_its_part_of_a_line(as_mark, fairs, stand):
    response = give(as_mark, fairs, stand, "1 234,5")

    assert Allocation.objects.get().amount == 1234.5
    assert "1,234.50 € of 30,000 € allocated" in plain(response)


def test_allocated_and_unallocated_make_the_budget_on_the_page(as_alice, plan, fairs, stand, contingency):
    AllocationFactory(line=fairs, action=stand, amount=10_000)

    page = plain(as_alice.get(reverse("plans:allocations", args=[plan.pk])))

    for amount in ("<dd>10,000 €</dd>", "<dd>20,000 €</dd>", "<dd>30,000 €</dd>"):
        assert amount in page
    assert "Contingency" not in page.split('id="allocation-board"')[1]


@pytest.mark.parametrize("who", ["as_mia", "as_bob"])
def test_readers_give_nothing(request, plan, fairs, stand, who):
    client = request.getfixturevalue(who)

    assert give(client, fairs, stand, "5").status_code == 403
    assert for_action(client, stand, **{f"line_{fairs.pk}": "5"}).status_code == 403
    assert not Allocation.objects.exists()
    assert "/add/" not in client.get(reverse("plans:allocations", args=[plan.pk])).text


def test_giving_too_much_is_refused_with_the_figures_and_the_ways_out(as_alice, fairs, stand, contingency):
    AllocationFactory(line=fairs, amount=27_000)

    response = give(as_alice, fairs, stand, "4000")

    assert response.status_code == 422
    assert "Trade fairs has 3,000 € to give, you want to give 4,000 €: 1,000 € too much." in plain(response)
    assert "Give 3,000 € (all that is left)" in plain(response)
    assert "Take 1,000 € from contingency" in plain(response)
    assert not Allocation.objects.filter(action=stand).exists()


def test_one_click_gives_all_that_is_left(as_alice, fairs, stand):
    AllocationFactory(line=fairs, amount=27_000)

    give(as_alice, fairs, stand, "4000", fix="all")

    assert Allocation.objects.get(action=stand).amount == 3_000


def test_one_click_takes_the_rest_from_the_contingency(as_alice, plan, fairs, stand, contingency):
    AllocationFactory(line=fairs, amount=27_000)

    give(as_alice, fairs, stand, "4000", fix="contingency")

    assert Allocation.objects.get(action=stand).amount == 4_000
    assert Adjustment.objects.get().reason == "More for “Stand in Hannover”"
    assert budget_figures(plan).contingency_free == 8_250


def test_a_manager_may_not_draw_on_the_contingency(as_mark, fairs, stand, contingency):
    AllocationFactory(line=fairs, amount=27_000)

    response = give(as_mark, fairs, stand, "4000", fix="contingency")

    assert response.status_code == 422
    assert "from contingency" not in response.text
    assert not Adjustment.objects.exists()


def test_a_contingency_that_is_too_small_is_not_offered(as_alice, fairs, stand, contingency):
    response = give(as_alice, fairs, stand, "50000", fix="contingency")

    assert response.status_code == 422
    assert "from contingency" not in response.text
    assert not Adjustment.objects.exists()


@pytest.mark.parametrize(
    ("typed", "words"), [("0", "above zero"), ("-1", "above zero"), ("1e30", "digits"), ("a", "Write a number")]
)
def test_an_amount_that_is_none_is_explained(as_alice, fairs, stand, typed, words):
    response = give(as_alice, fairs, stand, typed)

    assert response.status_code == 422
    assert words in response.text
    assert not Allocation.objects.exists()


def test_an_action_has_one_part_of_a_line(as_alice, fairs, stand):
    AllocationFactory(line=fairs, action=stand, amount=5)

    response = give(as_alice, fairs, stand, "10")

    assert "has money from this line already" in response.text
    assert Allocation.objects.get().amount == 5


def test_an_action_of_another_plan_gets_nothing(as_alice, fairs):
    response = give(as_alice, fairs, ActionFactory(), "5")

    assert response.status_code == 422
    assert not Allocation.objects.exists()


def test_the_same_form_sent_twice_gives_once(as_alice, fairs, stand):
    for _time in range(2):
        response = give(as_alice, fairs, stand, "5", uid="0d8a9f6e-8f0f-4f0e-9a59-6d40a1a7a9f1")

    assert response.status_code == 200
    assert Allocation.objects.get().amount == 5


def test_an_allocation_is_changed_and_taken_back_and_comes_back(as_mark, fairs, stand):
    share = AllocationFactory(line=fairs, action=stand, amount=5)
    as_mark.post(reverse("plans:allocation_edit", args=[share.pk]), {"amount": "30000", "version": share.version})
    share.refresh_from_db()
    assert share.amount == 30_000

    as_mark.post(reverse("plans:allocation_delete", args=[share.pk]))
    assert not Allocation.objects.exists()
    as_mark.post(reverse("plans:item_restore", args=[BinnedItem.objects.get().pk]))

    assert Allocation.objects.get().amount == 30_000


@pytest.mark.parametrize("deleted", ["allocation", "action"])
def test_what_undo_brings_back_beyond_the_line_is_said_with_the_way_to_mend_it(as_alice, plan, fairs, stand, deleted):
    share = AllocationFactory(line=fairs, action=stand, amount=30_000)
    as_alice.post(reverse(f"plans:{deleted}_delete", args=[share.pk if deleted == "allocation" else stand.pk]))
    give(as_alice, fairs, ActionFactory(objective=stand.objective), "2000")

    as_alice.post(reverse("plans:item_restore", args=[BinnedItem.objects.get().pk]))

    assert "Actions have 2,000 € more of Trade fairs than there is." in plain(
        as_alice.get(reverse("plans:budget", args=[plan.pk]))
    )
    assert "2,000 € too much" in plain(as_alice.get(reverse("plans:allocations", args=[plan.pk])))
    assert [(problem.detail.replace("\xa0", " "), problem.verb) for problem in budget_problems(plan, TODAY)] == [
        ("Actions have 2,000 € more than the line", "Rebalance")
    ]


def test_an_allocation_is_called_by_its_amount_as_people_read_it(as_alice, fairs, stand):
    share = AllocationFactory(line=fairs, action=stand, amount=10_000)

    page = as_alice.get(reverse("plans:allocation_edit", args=[share.pk]))

    assert "Edit “Trade fairs: 10,000”" in page.text


# By action


def test_an_action_gets_its_amounts_of_all_lines_at_once_and_the_page_is_told(as_mark, plan, fairs, stand):
    blog = BudgetLineFactory(plan=plan, planned=5_000)

    response = for_action(as_mark, stand, **{f"line_{fairs.pk}": "20000", f"line_{blog.pk}": "1 234,50"})

    assert {row.line_id: row.amount for row in Allocation.objects.all()} == {fairs.pk: 20_000, blog.pk: 1234.5}
    assert json.loads(response.headers["HX-Trigger"]) == {"action-budget-changed": {"action": stand.pk}}
    assert 'id="action-allocations"' in response.text
    assert "<html" not in response.text


def test_without_javascript_the_form_is_a_page(as_mark, fairs, stand):
    url = reverse("plans:action_allocations", args=[stand.pk])

    assert "<html" in as_mark.get(url).text
    assert as_mark.post(url, {f"line_{fairs.pk}": "20"}).url == url


def test_an_emptied_amount_takes_the_money_back(as_mark, fairs, stand):
    AllocationFactory(line=fairs, action=stand, amount=500)

    for_action(as_mark, stand, **{f"line_{fairs.pk}": "", f"seen_{fairs.pk}": "500"})

    assert not Allocation.objects.exists()


def test_too_much_for_an_action_is_refused_and_nothing_else_saved(as_alice, plan, fairs, stand, contingency):
    blog = BudgetLineFactory(plan=plan, planned=5_000)

    response = for_action(as_alice, stand, **{f"line_{fairs.pk}": "31000", f"line_{blog.pk}": "100"})

    assert response.status_code == 422
    assert "HX-Trigger" not in response.headers
    assert f'value="all-{fairs.pk}"' in response.text
    assert "Take 1,000 € from contingency" in plain(response)
    assert not Allocation.objects.exists()


@pytest.mark.parametrize(("fix", "given", "drawn"), [("all", 30_000, 0), ("contingency", 31_000, 1_000)])
def test_each_way_out_is_one_click(as_alice, plan, fairs, stand, contingency, fix, given, drawn):
    for_action(as_alice, stand, **{f"line_{fairs.pk}": "31000", "fix": f"{fix}-{fairs.pk}"})

    assert Allocation.objects.get().amount == given
    assert budget_figures(plan).contingency_free == 9_250 - drawn


def test_what_somebody_else_set_meanwhile_stays_where_i_changed_nothing(as_mark, plan, fairs, stand):
    blog = BudgetLineFactory(plan=plan, planned=5_000)
    AllocationFactory(line=fairs, action=stand, amount=700)

    for_action(as_mark, stand, **{f"line_{fairs.pk}": "", f"seen_{fairs.pk}": "", f"line_{blog.pk}": "50"})

    assert {row.line_id: row.amount for row in Allocation.objects.all()} == {fairs.pk: 700, blog.pk: 50}


def test_what_we_both_changed_is_shown_before_mine_is_kept(as_mark, fairs, stand):
    AllocationFactory(line=fairs, action=stand, amount=700)
    mine = {f"line_{fairs.pk}": "900", f"seen_{fairs.pk}": "500"}

    response = for_action(as_mark, stand, **mine)

    assert "Somebody has changed this to 700 € meanwhile." in plain(response)
    assert Allocation.objects.get().amount == 700

    for_action(as_mark, stand, **mine | {f"seen_{fairs.pk}": "700.00"})
    assert Allocation.objects.get().amount == 900


@pytest.mark.parametrize(("typed", "words"), [("-1", "greater than or equal"), ("1e30", "digits"), ("x", "number")])
def test_a_wrong_amount_for_an_action_is_explained_beside_its_line(as_mark, fairs, stand, typed, words):
    response = for_action(as_mark, stand, **{f"line_{fairs.pk}": typed})

    assert response.status_code == 422
    assert words in response.text
    assert f'value="{typed}"' in response.text
    assert not Allocation.objects.exists()


def test_a_line_of_another_plan_gives_nothing(as_mark, fairs, stand):
    foreign = BudgetLineFactory()

    for_action(as_mark, stand, **{f"line_{foreign.pk}": "5", f"line_{fairs.pk}": "1"})

    assert [row.line for row in Allocation.objects.all()] == [fairs]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_form_of_an_action_costs_the_same_with_one_line_or_three(
    as_mark, plan, stand, rows, django_assert_max_num_queries, htmx
):
    for _row in range(rows):
        AllocationFactory(line=BudgetLineFactory(plan=plan), action=stand)

    with django_assert_max_num_queries(6):  # session, user, action, plan, lines with sums, what it has
        as_mark.get(reverse("plans:action_allocations", args=[stand.pk]), headers=htmx())


def test_only_a_kind_of_line_meant_for_actions_is_offered(as_mark, fairs, stand, contingency):
    page = as_mark.get(reverse("plans:action_allocations", args=[stand.pk])).text

    assert f"line_{fairs.pk}" in page
    assert f"line_{contingency.pk}" not in page
    assert BudgetLine.objects.count() == 2
