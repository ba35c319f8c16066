"""The budget page as it is seen: figures, notes, what readers do not see, and what it costs."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from plans.budget.attention import budget_problems
from plans.budget.queries import budget_figures
from plans.budget.strip import strip
from plans.models import BudgetLine
from plans.plan.completeness import completeness_of
from tests.factories import (
    AdjustmentFactory,
    AllocationFactory,
    BudgetEntryFactory,
    BudgetLineFactory,
    PlanFactory,
)

TODAY = dt.date(2026, 7, 2)


def url(plan, name="budget"):
    return reverse(f"plans:{name}", args=[plan.pk])


def test_an_empty_budget_offers_the_example(as_alice, plan):
    page = as_alice.get(url(plan)).text

    assert "No budget line yet" in page
    assert url(plan, "budget_example") in page


def test_the_example_is_inserted_in_one_click_and_the_contingency_offered(as_alice, plan, htmx):
    response = as_alice.post(url(plan, "budget_example"), headers=htmx("budget-board"))

    assert BudgetLine.objects.count() == 10
    assert "<html" not in response.text
    assert url(plan, "budget_contingency") in response.text


def test_the_contingency_is_set_aside_in_one_click(as_alice, plan):
    BudgetLineFactory(plan=plan, planned=185_000)

    response = as_alice.post(url(plan, "budget_contingency"))

    assert response.url == url(plan)
    assert budget_figures(plan).contingency_free == 9_250


@pytest.mark.parametrize("name", ["budget_example", "budget_contingency"])
def test_a_manager_inserts_no_lines(as_mark, plan, name):
    BudgetLineFactory(plan=plan)

    assert as_mark.post(url(plan, name)).status_code == 403
    assert BudgetLine.objects.count() == 1


def test_readers_see_the_figures_and_nothing_to_change_them_with(as_bob, plan):
    line = BudgetLineFactory(plan=plan, planned=50_000)
    BudgetEntryFactory(line=line)
    AdjustmentFactory(plan=plan, to_line=line)

    page = as_bob.get(url(plan), {"line": line.pk}).text

    assert "50,500" in page
    for control in ("/planned/", "/add/", "/edit/", "/delete/", "/reverse/", "data-grip"):
        assert control not in page


def test_a_manager_books_entries_and_changes_no_lines(as_mark, plan):
    line = BudgetLineFactory(plan=plan)

    page = as_mark.get(url(plan), {"line": line.pk}).text

    assert reverse("plans:budgetentry_add", args=[line.pk]) in page
    assert reverse("plans:budgetline_add", args=[plan.pk]) not in page
    assert reverse("plans:adjustment_add", args=[plan.pk]) not in page


def test_what_is_booked_shows_under_the_line_that_is_opened(as_alice, plan):
    line, other = BudgetLineFactory(plan=plan), BudgetLineFactory(plan=plan)
    BudgetEntryFactory(line=line, note="Stand in Hannover")
    BudgetEntryFactory(line=other, note="Banner")

    page = as_alice.get(url(plan), {"line": line.pk}).text

    assert "Stand in Hannover" in page
    assert "Banner" not in page


@pytest.mark.parametrize("line", ["x", "-1", "9" * 30, "1e9", ""])
def test_nonsense_in_the_address_opens_no_line(as_alice, plan, line):
    BudgetLineFactory(plan=plan)

    assert as_alice.get(url(plan), {"line": line}).status_code == 200


def test_a_line_of_another_plan_is_not_opened_here(as_alice, plan):
    BudgetLineFactory(plan=plan)
    foreign = BudgetEntryFactory(note="Secret")

    assert "Secret" not in as_alice.get(url(plan), {"line": foreign.line_id}).text


def test_ids_beyond_a_thousand_stay_whole(as_alice, plan):
    line = BudgetLineFactory(pk=12_345, plan=plan)

    page = as_alice.get(url(plan), {"line": line.pk}).text

    assert 'id="budgetline-12345-row"' in page
    assert "budgetline-12,345" not in page


def test_html_in_names_is_shown_not_run(as_alice, plan):
    BudgetLineFactory(plan=plan, name="<b>Fairs</b>")

    page = as_alice.get(url(plan)).text

    assert "&lt;b&gt;Fairs&lt;/b&gt;" in page
    assert "<b>Fairs</b>" not in page


def test_what_actions_bring_and_what_was_moved_come_when_one_scrolls_to_them(as_alice, plan, htmx):
    AdjustmentFactory(plan=plan, to_line=BudgetLineFactory(plan=plan), reason="A larger stand")

    page = as_alice.get(url(plan))
    lower = as_alice.get(url(plan), headers=htmx("budget-lower"))

    assert "A larger stand" not in page.text
    assert 'href="?all#adjustments"' in page.text
    assert "A larger stand" in lower.text
    assert "<tbody" not in lower.text


def test_they_are_on_the_whole_page_and_drawn_again_with_it(as_alice, plan, htmx):
    line = BudgetLineFactory(plan=plan)
    AdjustmentFactory(plan=plan, to_line=line, reason="A larger stand")
    move = reverse("plans:budgetline_move", args=[line.pk])

    for answer in (
        as_alice.get(url(plan), {"all": ""}),
        as_alice.post(move, {"direction": "up"}, headers=htmx("budget-board")),
    ):
        assert "A larger stand" in answer.text


@pytest.mark.parametrize(
    ("name", "rest", "row"),
    [
        ("budget", "budget-rest", r'id="budgetline-(\d+)-row"'),
        ("allocations", "allocation-rest", r'<section class="al" id="line-(\d+)"'),
    ],
)
def test_many_lines_come_in_two_pieces(as_alice, plan, htmx, name, rest, row):
    lines = [BudgetLineFactory(plan=plan, position=50 - number) for number in range(30)]

    page = as_alice.get(url(plan, name))
    later = as_alice.get(url(plan, name), {"seen": "20"}, headers=htmx(rest))
    reaching = as_alice.get(url(plan, name), {"line": lines[4].pk})

    shown, others, up_to_the_fifth_last = [re.findall(row, answer.text) for answer in (page, later, reaching)]
    assert [int(pk) for pk in shown + others] == [line.pk for line in reversed(lines)]
    assert len(shown) == 20
    assert "Show 10 more" in page.text
    assert rest not in later.text
    assert len(up_to_the_fifth_last) == 26


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("page", ["budget", "allocations"])
def test_pages_cost_the_same_with_one_line_or_three(as_alice, plan, page, rows, django_assert_max_num_queries):
    for _row in range(rows):
        line = BudgetLineFactory(plan=plan)
        BudgetEntryFactory(line=line)
        AllocationFactory(line=line)
        AdjustmentFactory(plan=plan, to_line=line)
    as_alice.get(url(plan, page))
    completeness_of(plan)

    # budget (9): session, user, plan, lines with sums, entries, adjustments, ranking, workspaces; completeness is kept.
    with django_assert_max_num_queries(9):
        as_alice.get(url(plan, page), {"line": line.pk, "all": ""})


def test_the_strip_says_what_is_spent_beside_how_much_of_the_year_is_gone(plan):
    line = BudgetLineFactory(plan=plan, planned=10_000)
    BudgetEntryFactory(line=line, amount=4_000)

    bar = strip(budget_figures(plan), plan=plan, today=TODAY)

    assert (bar.spent.percent, bar.spent.at) == (40, "40.00%")
    assert bar.gone.percent == 50
    assert bar.committed.crowded


def test_there_is_no_strip_for_a_budget_of_nothing(plan):
    BudgetLineFactory(plan=plan, planned=0)

    assert strip(budget_figures(plan), plan=plan, today=TODAY) is None


def test_an_overspent_line_and_a_used_up_contingency_need_attention(plan):
    line = BudgetLineFactory(plan=plan, name="Fairs", planned=1_000)
    BudgetEntryFactory(line=line, amount=1_200)
    reserve = BudgetLineFactory(plan=plan, kind=BudgetLine.Kind.CONTINGENCY, planned=500)
    AdjustmentFactory(plan=plan, from_line=reserve, to_line=BudgetLineFactory(plan=plan), amount=500)

    problems = budget_problems(plan, TODAY)

    assert [problem.title for problem in problems] == ["Fairs", "The contingency is used up"]
    assert f"line={line.pk}#budgetline-{line.pk}-row" in problems[0].url


def test_a_sound_budget_needs_nobody(plan):
    BudgetLineFactory(plan=plan)

    assert budget_problems(plan, TODAY) == []


def test_a_complete_budget_has_lines_a_contingency_and_allocations(plan):
    empty = {check.key for check in completeness_of(PlanFactory()).steps[6].missing}
    BudgetLineFactory(plan=plan, kind=BudgetLine.Kind.CONTINGENCY)
    AllocationFactory(line=BudgetLineFactory(plan=plan))
    plan.refresh_from_db()

    missing = {check.key for check in completeness_of(plan).steps[6].missing}

    assert {"budget", "contingency", "allocations"} <= empty
    assert not {"budget", "contingency", "allocations"} & missing
    assert completeness_of(plan).tallies["budget_lines"] == 2
