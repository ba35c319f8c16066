"""The KPIs of a plan: added, changed, moved; and one KPI with its run."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from kpis.kpi.services import insert_article_kpis
from kpis.models import Kpi
from salesplan.lib.memory import memory
from tests.factories import ActionFactory, KpiFactory, ObjectiveFactory, ReadingFactory, SkipFactory

FORM = {"name": "Qualified leads", "measure": "level", "direction": "more", "rhythm": "weekly", "unit": "leads"}


@pytest.fixture(autouse=True)
def wednesday(monkeypatch):
    """What is kept is emptied: with the clock standing still, plans of two tests would share what is kept of them."""
    memory.clear()
    monkeypatch.setattr("django.utils.timezone.now", lambda: dt.datetime(2026, 8, 19, 8, tzinfo=dt.UTC))


def test_a_kpi_is_added_with_its_track_owner_and_links(as_alice, plan, mia, htmx):
    objective = ObjectiveFactory(plan=plan)
    action = ActionFactory(objective=objective)
    typed = FORM | {"baseline": "30", "target": "1 050,5", "owner": mia.pk, "objective": objective.pk}

    response = as_alice.post(
        reverse("kpis:kpi_add", args=[plan.pk]), typed | {"actions": [action.pk]}, headers=htmx("kpi-list")
    )

    kpi = Kpi.objects.get()
    assert (kpi.name, kpi.baseline, float(kpi.target), kpi.owner) == ("Qualified leads", 30, 1050.5, mia)
    assert list(kpi.actions.all()) == [action]
    assert 'id="kpi-list"' in response.text


@pytest.mark.parametrize(
    ("typed", "explained"),
    [
        ({"name": ""}, "This field is required"),
        ({"baseline": "5", "target": "5"}, "The target equals the baseline"),
        ({"starts_on": "2026-05-01", "deadline": "2026-04-01"}, "The target date must come after"),
        ({"deadline": "2026-02-31"}, "There is no such day"),
        ({"direction": "within"}, "Say where the band begins or ends"),
        ({"direction": "within", "band_low": "8", "band_high": "4"}, "The band must end above where it begins"),
        ({"direction": "within", "measure": "total", "band_low": "4"}, "A total grows all the time"),
        ({"target": "1e30"}, "no more than"),
        ({"name": "x" * 10_000}, "at most 120 characters"),
    ],
)
def test_what_is_wrong_is_explained_and_nothing_is_saved(as_alice, plan, htmx, typed, explained):
    response = as_alice.post(reverse("kpis:kpi_add", args=[plan.pk]), FORM | typed, headers=htmx("kpi-list"))

    assert response.status_code == 422
    assert explained in response.text
    assert not Kpi.objects.exists()


def test_within_a_band_target_and_baseline_may_be_the_same(as_alice, plan):
    typed = FORM | {"direction": "within", "band_low": "4", "band_high": "8", "baseline": "6", "target": "6"}

    as_alice.post(reverse("kpis:kpi_add", args=[plan.pk]), typed)

    assert Kpi.objects.count() == 1


def test_a_chosen_formula_makes_it_a_ratio_in_percent(as_alice, plan):
    as_alice.post(reverse("kpis:kpi_add", args=[plan.pk]), FORM | {"formula": "ad_roi", "measure": "total"})

    kpi = Kpi.objects.get()
    assert (kpi.unit, kpi.measure) == ("%", "ratio")


def test_the_form_says_what_each_formula_is_computed_from(as_alice, plan):
    assert "converted leads / leads" in as_alice.get(reverse("kpis:kpi_add", args=[plan.pk])).text


def test_a_kpi_with_values_keeps_its_rhythm(as_alice, plan, htmx):
    kpi = KpiFactory(plan=plan, rhythm="weekly")
    ReadingFactory(kpi=kpi)

    response = as_alice.post(
        reverse("kpis:kpi_edit", args=[kpi.pk]), FORM | {"rhythm": "monthly"}, headers=htmx("kpi-list")
    )

    kpi.refresh_from_db()
    assert response.status_code == 422
    assert "It has values by its rhythm already" in response.text
    assert kpi.rhythm == "weekly"


@pytest.mark.parametrize("person", ["as_mark", "as_mia", "as_bob"])
@pytest.mark.parametrize("address", ["kpi_add", "kpi_insert_article"])
def test_only_directors_add_kpis(request, plan, person, address):
    client = request.getfixturevalue(person)

    assert client.post(reverse(f"kpis:{address}", args=[plan.pk]), FORM).status_code == 403
    assert not Kpi.objects.exists()


def test_deleting_a_kpi_can_be_undone_with_its_values(as_alice, plan):
    kpi = KpiFactory(plan=plan)
    ReadingFactory(kpi=kpi)
    as_alice.post(reverse("kpis:kpi_delete", args=[kpi.pk]))
    assert not Kpi.objects.exists()

    as_alice.post(reverse("plans:item_restore", args=[plan.bin.get().pk]))

    assert Kpi.objects.get().readings.count() == 1


def test_a_duplicate_starts_without_values(as_alice, plan):
    kpi = KpiFactory(plan=plan)
    ReadingFactory(kpi=kpi)

    as_alice.post(reverse("kpis:kpi_duplicate", args=[kpi.pk]))

    assert [copy.readings.count() for copy in Kpi.objects.all()] == [1, 0]


def test_the_three_of_the_article_are_inserted_once(as_alice, plan):
    KpiFactory(plan=plan, formula="retention", position=4)

    for _time in range(2):
        as_alice.post(reverse("kpis:kpi_insert_article", args=[plan.pk]))

    assert sorted(Kpi.objects.values_list("formula", flat=True)) == ["ad_roi", "lead_conversion", "retention"]
    assert list(Kpi.objects.values_list("position", flat=True)) == [4, 5, 6]


def test_inserting_them_into_an_empty_plan_says_how_they_are_measured(plan):
    kpis = insert_article_kpis(plan)

    assert [kpi.name for kpi in kpis] == ["Lead conversion rate", "Customer retention rate", "Advertising ROI"]
    assert all(kpi.description and kpi.unit == "%" for kpi in kpis)


def test_a_kpi_is_put_on_the_dashboard_and_taken_off(as_alice, plan):
    kpi = KpiFactory(plan=plan)
    url = reverse("kpis:kpi_dashboard", args=[kpi.pk])

    shown = []
    for _time in range(2):
        as_alice.post(url)
        kpi.refresh_from_db()
        shown.append(kpi.on_dashboard)

    assert shown == [True, False]


def test_a_reader_cannot_change_the_dashboard(as_bob, plan):
    kpi = KpiFactory(plan=plan)

    assert as_bob.post(reverse("kpis:kpi_dashboard", args=[kpi.pk])).status_code == 403


def test_the_list_shows_value_gap_target_and_status(as_bob, plan, mia):
    kpi = KpiFactory(plan=plan, owner=mia, baseline=4, target=4)
    ReadingFactory(kpi=kpi, period=dt.date(2026, 8, 10), value="3.8")

    text = as_bob.get(reverse("kpis:kpis", args=[plan.pk])).text

    for shown in ("3.8%", "0.2 pt behind", "pace 4%", "At risk", "Updated 3 days ago", "Mia Rossi"):
        assert shown in text
    assert "Add KPI" not in text


def test_without_kpis_it_offers_the_three_of_the_article(as_alice, plan):
    text = as_alice.get(reverse("kpis:kpis", args=[plan.pk])).text

    assert "Nothing is measured yet" in text
    assert reverse("kpis:kpi_insert_article", args=[plan.pk]) in text


def test_names_cannot_carry_markup(as_alice, plan):
    KpiFactory(plan=plan, name="<script>alert(1)</script>", unit="<b>")

    assert "<script>alert" not in as_alice.get(reverse("kpis:kpis", args=[plan.pk])).text


@pytest.mark.parametrize("kpi_count", [1, 3])
def test_the_list_costs_the_same_however_many_kpis(as_alice, plan, mia, kpi_count, django_assert_num_queries):
    for kpi in KpiFactory.create_batch(kpi_count, plan=plan, owner=mia, objective=ObjectiveFactory(plan=plan)):
        ReadingFactory(kpi=kpi)
        kpi.actions.add(*ActionFactory.create_batch(kpi_count, objective__plan=plan))

    # session, user, plan; which KPIs, those shown, values; workspaces, count of the week and completeness in the frame
    with django_assert_num_queries(9):
        response = as_alice.get(reverse("kpis:kpis", args=[plan.pk]))

    assert response.text.count("kl-r") == kpi_count


def test_a_long_list_comes_in_two_pieces(as_alice, plan, htmx):
    kpis = KpiFactory.create_batch(30, plan=plan)
    for position, kpi in enumerate(reversed(kpis)):
        Kpi.objects.filter(pk=kpi.pk).update(position=position)
    url = reverse("kpis:kpis", args=[plan.pk])

    page = as_alice.get(url)
    rest = as_alice.get(f"{url}?seen=20", headers=htmx("kpi-rest"))

    shown, later = [re.findall(r'<li class="item" id="kpi-(\d+)"', answer.text) for answer in (page, rest)]
    assert [int(pk) for pk in shown + later] == [kpi.pk for kpi in reversed(kpis)]
    assert len(shown) == 20
    assert "Show 10 more" in page.text
    assert 'id="kpi-rest"' not in rest.text


def test_without_javascript_one_comes_back_to_the_whole_list(as_alice, plan):
    kpi = KpiFactory(plan=plan)

    response = as_alice.post(reverse("kpis:kpi_dashboard", args=[kpi.pk]))

    assert response.url == reverse("kpis:kpis", args=[plan.pk]) + "?all"


# One KPI


def test_the_page_of_a_kpi_shows_its_run_and_its_values(as_bob, plan, mia):
    kpi = KpiFactory(plan=plan, description="orders per **visit**")
    ReadingFactory(kpi=kpi, period=dt.date(2026, 8, 10), value="3.1", entered_by=mia, confidence="low", note="Relaunch")

    response = as_bob.get(reverse("kpis:kpi_detail", args=[kpi.pk]))

    chart = response.context["chart"]
    assert [trace["name"] for trace in chart.figure["data"]] == ["pace", "value", "target"]
    assert ["week 33, 10 Aug 2026", "3.1%", "3.25%", ""] in [list(row) for row in chart.rows]
    for shown in ("week 33", "Mia Rossi", "Relaunch", "Confidence: Low", "<strong>visit</strong>"):
        assert shown in response.text
    assert "Correct" not in response.text


def test_a_band_is_drawn_by_its_two_edges(as_bob, plan):
    kpi = KpiFactory(plan=plan, direction="within", band_low=4, band_high=8)
    ReadingFactory(kpi=kpi, value=6)

    chart = as_bob.get(reverse("kpis:kpi_detail", args=[kpi.pk])).context["chart"]

    assert [trace["name"] for trace in chart.figure["data"]] == ["band from", "band to", "value"]


def test_a_total_is_drawn_as_it_adds_up(as_bob, plan):
    kpi = KpiFactory(plan=plan, measure="total", target=100)
    for week, value in ((5, 10), (12, 20)):
        ReadingFactory(kpi=kpi, period=dt.date(2026, 1, week), value=value)

    chart = as_bob.get(reverse("kpis:kpi_detail", args=[kpi.pk])).context["chart"]

    assert chart.figure["data"][1]["y"] == [10.0, 30.0]


@pytest.mark.parametrize("reading_count", [1, 3])
def test_the_page_of_a_kpi_costs_the_same_however_many_values(
    as_alice, plan, mia, reading_count, django_assert_num_queries
):
    kpi = KpiFactory(plan=plan, objective=ObjectiveFactory(plan=plan), owner=mia)
    kpi.actions.add(*ActionFactory.create_batch(reading_count, objective__plan=plan))
    for week in range(reading_count):
        ReadingFactory(kpi=kpi, period=dt.date(2026, 1, 5) + dt.timedelta(weeks=week), entered_by=mia)
        SkipFactory(kpi=kpi, period=dt.date(2026, 5, 4) + dt.timedelta(weeks=week), skipped_by=mia)

    # session, user, KPI with owner and objective, plan; values, earlier values and skips, lock, what is computed from
    # it, actions; frame (3)
    with django_assert_num_queries(12):
        response = as_alice.get(reverse("kpis:kpi_detail", args=[kpi.pk]))

    assert response.text.count("kr-r") == reading_count


# The KPIs of an action


def test_a_manager_says_which_kpis_an_action_moves(as_mark, plan, htmx):
    action = ActionFactory(objective__plan=plan)
    leads, _other = KpiFactory.create_batch(2, plan=plan)
    url = reverse("kpis:action_kpis", args=[action.pk])
    assert as_mark.get(url, headers=htmx()).text.count('type="checkbox"') == 2

    response = as_mark.post(url, {"kpis": [leads.pk], "sent": "1"}, headers=htmx())

    assert list(action.kpis.all()) == [leads]
    assert response.headers["HX-Trigger"] == f'{{"action-kpis-changed": {{"action": {action.pk}}}}}'


def test_the_last_kpi_of_an_action_can_be_taken_away(as_mark, plan):
    action = ActionFactory(objective__plan=plan)
    action.kpis.add(KpiFactory(plan=plan))

    as_mark.post(reverse("kpis:action_kpis", args=[action.pk]), {"sent": "1"})

    assert not action.kpis.exists()


def test_a_kpi_of_another_plan_is_no_choice(as_mark, plan, htmx):
    action = ActionFactory(objective__plan=plan)

    url = reverse("kpis:action_kpis", args=[action.pk])
    response = as_mark.post(url, {"kpis": [KpiFactory().pk]}, headers=htmx())

    assert response.status_code == 422
    assert not action.kpis.exists()


@pytest.mark.parametrize("person", ["as_mia", "as_bob"])
def test_members_and_readers_do_not_link_kpis(request, plan, person):
    action = ActionFactory(objective__plan=plan)
    action.kpis.add(KpiFactory(plan=plan, name="Qualified leads"))
    client, url = request.getfixturevalue(person), reverse("kpis:action_kpis", args=[action.pk])

    assert client.post(url, {"sent": "1"}).status_code == 403
    assert "Qualified leads" in client.get(url).text
    assert action.kpis.count() == 1


def test_kpis_stand_in_the_order_somebody_gave_them(as_alice, plan):
    for position, name in ((2, "First made"), (0, "Second made"), (1, "Third made")):
        KpiFactory(plan=plan, name=name, position=position)

    response = as_alice.get(reverse("kpis:kpis", args=[plan.pk]))

    assert [row.kpi.name for row in response.context["progress"]] == ["Second made", "Third made", "First made"]
