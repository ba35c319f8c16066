"""Lines and what is booked on them."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from plans.models import Allocation, BinnedItem, BudgetEntry, BudgetLine
from tests.factories import (
    ActionFactory,
    AdjustmentFactory,
    AllocationFactory,
    BudgetEntryFactory,
    BudgetLineFactory,
)

LINE = {"name": "Trade fairs", "kind": "direct", "planned": "30000", "note": ""}


def add(plan):
    return reverse("plans:budgetline_add", args=[plan.pk])


def at(row, deed):
    return reverse(f"plans:{row._meta.model_name}_{deed}", args=[row.pk])


def test_a_line_is_added(as_alice, plan, htmx):
    response = as_alice.post(add(plan), LINE, headers=htmx("budget-board"))

    assert BudgetLine.objects.get().planned == 30_000
    assert 'id="budget-board"' in response.text


@pytest.mark.parametrize("who", ["as_mark", "as_mia", "as_bob"])
def test_only_directors_change_lines(request, plan, who):
    client, line = request.getfixturevalue(who), BudgetLineFactory(plan=plan, planned=1)

    for url in (add(plan), at(line, "edit"), at(line, "planned"), at(line, "delete"), at(line, "duplicate")):
        assert client.post(url, LINE).status_code == 403
    assert BudgetLine.objects.get().planned == 1


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("-5", "A budget cannot be negative."),
        ("1e30", "digits"),
        ("1e400", "digits"),
        ("ten", "Write a number"),
        ("", "required"),
        ("NaN", "Write a number"),
    ],
)
def test_an_amount_that_is_none_is_explained_and_kept(as_alice, plan, htmx, typed, words):
    response = as_alice.post(add(plan), LINE | {"planned": typed}, headers=htmx("budget-board"))

    assert response.status_code == 422
    assert words in response.text
    assert f'value="{typed}"' in response.text or not typed
    assert not BudgetLine.objects.exists()


@pytest.mark.parametrize("typed", ["1 234,5", "1234.5", "1,234.50", "1\xa0234,50 €"])
def test_amounts_are_read_as_people_write_them(as_alice, plan, typed):
    as_alice.post(add(plan), LINE | {"planned": typed})

    assert BudgetLine.objects.get().planned == Decimal("1234.5")


def test_the_same_form_sent_twice_adds_one_line(as_alice, plan):
    for _time in range(2):
        as_alice.post(add(plan), LINE | {"uid": "0d8a9f6e-8f0f-4f0e-9a59-6d40a1a7a9f1"})

    assert BudgetLine.objects.count() == 1


def test_the_planned_amount_is_edited_in_its_cell(as_alice, plan, htmx):
    line = BudgetLineFactory(plan=plan, planned=30_000)
    assert 'name="planned"' in as_alice.get(at(line, "planned"), headers=htmx()).text

    response = as_alice.post(
        at(line, "planned"), {"planned": "31 000", "version": line.version}, headers=htmx("budget-board")
    )

    line.refresh_from_db()
    assert line.planned == 31_000
    assert 'id="budget-board"' in response.text


def test_without_javascript_the_planned_amount_has_the_form_of_the_line(as_alice, plan):
    line = BudgetLineFactory(plan=plan)

    assert as_alice.get(at(line, "planned")).url == at(line, "edit")


@pytest.mark.parametrize("deed", ["planned", "edit"])
def test_a_line_does_not_shrink_below_what_actions_have_of_it(as_alice, plan, htmx, deed):
    line = BudgetLineFactory(plan=plan, name="Fairs", planned=30_000)
    AllocationFactory(line=line, amount=28_000)

    response = as_alice.post(at(line, deed), LINE | {"planned": "25000"}, headers=htmx("budget-board"))

    line.refresh_from_db()
    assert response.status_code == 422
    assert "Of Fairs 2,000 € can be cut, you want to cut 5,000 €" in response.text.replace("\xa0", " ")
    assert line.planned == 30_000


def test_a_line_that_gave_to_actions_does_not_become_the_contingency(as_alice, plan, htmx):
    line = BudgetLineFactory(plan=plan, planned=30_000)
    AllocationFactory(line=line, amount=3_000)

    response = as_alice.post(at(line, "edit"), LINE | {"kind": "contingency"}, headers=htmx("budget-board"))

    assert "Actions have 3,000 € of this line" in response.text.replace("\xa0", " ")


def test_two_people_editing_one_amount_the_second_sees_both(as_alice, plan, htmx):
    line = BudgetLineFactory(plan=plan, planned=30_000)
    seen = line.version
    line.planned = 32_000
    line.save()

    response = as_alice.post(at(line, "planned"), {"planned": "31000", "version": seen}, headers=htmx("budget-board"))

    line.refresh_from_db()
    assert response.status_code == 409
    assert response.headers["HX-Retarget"] == f"#budgetline-{line.pk}-planned"
    assert "32000" in response.text
    assert line.planned == 32_000


def test_a_line_with_money_booked_stays_and_says_why(as_alice, plan, htmx):
    line = BudgetLineFactory(plan=plan, name="Fairs")
    BudgetEntryFactory(line=line)
    AdjustmentFactory(plan=plan, to_line=line)

    response = as_alice.post(at(line, "delete"), headers=htmx("budget-board"))

    assert response.status_code == 200
    assert "“Fairs” stays: 1 order or payment and 1 adjustment are booked on it." in response.text
    assert BudgetLine.objects.exists()


def test_a_deleted_line_comes_back_with_what_it_gave(as_alice, plan):
    share = AllocationFactory(line=BudgetLineFactory(plan=plan), amount=500)
    as_alice.post(at(share.line, "delete"))
    assert not Allocation.objects.exists()

    as_alice.post(reverse("plans:item_restore", args=[BinnedItem.objects.get().pk]))

    assert Allocation.objects.get().amount == 500


def test_a_copy_of_a_line_gives_nothing_to_actions(as_alice, plan):
    line = BudgetLineFactory(plan=plan, planned=30_000)
    AllocationFactory(line=line, amount=28_000)

    as_alice.post(at(line, "duplicate"))

    assert [row.planned for row in BudgetLine.objects.all()] == [30_000, 30_000]
    assert Allocation.objects.count() == 1


ENTRY = {"kind": "spent", "amount": "1234,50", "on": "2026-05-04", "note": "First instalment", "action": ""}


def book(line):
    return reverse("plans:budgetentry_add", args=[line.pk])


def test_a_manager_books_a_payment(as_mark, plan, htmx):
    line, action = BudgetLineFactory(plan=plan), ActionFactory(objective__plan=plan)

    as_mark.post(book(line), ENTRY | {"action": action.pk}, headers=htmx("budget-board"))

    entry = BudgetEntry.objects.get()
    assert (entry.line, entry.action, entry.amount, entry.on) == (line, action, Decimal("1234.5"), dt.date(2026, 5, 4))


def test_an_order_or_payment_is_of_today_unless_one_says_otherwise(as_mark, plan, htmx):
    response = as_mark.get(book(BudgetLineFactory(plan=plan)), headers=htmx("budget-board"))

    assert f'value="{timezone.localdate():%Y-%m-%d}"' in response.text


def test_after_booking_the_line_stays_open(as_mark, plan, htmx):
    line = BudgetLineFactory(plan=plan)
    here = {"HX-Current-URL": f"http://testserver{reverse('plans:budget', args=[plan.pk])}?line={line.pk}"}

    response = as_mark.post(book(line), ENTRY, headers=htmx("budget-board") | here)

    assert "First instalment" in response.text


@pytest.mark.parametrize("who", ["as_mia", "as_bob"])
def test_readers_book_nothing(request, plan, who):
    line = BudgetLineFactory(plan=plan)

    assert request.getfixturevalue(who).post(book(line), ENTRY).status_code == 403
    assert not BudgetEntry.objects.exists()


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("amount", "0", "Write an amount above zero."),
        ("amount", "-100", "Write an amount above zero."),
        ("amount", "1e30", "digits"),
        ("on", "2026-02-31", "There is no such day."),
        ("kind", "stolen", "Select a valid choice."),
    ],
)
def test_an_entry_that_cannot_be_is_explained(as_mark, plan, htmx, field, typed, words):
    line = BudgetLineFactory(plan=plan)

    response = as_mark.post(book(line), ENTRY | {field: typed}, headers=htmx("budget-board"))

    assert response.status_code == 422
    assert words in response.text
    assert not BudgetEntry.objects.exists()


def test_an_action_of_another_plan_is_refused(as_mark, plan, htmx):
    line, foreign = BudgetLineFactory(plan=plan), ActionFactory()

    response = as_mark.post(book(line), ENTRY | {"action": foreign.pk}, headers=htmx("budget-board"))

    assert response.status_code == 422
    assert not BudgetEntry.objects.exists()


def test_a_deleted_payment_comes_back(as_mark, plan):
    entry = BudgetEntryFactory(line=BudgetLineFactory(plan=plan), amount=700)
    as_mark.post(at(entry, "delete"))
    assert not BudgetEntry.objects.exists()

    as_mark.post(reverse("plans:item_restore", args=[BinnedItem.objects.get().pk]))

    assert BudgetEntry.objects.get().amount == 700


def test_nothing_is_booked_in_a_closed_plan(as_alice, plan):
    line = BudgetLineFactory(plan=plan)
    plan.status = "closed"
    plan.save()

    assert as_alice.post(book(line), ENTRY).status_code == 403
    assert not BudgetEntry.objects.exists()
