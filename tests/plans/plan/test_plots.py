"""The plots of a page, at an address of their own."""

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import BudgetEntryFactory, BudgetLineFactory, CompetitorFactory, KpiFactory, ReadingFactory


@pytest.fixture
def line(plan):
    line = BudgetLineFactory(plan=plan, name="Trade fairs", planned=30_000)
    BudgetEntryFactory(line=line, amount=9_000)
    return line


@pytest.fixture
def url(plan):
    return reverse("plans:budget_plots", args=[plan.pk])


def test_one_answer_holds_every_figure_of_the_page(as_bob, line, url):
    figures = as_bob.get(url).json()

    assert set(figures) == {"budget-by-category", "budget-waterfall"}
    assert figures["budget-by-category"]["layout"]["yaxis"]["ticktext"] == ["Trade fairs"]
    assert figures["budget-waterfall"]["data"][0]["type"] == "waterfall"


def test_a_page_without_anything_to_draw_has_no_figures(as_bob, url):
    assert as_bob.get(url).json() == {}


def test_the_page_says_where_its_figures_are_and_carries_none(as_bob, plan, line, url):
    page = as_bob.get(reverse("plans:budget", args=[plan.pk])).text

    assert f'data-chart="budget-waterfall" data-plots="{url}?"' in page
    assert "Of 30,000\xa0€ planned, 9,000\xa0€ is committed or spent; 21,000\xa0€ is left." in page
    assert "ticktext" not in page


def test_strangers_find_neither_figures_nor_tables(client, carol, line, url):
    client.force_login(carol)

    assert client.get(url).status_code == 404
    assert client.get(url, {"table": "budget-waterfall"}).status_code == 404


# Kept


def test_figures_are_made_once(as_bob, line, url, django_assert_num_queries):
    first = as_bob.get(url)

    with django_assert_num_queries(3):  # session, user, plan
        again = as_bob.get(url)

    assert again.json() == first.json()


def test_a_browser_that_has_them_is_told_so_and_keeps_them_to_itself(as_bob, line, url):
    first = as_bob.get(url)

    again = as_bob.get(url, headers={"If-None-Match": first.headers["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert first.headers["Cache-Control"] == "private, no-cache"


def test_a_change_makes_them_anew(as_bob, line, url):
    first = as_bob.get(url)
    line.name = "Fairs and shows"
    line.save()

    again = as_bob.get(url, headers={"If-None-Match": first.headers["ETag"]})

    assert again.json()["budget-by-category"]["layout"]["yaxis"]["ticktext"] == ["Fairs and shows"]


def test_they_speak_the_readers_language(as_bob, bob, line, url):
    as_bob.get(url)
    bob.language = "pl"
    bob.save(update_fields=["language"])

    assert as_bob.get(url).json()["budget-waterfall"]["data"][0]["hovertext"][0] == "Planowane: 30\xa0000\xa0€"


def test_the_map_is_that_of_the_axes_asked_for(as_bob, plan):
    CompetitorFactory.create_batch(2, plan=plan, price_index=100, market_share=5)
    url = reverse("analysis:competitors_plots", args=[plan.pk])

    maps = [as_bob.get(url, {"x": x, "y": y}).json() for x, y in (("price", "share"), ("share", "price"))]

    assert maps[0]["positioning-map"]["data"] != maps[1]["positioning-map"]["data"]


def test_the_page_of_a_kpi_has_its_run_there(as_bob, plan):
    kpi = KpiFactory(plan=plan)
    ReadingFactory(kpi=kpi, value=3)

    figures = as_bob.get(reverse("kpis:kpi_plots", args=[kpi.pk])).json()

    assert figures[f"kpi-{kpi.pk}-run"]["data"][1]["y"] == [3.0]


# Tables


def test_the_table_opens_where_it_is_asked_for(as_bob, line, url, htmx):
    table = as_bob.get(url, {"table": "budget-waterfall"}, headers=htmx()).text

    assert table.strip().startswith('<div class="tscroll"')
    assert '<th scope="row">Left</th><td class="r num">21,000\xa0€</td>' in table


def test_without_javascript_it_is_a_page(as_bob, plan, line, url):
    page = as_bob.get(reverse("plans:budget", args=[plan.pk])).text
    assert f'href="{url}?table=budget-waterfall"' in page

    table = as_bob.get(url, {"table": "budget-waterfall"}).text

    assert "<h1>From the planned budget to what is left</h1>" in table
    assert '<th scope="row">Left</th><td class="r num">21,000\xa0€</td>' in table


def test_the_table_of_the_map_is_that_of_its_axes(as_bob, plan):
    CompetitorFactory.create_batch(2, plan=plan, price_index=100, market_share=5)

    page = as_bob.get(reverse("analysis:competitors", args=[plan.pk]), {"x": "share", "y": "price"}).text

    url = reverse("analysis:competitors_plots", args=[plan.pk])
    assert f'href="{url}?x=share&amp;y=price&amp;size=share&amp;table=positioning-map"' in page


def test_a_table_of_nothing_is_not_found(as_bob, line, url):
    assert as_bob.get(url, {"table": "no-such-chart"}).status_code == 404


# Files


def test_the_figures_come_as_a_file_with_numbers_to_compute_with(as_bob, plan, line, url):
    plan.name = "Growth 2026"
    plan.save()

    answer = as_bob.get(url, {"table": "budget-by-category", "download": "csv"})

    name = f"growth-2026-budget-by-category-planne-{timezone.localdate().isoformat()}.csv"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer.content.decode("utf-8-sig").splitlines() == [
        "Category,Planned (EUR),Adjusted (EUR),Committed (EUR),Spent (EUR)",
        "Trade fairs,30000,30000,9000,9000",
        "Total,30000,30000,9000,9000",
    ]


def test_the_page_leads_to_them_without_javascript(as_bob, plan, line, url):
    page = as_bob.get(reverse("plans:budget", args=[plan.pk])).text

    assert f'href="{url}?table=budget-waterfall&amp;download=csv" download' in page


def test_the_page_of_the_table_leads_to_them_too(as_bob, line, url):
    table = as_bob.get(url, {"table": "budget-waterfall"}).text

    assert 'href="?table=budget-waterfall&amp;download=csv" download' in table


def test_a_chart_that_is_not_there_has_no_file(as_bob, line, url):
    assert as_bob.get(url, {"table": "no-such", "download": "csv"}).status_code == 404


def test_periods_of_a_run_are_days_and_its_pace_is_exact(as_bob, plan):
    kpi = KpiFactory(plan=plan, unit="%")
    reading = ReadingFactory(kpi=kpi, value="3.25")

    answer = as_bob.get(reverse("kpis:kpi_plots", args=[kpi.pk]), {"table": f"kpi-{kpi.pk}-run", "download": "csv"})

    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "Period,Value (%),Pace (%),What happened"
    assert any(line.startswith(f"{reading.period.isoformat()},3.25,") for line in lines)
