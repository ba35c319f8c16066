from decimal import Decimal

import pytest
from django.utils.translation import override

from plans.budget.charts import category_chart, waterfall_chart, waterfall_steps
from plans.budget.models import BudgetLine
from plans.budget.queries import BudgetFigures, LineFigures


def plain(text):
    return text.replace("\xa0", " ")


def figures(name="Trade fairs", **amounts):
    return LineFigures(BudgetLine(name=name), **{key: Decimal(value) for key, value in amounts.items()})


@pytest.fixture
def budget():
    return BudgetFigures(
        [
            figures("Trade fairs", planned=30_000, moved_in=3_000, ordered=27_500, spent=18_600),
            figures("Blog content", planned=5_000, moved_out=1_000, ordered=0, spent=4_500),
        ]
    )


def test_bars_show_each_line_planned_committed_and_spent(budget):
    bars = category_chart(budget, currency="EUR").figure["data"]

    assert [bar["x"] for bar in bars] == [[33_000, 4_000], [27_500, 4_500], [18_600, 4_500]]
    assert [bar["marker"]["color"] for bar in bars] == ["var(--sp-bar-3)", "var(--sp-bar-2)", "var(--sp-bar)"]


def test_every_line_keeps_its_name_on_the_axis_a_shorter_one_on_a_phone():
    long = BudgetFigures([figures("SEO tools and website optimisation for all our brands", planned=1)])

    layout = category_chart(long, currency="EUR").figure["layout"]

    assert layout["yaxis"]["ticktext"] == ["SEO tools and website optimisatio…"]
    assert layout["meta"]["narrow"]["yaxis"]["ticktext"] == ["SEO tools and w…"]


def test_of_many_lines_the_largest_are_drawn_and_the_table_has_all():
    many = BudgetFigures([figures(f"Line {number}", planned=1 if number in (2, 5) else 9) for number in range(20)])

    chart = category_chart(many, currency="EUR")

    drawn = chart.figure["layout"]["yaxis"]["ticktext"]
    assert drawn == [f"Line {number}" for number in range(20) if number not in (2, 5)]
    assert len(chart.rows) == 21
    assert chart.says.endswith("Drawn are the 18 largest of 20 lines; the table has all.")


def test_the_sentence_names_what_is_over_budget(budget):
    says = category_chart(budget, currency="EUR").says

    assert plain(says) == "23,100 € of 37,000 € is spent, 62%. Over budget: Blog content."


def test_the_table_beside_the_bars_has_every_figure_and_the_totals(budget):
    chart = category_chart(budget, currency="EUR")

    assert list(chart.columns) == ["Category", "Planned", "Adjusted", "Committed", "Spent"]
    assert [plain(cell) for cell in chart.rows[-1]] == ["Total", "35,000 €", "37,000 €", "32,000 €", "23,100 €"]


def test_the_steps_of_the_waterfall_lead_from_each_total_to_the_next(budget):
    amounts = [amount for *_words, amount in waterfall_steps(budget)]
    planned, moved, adjusted, unpaid, spent, left = amounts

    assert planned + moved == adjusted == budget.adjusted
    assert adjusted + unpaid + spent == left == budget.left
    assert -(unpaid + spent) == budget.committed


def test_the_waterfall_is_drawn_as_one_with_totals_between_its_steps(budget):
    trace = waterfall_chart(budget, currency="EUR").figure["data"][0]

    assert trace["type"] == "waterfall"
    assert trace["measure"] == ["absolute", "relative", "total", "relative", "relative", "total"]
    assert trace["y"] == [35_000, 2_000, 37_000, -8_900, -23_100, 5_000]


def test_figures_are_written_in_the_readers_language(budget):
    with override("pl"):
        rows = category_chart(budget, currency="PLN").rows

    assert rows[-1][1] == "35\xa0000\xa0zł"


def test_a_name_is_no_markup_in_a_figure():
    budget = BudgetFigures([figures("<b>Fairs</b> & more", planned=30_000)])

    figure = category_chart(budget, currency="EUR").figure

    assert figure["layout"]["yaxis"]["ticktext"] == ["&lt;b&gt;Fairs&lt;/b&gt; &amp; more"]
