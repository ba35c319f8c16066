"""A week without a value: skipped with a reason, which answers it and is no value."""

import datetime as dt

import pytest
from django.urls import reverse

from kpis.kpi.charts import run_chart
from kpis.kpi.track import Track
from kpis.models import Reading, Skip
from plans.models import BinnedItem
from tests.factories import KpiFactory, ReadingFactory, SkipFactory

WEEK_33, WEEK_34 = dt.date(2026, 8, 10), dt.date(2026, 8, 17)
KEY = "0d8a9f6e-8f0f-4f0e-9a59-6d40a1a7a9f1"
LINE = {"period": "2026-08-17", "week": "2026-W34", "scope": ""}


@pytest.fixture(autouse=True)
def wednesday(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: dt.datetime(2026, 8, 19, 8, tzinfo=dt.UTC))


@pytest.fixture
def kpi(plan, mia):
    return KpiFactory(plan=plan, owner=mia, name="Qualified leads")


def skip(client, kpi, htmx=None, **data):
    headers = htmx(f"kpi-{kpi.pk}") | {"Idempotency-Key": KEY} if htmx else {}
    return client.post(reverse("kpis:reading_skip", args=[kpi.pk]), LINE | data, headers=headers)


def unskip(client, kpi, headers=None, **data):
    return client.post(reverse("kpis:reading_unskip", args=[kpi.pk]), LINE | data, headers=headers or {})


def test_a_skipped_line_says_why_and_counts_as_answered(as_mia, kpi, mia, htmx):
    response = skip(as_mia, kpi, htmx, reason="On leave")

    stored = Skip.objects.get()
    assert (stored.period, stored.reason, stored.skipped_by) == (WEEK_34, "On leave", mia)
    assert (response.status_code, response.headers["X-Version"]) == (200, "1")
    assert "skipped: On leave" in response.text
    assert "1 of 1" in response.text
    assert not Reading.objects.exists()
    page = as_mia.get(reverse("kpis:week")).context["page"]
    assert (page.count.done, page.effect.entered, page.effect.skipped) == (1, 0, 1)


def test_sent_twice_it_is_skipped_once(as_mia, kpi, htmx):
    skip(as_mia, kpi, htmx, reason="On leave")

    assert skip(as_mia, kpi, htmx, reason="On leave").status_code == 204
    assert Skip.objects.get().history.count() == 1


@pytest.mark.parametrize("reason", ["", "   "])
def test_without_a_reason_nothing_is_skipped(as_mia, kpi, htmx, reason):
    response = skip(as_mia, kpi, htmx, reason=reason)

    assert response.status_code == 422
    assert "Say why" in response.text
    assert not Skip.objects.exists()


@pytest.mark.parametrize("period", ["2026-08-24", "2026-08-18"])
def test_a_week_that_has_not_begun_cannot_be_skipped(as_mia, kpi, htmx, period):
    assert skip(as_mia, kpi, htmx, reason="On leave", period=period).status_code == 422
    assert not Skip.objects.exists()


def test_what_has_a_value_cannot_be_skipped(as_mia, kpi, htmx):
    ReadingFactory(kpi=kpi, period=WEEK_34)

    response = skip(as_mia, kpi, htmx, reason="On leave")

    assert response.status_code == 422
    assert "A value has been entered" in response.text
    assert not Skip.objects.exists()


def test_it_can_be_taken_back_and_that_be_undone(as_mia, kpi, htmx):
    SkipFactory(kpi=kpi, period=WEEK_34)

    response = unskip(as_mia, kpi, htmx(f"kpi-{kpi.pk}"))

    assert not Skip.objects.exists()
    assert "0 of 1" in response.text
    as_mia.post(reverse("plans:item_restore", args=[BinnedItem.objects.get().pk]))
    assert Skip.objects.get().period == WEEK_34


def test_taking_back_twice_is_harmless(as_mia, kpi, htmx):
    assert unskip(as_mia, kpi, htmx(f"kpi-{kpi.pk}")).status_code == 200


def test_a_value_entered_all_the_same_comes_before_it(as_mia, kpi, htmx):
    SkipFactory(kpi=kpi, period=WEEK_34, reason="On leave")

    data = LINE | {"value": "3"}
    response = as_mia.post(reverse("kpis:reading_enter", args=[kpi.pk]), data, headers=htmx(f"kpi-{kpi.pk}"))

    assert "On leave" not in response.text
    assert Reading.objects.get().value == 3


def test_a_reason_is_text_and_no_markup(as_mia, kpi):
    SkipFactory(kpi=kpi, period=WEEK_34, reason="<b>ill</b> 100 %s")

    assert "skipped: &lt;b&gt;ill&lt;/b&gt; 100 %s" in as_mia.get(reverse("kpis:week")).text


def test_a_month_that_was_skipped_is_not_asked_for_in_later_weeks(as_mia, plan, mia):
    monthly = KpiFactory(plan=plan, owner=mia, rhythm="monthly")
    SkipFactory(kpi=monthly, period=dt.date(2026, 7, 1), skipped_at=dt.datetime(2026, 8, 3, tzinfo=dt.UTC))

    assert as_mia.get(reverse("kpis:week")).context["page"].rows == []
    assert len(as_mia.get(reverse("kpis:week"), {"week": "2026-W32"}).context["page"].rows) == 1


def test_a_skipped_week_breaks_no_streak(as_mia, kpi):
    at = dt.datetime(2026, 8, 12, tzinfo=dt.UTC)
    SkipFactory(kpi=kpi, period=WEEK_33, skipped_at=at)
    ReadingFactory(kpi=kpi, period=dt.date(2026, 8, 3), entered_at=at - dt.timedelta(weeks=1))

    assert as_mia.get(reverse("kpis:week")).context["page"].effect.streak == 2


# Without JavaScript


def test_without_javascript_a_page_asks_why(as_mia, kpi):
    page = as_mia.get(reverse("kpis:reading_skip", args=[kpi.pk]), LINE)

    assert "Skip Qualified leads, week 34" in page.text
    assert 'name="week" value="2026-W34"' in page.text
    assert skip(as_mia, kpi, reason="On leave").url == f"{reverse('kpis:week')}#kpi-{kpi.pk}"
    assert unskip(as_mia, kpi).url == f"{reverse('kpis:week')}#kpi-{kpi.pk}"


def test_without_javascript_the_page_keeps_what_was_typed_and_says_what_is_wrong(as_mia, kpi):
    ReadingFactory(kpi=kpi, period=WEEK_34)

    response = skip(as_mia, kpi, reason="On leave")

    assert response.status_code == 422
    assert "A value has been entered" in response.text
    assert 'value="On leave"' in response.text


# Who may


def test_a_member_cannot_skip_what_another_owes(as_mia, plan, alice, htmx):
    assert skip(as_mia, KpiFactory(plan=plan, owner=alice), htmx, reason="Why not").status_code == 403
    assert not Skip.objects.exists()


def test_nothing_is_skipped_in_a_closed_plan(as_mia, kpi, htmx):
    kpi.plan.status = "closed"
    kpi.plan.save()

    assert skip(as_mia, kpi, htmx, reason="On leave").status_code == 403


# On the page of the KPI


def test_the_page_of_the_kpi_says_who_skipped_what_and_why_and_takes_it_back(as_mia, kpi, mia):
    SkipFactory(kpi=kpi, period=WEEK_33, reason="On leave", skipped_by=mia)

    page = as_mia.get(reverse("kpis:kpi_detail", args=[kpi.pk]))

    assert [(row.label, row.reason) for row in page.context["skips"]] == [("week 33", "On leave")]
    assert "skipped: On leave" in page.text
    assert WEEK_33 not in [hole["period"] for hole in page.context["holes"]]
    assert unskip(as_mia, kpi, period="2026-08-10", to="kpi").url == kpi.get_absolute_url()
    assert not Skip.objects.exists()


def test_the_run_shows_skipped_weeks_with_their_reason_and_without_a_value(kpi):
    track = Track.of(kpi, kpi.plan)

    chart = run_chart(kpi, track, {WEEK_34: 3}, today=WEEK_34, says="", skipped={WEEK_33: "On leave"})

    marks = next(trace for trace in chart.figure["data"] if trace["name"] == "skipped")
    assert list(marks["text"]) == ["week 33, skipped: On leave"]
    assert [row[1] for row in chart.rows if row[0].startswith("week 33")] == ["skipped: On leave"]


# Weeks that were missed


def test_missed_weeks_are_named_with_what_they_lack_and_lead_to_their_page(as_mia, plan, kpi, mia):
    plan.starts_on = dt.date(2026, 8, 3)
    plan.save()
    others = [KpiFactory(plan=plan, owner=mia, name=f"KPI {n}") for n in range(2)]
    for other in others:
        ReadingFactory(kpi=other, period=WEEK_33)
    SkipFactory(kpi=others[0], period=dt.date(2026, 8, 3))

    response = as_mia.get(reverse("kpis:week"))

    missed = [(week.label, week.words) for week in response.context["page"].missed]
    assert missed == [("week 33", "Qualified leads"), ("week 32", "Qualified leads, KPI 1")]
    assert f'href="{reverse("kpis:week")}?week=2026-W33"' in response.text


def test_more_than_two_are_counted_and_a_past_week_says_nothing_of_others(as_mia, plan, mia):
    for n in range(4):
        KpiFactory(plan=plan, owner=mia, name=f"KPI {n}")

    assert as_mia.get(reverse("kpis:week")).context["page"].missed[0].words == "KPI 0 and 3 more"
    assert as_mia.get(reverse("kpis:week"), {"week": "2026-W33"}).context["page"].missed == []


@pytest.mark.parametrize(("who", "words"), [("mia", "Qualified leads"), ("mark", "Qualified leads, Alice's")])
def test_the_page_of_a_plan_names_only_what_the_reader_may_fill_in(client, request, plan, kpi, alice, who, words):
    KpiFactory(plan=plan, owner=alice, name="Alice's")
    client.force_login(request.getfixturevalue(who))

    page = client.get(reverse("kpis:checkin", args=[plan.pk])).context["page"]

    assert page.missed[0].words == words
