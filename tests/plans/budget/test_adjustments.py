import pytest
from django.urls import NoReverseMatch, reverse

from plans.budget.queries import budget_figures
from plans.models import Adjustment, BudgetLine
from tests.factories import AdjustmentFactory, AllocationFactory, BudgetLineFactory


@pytest.fixture
def contingency(plan):
    return BudgetLineFactory(plan=plan, name="Contingency", planned=9_250, kind=BudgetLine.Kind.CONTINGENCY)


@pytest.fixture
def fairs(plan):
    return BudgetLineFactory(plan=plan, name="Trade fairs", planned=30_000)


def move(client, plan, **data):
    entries = {"from_line": "", "to_line": "", "on": "2026-06-02", "reason": "Larger stand", **data}
    return client.post(
        reverse("plans:adjustment_add", args=[plan.pk]),
        entries,
        headers={"HX-Request": "true", "HX-Target": "budget-board"},
    )


def reverse_url(adjustment):
    return reverse("plans:adjustment_reverse", args=[adjustment.pk])


def test_money_moves_between_lines_with_its_reason_and_who_moved_it(as_alice, alice, plan, contingency, fairs):
    move(as_alice, plan, from_line=contingency.pk, to_line=fairs.pk, amount="3 000")

    adjustment = Adjustment.objects.get()
    assert (adjustment.made_by, adjustment.reason) == (alice, "Larger stand")
    assert budget_figures(plan).of(fairs.pk).adjusted == 33_000
    assert budget_figures(plan).contingency_free == 6_250


def test_new_money_comes_from_nowhere_and_a_cut_goes_there(as_alice, plan, fairs):
    move(as_alice, plan, to_line=fairs.pk, amount="4000")
    move(as_alice, plan, from_line=fairs.pk, amount="1500")

    assert budget_figures(plan).adjusted == 32_500


def test_overdrawing_is_refused_with_the_figures_and_keeps_what_was_typed(as_alice, plan, contingency, fairs):
    response = move(as_alice, plan, from_line=contingency.pk, to_line=fairs.pk, amount="12000")

    assert response.status_code == 422
    assert "Contingency has 9,250 € left, you want to move 12,000 €." in response.text.replace("\xa0", " ")
    assert 'value="12000"' in response.text
    assert not Adjustment.objects.exists()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"amount": "-5"}, "Write an amount above zero."),
        ({"amount": "1e30"}, "digits"),
        ({"amount": "5", "reason": ""}, "required"),
        ({"amount": "5", "on": "2026-02-31"}, "There is no such day."),
    ],
)
def test_an_adjustment_that_cannot_be_is_explained(as_alice, plan, fairs, data, words):
    response = move(as_alice, plan, **{"to_line": fairs.pk, **data})

    assert response.status_code == 422
    assert words in response.text
    assert not Adjustment.objects.exists()


def test_an_adjustment_names_a_line_and_not_twice_the_same(as_alice, plan, fairs):
    nowhere = move(as_alice, plan, amount="5")
    same = move(as_alice, plan, from_line=fairs.pk, to_line=fairs.pk, amount="5")

    assert "Name the line the money comes from" in nowhere.text
    assert "Choose two different lines." in same.text
    assert not Adjustment.objects.exists()


def test_a_line_of_another_plan_is_refused_and_not_named(as_alice, plan, fairs):
    foreign = BudgetLineFactory(name="Secret line")

    response = move(as_alice, plan, from_line=foreign.pk, to_line=fairs.pk, amount="5")

    assert response.status_code == 422
    assert "Secret line" not in response.text
    assert not Adjustment.objects.exists()


@pytest.mark.parametrize("who", ["as_mark", "as_mia", "as_bob"])
def test_only_directors_move_money(request, plan, fairs, who):
    adjustment = AdjustmentFactory(plan=plan, to_line=fairs)
    client = request.getfixturevalue(who)

    assert move(client, plan, to_line=fairs.pk, amount="5").status_code == 403
    assert client.post(reverse_url(adjustment), {"reason": "No"}).status_code == 403
    assert Adjustment.objects.count() == 1


def test_the_same_form_sent_twice_moves_once(as_alice, plan, fairs):
    for _time in range(2):
        move(as_alice, plan, to_line=fairs.pk, amount="5", uid="0d8a9f6e-8f0f-4f0e-9a59-6d40a1a7a9f1")

    assert Adjustment.objects.count() == 1


def test_taking_back_books_the_counter_adjustment_with_its_own_reason(as_alice, plan, contingency, fairs):
    first = AdjustmentFactory(plan=plan, from_line=contingency, to_line=fairs, amount=3_000)

    as_alice.post(reverse_url(first), {"reason": "Smaller stand after all", "on": "2026-07-01"})

    counter = Adjustment.objects.get(reverses=first)
    assert (counter.from_line, counter.to_line, counter.amount) == (fairs, contingency, 3_000)
    assert counter.reason == "Smaller stand after all"
    assert budget_figures(plan).contingency_free == 9_250


def test_an_adjustment_is_taken_back_once(as_alice, plan, contingency, fairs, htmx):
    first = AdjustmentFactory(plan=plan, from_line=contingency, to_line=fairs, amount=3_000)
    taken = {"reason": "Smaller stand", "on": "2026-07-01"}
    as_alice.post(reverse_url(first), taken)

    again = as_alice.post(reverse_url(first), taken, headers=htmx("budget-board"))

    assert "This adjustment has been taken back already." in again.text
    assert Adjustment.objects.count() == 2


def test_what_has_been_given_away_meanwhile_cannot_be_taken_back(as_alice, plan, contingency, fairs, htmx):
    first = AdjustmentFactory(plan=plan, from_line=contingency, to_line=fairs, amount=3_000)
    AllocationFactory(line=fairs, amount=32_000)

    response = as_alice.post(reverse_url(first), {"reason": "Back", "on": "2026-07-01"}, headers=htmx("budget-board"))

    assert response.status_code == 422
    assert "Trade fairs has 1,000 € left, you want to move 3,000 €." in response.text.replace("\xa0", " ")
    assert Adjustment.objects.count() == 1


@pytest.mark.parametrize("deed", ["edit", "delete", "move", "duplicate"])
def test_adjustments_are_never_edited_or_deleted(deed):
    with pytest.raises(NoReverseMatch):
        reverse(f"plans:adjustment_{deed}", args=[1])
