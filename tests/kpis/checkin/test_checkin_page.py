"""The weekly check-in: which lines it shows, and that each saves itself."""

import datetime as dt
import re

import pytest
from django.test import Client
from django.urls import reverse

from kpis.models import Kpi, Reading
from plans.models import BinnedItem, Delivery
from tests.factories import ActionFactory, KpiFactory, PlanFactory, ReadingFactory, WebhookFactory

TODAY = dt.date(2026, 8, 19)
WEEK_34 = dt.date(2026, 8, 17)
WEEK_33 = dt.date(2026, 8, 10)
TYPED = {"period": "2026-08-17", "week": "2026-W34"}


@pytest.fixture(autouse=True)
def wednesday(monkeypatch):
    real = dt.datetime(2026, 8, 19, 8, tzinfo=dt.UTC)
    monkeypatch.setattr("django.utils.timezone.now", lambda: real)


@pytest.fixture
def kpi(plan, mia):
    return KpiFactory(plan=plan, owner=mia, name="Qualified leads", unit="leads", baseline=30, target=50)


def enter(client, kpi, htmx=None, **typed):
    url = reverse("kpis:reading_enter", args=[kpi.pk])
    return client.post(url, TYPED | typed, headers=htmx(f"kpi-{kpi.pk}") if htmx else {})


# What it shows


def test_it_shows_my_kpis_of_every_plan_in_execution_open_ones_first(as_mia, plan, mia, alice):
    done = KpiFactory(plan=plan, owner=mia, name="Entered already")
    KpiFactory(plan=plan, owner=mia, name="Still open")
    KpiFactory(plan=plan, owner=alice, name="Not mine")
    KpiFactory(plan=PlanFactory(workspace=plan.workspace, status="draft"), owner=mia, name="Only drafted")
    KpiFactory(plan=PlanFactory(workspace=plan.workspace, name="Another plan"), owner=mia, name="Elsewhere")
    ReadingFactory(kpi=done, period=WEEK_34)

    response = as_mia.get(reverse("kpis:week"))

    assert [row.kpi.name for row in response.context["page"].rows] == ["Elsewhere", "Still open", "Entered already"]
    assert "My KPIs, week 34" in response.text
    assert '<b class="b">1 of 3</b>' in response.text
    assert "Not mine" not in response.text
    assert "Only drafted" not in response.text


def test_beside_the_box_stand_last_value_target_and_pace(as_mia, kpi):
    ReadingFactory(kpi=kpi, period=WEEK_33, value=46)

    response = as_mia.get(reverse("kpis:week"))

    assert 'placeholder="46"' in response.text
    assert "last week 46" in response.text
    assert "target 50\xa0leads by 31 Dec" in response.text


@pytest.mark.parametrize("code", ["2026-W35", "2027-W01"])
def test_a_week_that_has_not_begun_is_refused(as_mia, kpi, code):
    response = as_mia.get(reverse("kpis:week"), {"week": code}, follow=True)

    assert response.redirect_chain == [(reverse("kpis:week"), 302)]
    assert "has not begun yet" in response.text


@pytest.mark.parametrize("code", ["", "rubbish", "2026-W99"])
def test_without_a_week_it_is_this_one(as_mia, kpi, code):
    assert "week 34" in as_mia.get(reverse("kpis:week"), {"week": code}).text


def test_a_missed_week_is_filled_in_on_its_own_page(as_mia, kpi, htmx):
    ReadingFactory(kpi=kpi, period=WEEK_34, value=50)
    page = as_mia.get(reverse("kpis:week"), {"week": "2026-W33"})
    assert "0 of 1" in page.text

    enter(as_mia, kpi, htmx, period="2026-08-10", week="2026-W33", value="45")

    assert list(kpi.readings.values_list("period", "value")) == [(WEEK_33, 45), (WEEK_34, 50)]


def test_the_page_of_a_plan_shows_everybodys_and_who_owes_them(as_alice, kpi, alice):
    KpiFactory(plan=kpi.plan, name="Nobody's")

    response = as_alice.get(reverse("kpis:checkin", args=[kpi.plan_id]))

    assert "Mia Rossi" in response.text
    assert "nobody" in response.text


def test_on_the_page_of_a_plan_a_member_may_fill_in_only_her_own(as_mia, kpi, alice):
    KpiFactory(plan=kpi.plan, owner=alice)

    rows = as_mia.get(reverse("kpis:checkin", args=[kpi.plan_id])).context["page"].rows

    assert [row.may_enter for row in rows] == [True, False]


def test_who_owes_nothing_is_told_what_belongs_here(as_mia, plan):
    assert "You owe no KPI this week" in as_mia.get(reverse("kpis:week")).text


@pytest.mark.parametrize("kpi_count", [1, 3])
def test_my_week_costs_the_same_however_many_kpis(as_mia, plan, mia, kpi_count, django_assert_num_queries):
    for kpi in KpiFactory.create_batch(kpi_count, plan=plan, owner=mia, baseline=4, target=4):
        ReadingFactory(kpi=kpi, period=WEEK_34, value=2)
        kpi.actions.add(*ActionFactory.create_batch(kpi_count, objective__plan=plan))

    # session, user; KPIs, values, readings, locks; linked actions, streak; workspaces, count in the frame
    with django_assert_num_queries(10):
        response = as_mia.get(reverse("kpis:week"))

    assert response.text.count("data-ci-row") == kpi_count


# Saving a line


def test_a_value_saves_itself_and_answers_with_its_line_and_the_count(as_mia, kpi, mia, htmx):
    ReadingFactory(kpi=kpi, period=WEEK_33, value=46)

    response = enter(as_mia, kpi, htmx, value="46,5", confidence="high", note="Fair in Lyon")

    reading = kpi.readings.get(period=WEEK_34)
    assert (reading.value, reading.confidence, reading.note) == (46.5, "high", "Fair in Lyon")
    assert reading.entered_by == mia
    assert response.status_code == 200
    assert response.headers["HX-Trigger"] == '{"checkin-saved": {}}'
    assert f'id="kpi-{kpi.pk}"' in response.text
    assert 'hx-swap-oob="true"' in response.text
    assert "1 of 1" in response.text
    assert "<html" not in response.text


@pytest.mark.parametrize("others", [0, 3])
def test_a_value_asks_as_little_of_a_long_page_as_of_a_short_one(
    as_mia, plan, kpi, mia, htmx, others, django_assert_num_queries
):
    for row in [kpi, *KpiFactory.create_batch(others, plan=plan, owner=mia)]:
        ReadingFactory(kpi=row, period=WEEK_33, value=46)
    enter(as_mia, kpi, htmx, value="46")

    # (13): session, user, savepoint, KPI, what stands there, reading, locks, the reading, its history, what it moves,
    # clock, count, savepoint; nothing of it twice
    with django_assert_num_queries(13):
        enter(as_mia, kpi, htmx, value="47", version=1)


@pytest.mark.parametrize(("of", "told"), [("this", 2), ("another", 0)])
def test_programs_are_told_of_a_value_and_of_its_correction(as_mia, plan, kpi, htmx, of, told):
    listened_to = plan if of == "this" else PlanFactory(workspace=plan.workspace)
    WebhookFactory(workspace=plan.workspace, plan=listened_to, events=["reading.entered", "reading.corrected"])

    enter(as_mia, kpi, htmx, value="46")
    enter(as_mia, kpi, htmx, value="47", version=1)

    assert Delivery.objects.count() == told


def test_a_line_on_a_page_carries_its_token_and_an_answered_one_leaves_it_to_the_page(kpi, mia, htmx):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(mia)
    page = browser.get(reverse("kpis:week"))
    browser.defaults["HTTP_X_CSRFTOKEN"] = browser.cookies["csrftoken"].value

    first = enter(browser, kpi, htmx, value="46")
    second = enter(browser, kpi, htmx, value="47", version=1)

    assert 'name="csrfmiddlewaretoken"' in page.text
    assert 'name="csrfmiddlewaretoken"' not in first.text
    assert second.status_code == 200
    assert kpi.readings.get().value == 47


NUMBERS = {"1 234,5": 1234.5, "1234.5": 1234.5, "12,5 %": 12.5, "-3": -3, "46 leads": 46, " 1\xa0234,5 Leads ": 1234.5}


@pytest.mark.parametrize(("typed", "value"), NUMBERS.items())
def test_numbers_are_read_as_people_write_them(as_mia, kpi, htmx, typed, value):
    enter(as_mia, kpi, htmx, value=typed)

    assert Reading.objects.get().value == value


@pytest.mark.parametrize("typed", ["1 200 €", "€1,200", "1200 EUR", "EUR 1200", "1.200,00 eur"])
def test_an_amount_brings_its_currency_along(as_mia, plan, mia, htmx, typed):
    enter(as_mia, KpiFactory(plan=plan, owner=mia, unit="EUR"), htmx, value=typed)

    assert Reading.objects.get().value == 1200


@pytest.mark.parametrize(
    "typed", ["NaN", "1e309", "abc", "12345678901234567890", "Infinity", "1.23456", "😀", "=1+1", "leads", "46 visits"]
)
def test_what_is_no_number_is_explained_and_nothing_is_saved(as_mia, kpi, htmx, typed):
    response = enter(as_mia, kpi, htmx, value=typed, note="stays")

    assert response.status_code == 422
    assert 'role="alert"' in response.text
    assert "stays" in response.text
    assert not Reading.objects.exists()


@pytest.mark.parametrize("period", ["2026-08-24", "2026-08-18", "2030-01-07"])
def test_a_value_for_a_period_not_begun_or_none_at_all_is_refused(as_mia, kpi, htmx, period):
    response = enter(as_mia, kpi, htmx, period=period, value="5")

    assert response.status_code == 422
    assert not Reading.objects.exists()


def test_a_year_with_a_week_53_is_asked_for_it(client, mia, kpi, htmx, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: dt.datetime(2026, 12, 30, 8, tzinfo=dt.UTC))
    client.force_login(mia)
    assert "My KPIs, week 53" in client.get(reverse("kpis:week"), {"week": "2026-W53"}).text

    enter(client, kpi, htmx, period="2026-12-28", week="2026-W53", value="5")

    assert Reading.objects.get().period == dt.date(2026, 12, 28)


def test_without_a_period_there_is_nothing(as_mia, kpi, htmx):
    assert enter(as_mia, kpi, htmx, period="31 February", value="5").status_code == 404


def test_sent_twice_it_is_one_value(as_mia, kpi, htmx):
    for _time in range(2):
        enter(as_mia, kpi, htmx, value="46")

    assert Reading.objects.count() == 1


def test_an_empty_line_without_a_value_is_left_alone(as_mia, kpi, htmx):
    response = enter(as_mia, kpi, htmx, value="", confidence="low")

    assert response.status_code == 204
    assert not Reading.objects.exists()


def test_emptying_the_box_takes_the_value_back_and_can_be_undone(as_mia, kpi, htmx):
    reading = ReadingFactory(kpi=kpi, period=WEEK_34, value=46)

    response = enter(as_mia, kpi, htmx, value="", version=reading.version)

    assert not Reading.objects.exists()
    assert "data-undo" in response.text
    as_mia.post(reverse("plans:item_restore", args=[BinnedItem.objects.get().pk]))
    assert Reading.objects.get().value == 46


# Slips of the finger


def test_ten_times_the_last_value_is_asked_about_and_not_saved(as_mia, kpi, htmx):
    ReadingFactory(kpi=kpi, period=WEEK_33, value="3.1")

    response = enter(as_mia, kpi, htmx, value="31")

    assert response.status_code == 422
    assert "is ten times the last value of 3.1" in response.text
    assert "Did you mean 3.1" in response.text
    assert not kpi.readings.filter(period=WEEK_34).exists()


@pytest.mark.parametrize(("answer", "value"), [({"use": "3.1"}, 3.1), ({"keep": "31"}, 31)])
def test_the_question_takes_use_and_keep_for_an_answer(as_mia, kpi, htmx, answer, value):
    ReadingFactory(kpi=kpi, period=WEEK_33, value="3.1")

    enter(as_mia, kpi, htmx, value="31", **answer)

    assert float(kpi.readings.get(period=WEEK_34).value) == value


def test_keeping_one_odd_value_does_not_keep_another(as_mia, kpi, htmx):
    ReadingFactory(kpi=kpi, period=WEEK_33, value="3.1")

    assert enter(as_mia, kpi, htmx, value="310", keep="31").status_code == 422


# Two people


def test_two_people_entering_the_same_week_the_second_sees_both_and_chooses(as_mia, kpi, alice, htmx):
    a_minute_ago = dt.datetime(2026, 8, 19, 7, 59, tzinfo=dt.UTC)
    theirs = ReadingFactory(kpi=kpi, period=WEEK_34, value=46, entered_by=alice, entered_at=a_minute_ago)

    response = enter(as_mia, kpi, htmx, value="47", version="")

    assert response.status_code == 409
    assert "Alice Martin entered this" in response.text
    assert Reading.objects.get().value == 46

    enter(as_mia, kpi, htmx, value="47", version="", mine=theirs.version)

    assert Reading.objects.get().value == 47


def test_the_second_may_take_the_others_value(as_mia, kpi, htmx):
    ReadingFactory(kpi=kpi, period=WEEK_34, value=46)

    response = enter(as_mia, kpi, htmx, value="47", version="", theirs="1")

    assert response.status_code == 200
    assert 'value="46"' in response.text
    assert Reading.objects.get().value == 46


def test_what_only_one_of_two_entered_is_kept(as_mia, kpi, htmx):
    ReadingFactory(kpi=kpi, period=WEEK_34, value=46, note="From Anna")

    response = enter(as_mia, kpi, htmx, value="46", confidence="low", note="", version="")

    reading = Reading.objects.get()
    assert response.status_code == 200
    assert (reading.note, reading.confidence) == ("From Anna", "low")


def test_an_emptied_box_does_not_take_back_what_somebody_else_just_changed(as_mia, kpi, htmx):
    reading = ReadingFactory(kpi=kpi, period=WEEK_34, value=46)

    enter(as_mia, kpi, htmx, value="", version=reading.version - 1)

    assert Reading.objects.get().value == 46


# Formulas


def test_a_formula_is_entered_by_its_inputs_and_keeps_them(as_mia, plan, mia, htmx):
    kpi = KpiFactory(plan=plan, owner=mia, formula="lead_conversion")

    response = enter(as_mia, kpi, htmx, input_converted="12", input_leads="80")

    reading = Reading.objects.get()
    assert reading.value == 15
    assert reading.inputs == {"converted": "12", "leads": "80"}
    assert "15%" in response.text


def test_division_by_zero_is_no_value_says_why_and_keeps_what_was_entered(as_mia, plan, mia, htmx):
    kpi = KpiFactory(plan=plan, owner=mia, measure="ratio", formula="ad_roi")
    ReadingFactory(kpi=kpi, period=dt.date(2026, 8, 10), value=20, inputs={"gain": "120", "cost": "100"})

    response = enter(as_mia, kpi, htmx, input_gain="100", input_cost="0", note="No campaign")

    reading = kpi.readings.get(period=WEEK_34)
    assert response.status_code == 200
    assert (reading.value, reading.inputs, reading.note) == (None, {"gain": "100", "cost": "0"}, "No campaign")
    assert "no value: it would divide by zero" in response.text
    assert "No cost in this period" in response.text
    assert 'value="100"' in response.text
    assert "dn" not in re.findall(r'class="delta ([a-z]+)"', response.text)
    page = as_mia.get(reverse("kpis:kpi_detail", args=[kpi.pk])).text
    assert "No data" in page
    assert "No cost in this period" in page
    assert as_mia.get(reverse("kpis:week")).text.count("ci-r ok") == 1


def test_a_formula_waits_for_all_its_inputs(as_mia, plan, mia, htmx):
    kpi = KpiFactory(plan=plan, owner=mia, formula="retention")

    assert enter(as_mia, kpi, htmx, input_at_start="12", input_at_end="", input_new="").status_code == 204


# Without JavaScript


def test_without_javascript_a_line_saves_and_leads_back_to_it(as_mia, kpi):
    response = enter(as_mia, kpi, value="46")

    assert Reading.objects.get().value == 46
    assert response.url == f"{reverse('kpis:week')}#kpi-{kpi.pk}"


def test_without_javascript_a_wrong_line_comes_back_on_its_page(as_mia, kpi):
    response = enter(as_mia, kpi, value="many", scope="plan")

    assert response.status_code == 422
    assert "<html" in response.text
    assert 'value="many"' in response.text


# Who may


def test_a_manager_enters_for_others(as_mark, kpi, mark, htmx):
    assert enter(as_mark, kpi, htmx, value="46").status_code == 200
    assert Reading.objects.get().entered_by == mark


def test_a_member_cannot_enter_what_another_owes(as_mia, plan, alice, htmx):
    kpi = KpiFactory(plan=plan, owner=alice)

    assert enter(as_mia, kpi, htmx, value="46").status_code == 403
    assert not Reading.objects.exists()


def test_a_viewer_enters_nothing_not_even_what_carries_his_name(as_bob, plan, bob, htmx):
    kpi = KpiFactory(plan=plan, owner=bob)

    assert enter(as_bob, kpi, htmx, value="46").status_code == 403


def test_a_role_elsewhere_gives_no_right_here(client, carol, kpi, htmx):
    client.force_login(carol)

    assert enter(client, kpi, htmx, value="46").status_code == 404


@pytest.mark.parametrize("status", ["closed", "archived"])
def test_nothing_is_entered_in_a_closed_plan(as_mia, kpi, htmx, status):
    kpi.plan.status = status
    kpi.plan.save()

    assert enter(as_mia, kpi, htmx, value="46").status_code == 403
    assert not Reading.objects.exists()


# What it shows afterwards


def test_the_effect_names_what_is_behind_with_its_action(as_mia, kpi):
    ReadingFactory(kpi=kpi, period=WEEK_34, value=10)
    kpi.actions.add(ActionFactory(objective__plan=kpi.plan, title="Exhibit at Hannover"))
    KpiFactory(plan=kpi.plan)

    effect = as_mia.get(reverse("kpis:week")).context["page"].effect

    assert [behind.row.kpi for behind in effect.behind] == [kpi]
    assert [action.title for action in effect.worst.actions] == ["Exhibit at Hannover"]


def test_weeks_in_a_row_count_back_to_the_first_that_was_late(as_mia, kpi):
    late, in_time = dt.timedelta(days=8), dt.timedelta(days=7)
    for weeks_ago, delay in ((0, None), (1, in_time), (2, in_time), (3, late), (4, in_time)):
        if delay:
            period = WEEK_34 - weeks_ago * dt.timedelta(weeks=1)
            moment = dt.datetime.combine(period + delay, dt.time(12), tzinfo=dt.UTC)
            ReadingFactory(kpi=kpi, period=period, entered_at=moment)
    assert as_mia.get(reverse("kpis:week")).context["page"].effect.streak == 2

    ReadingFactory(kpi=kpi, period=WEEK_34, entered_at=dt.datetime(2026, 8, 19, tzinfo=dt.UTC))

    assert as_mia.get(reverse("kpis:week")).context["page"].effect.streak == 3


@pytest.mark.parametrize(("weeks", "streak"), [(7, 7), (8, 8), (20, 20), (60, 51)])
def test_a_long_streak_is_counted_over_a_year_at_most(as_mia, kpi, weeks, streak):
    for weeks_ago in range(1, weeks + 1):
        period = WEEK_34 - weeks_ago * dt.timedelta(weeks=1)
        in_time = dt.datetime.combine(period, dt.time(12), tzinfo=dt.UTC)
        ReadingFactory(kpi=kpi, period=period, entered_at=in_time)
    Kpi.objects.update(starts_on=dt.date(2024, 1, 1))

    assert as_mia.get(reverse("kpis:week")).context["page"].effect.streak == streak


def test_the_effect_is_drawn_again_alone(as_mia, kpi, htmx):
    response = as_mia.get(reverse("kpis:week"), headers=htmx("effect"))

    assert 'id="effect"' in response.text
    assert "<html" not in response.text
    assert "data-ci-row" not in response.text


# Many lines


@pytest.fixture
def forty_kpis(plan, mia):
    other = PlanFactory(workspace=plan.workspace, name="A plan of next year")
    KpiFactory.create_batch(10, plan=other, owner=mia)
    return KpiFactory.create_batch(30, plan=plan, owner=mia)


def test_the_first_lines_stand_on_the_page_and_the_rest_follows_them(as_mia, forty_kpis, htmx):
    page = as_mia.get(reverse("kpis:week"))
    rest = as_mia.get(reverse("kpis:week"), headers=htmx("rest"))

    assert page.text.count("data-ci-row") == 15
    assert rest.text.count("data-ci-row") == 25
    assert "0 of 40" in page.text
    assert "Show 25 more KPIs" in page.text
    assert {*re.findall(r'id="kpi-(\d+)"', page.text)}.isdisjoint(re.findall(r'id="kpi-(\d+)"', rest.text))


def test_the_name_of_a_plan_stands_once_above_its_lines(as_mia, plan, forty_kpis, htmx):
    heading = f'<h2 class="ci-g"><a class="plain" href="{plan.get_absolute_url()}">'

    assert heading in as_mia.get(reverse("kpis:week")).text
    assert heading not in as_mia.get(reverse("kpis:week"), headers=htmx("rest")).text


def test_without_javascript_a_link_leads_to_all_lines(as_mia, forty_kpis):
    response = as_mia.get(reverse("kpis:week"), {"week": "2026-W34", "all": "1"})

    assert response.text.count("data-ci-row") == 40
    assert "more KPIs" not in response.text


def test_a_wrong_line_beyond_the_first_comes_back_too_without_javascript(as_mia, forty_kpis):
    response = enter(as_mia, forty_kpis[-1], value="many")

    assert response.status_code == 422
    assert 'value="many"' in response.text


def test_a_line_shows_the_sign_of_its_currency(as_mia, plan, mia):
    KpiFactory(plan=plan, owner=mia, unit="EUR")

    assert "<span>€</span>" in as_mia.get(reverse("kpis:week")).text


def test_what_people_wrote_is_text_and_no_markup(as_mia, plan, mia):
    name = '<script>alert(1)</script> & "leads"'
    kpi = KpiFactory(plan=plan, owner=mia, name=name, unit="<b>", description="'quoted' <i>")
    ReadingFactory(kpi=kpi, period=WEEK_34, note="</textarea><script>alert(2)</script>")

    line = as_mia.get(reverse("kpis:week")).text.partition('<form class="ci-r')[2].partition("</form>")[0]

    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;leads&quot;" in line
    assert "&lt;/textarea&gt;&lt;script&gt;alert(2)" in line
    assert not re.search(r"<script|<b>|<i>", line)
