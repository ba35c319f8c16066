"""Locked periods: they take no value and lose none, whatever writes it; a director opens them, with a reason."""

import datetime as dt

import pytest
from django.db import transaction
from django.urls import reverse

from kpis.locks.locked import why_locked
from kpis.models import Kpi, Opening, PeriodLock, Reading, Skip
from kpis.readings.services import enter_reading
from plans.items.bin import bin_item, restore_item
from plans.models import BinnedItem, Plan
from plans.plan.services import delete_plan
from salesplan.lib.refusal import Refused
from tests.factories import (
    KpiFactory,
    OpeningFactory,
    PeriodLockFactory,
    PlanFactory,
    ReadingFactory,
    SkipFactory,
)

NOW = dt.datetime(2026, 8, 19, 8, tzinfo=dt.UTC)
WEEK_33 = dt.date(2026, 8, 10)
SUNDAY_OF_33 = dt.date(2026, 8, 16)


@pytest.fixture(autouse=True)
def wednesday(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def kpi(plan, mia):
    return KpiFactory(plan=plan, owner=mia, name="Conversion")


@pytest.fixture
def reading(kpi):
    return ReadingFactory(kpi=kpi, period=WEEK_33, value="3.1")


@pytest.fixture
def lock(plan, reading, alice):
    """After the reading: what is in stays in."""
    return PeriodLockFactory(plan=plan, locked_to=SUNDAY_OF_33, locked_by=alice)


def enter(kpi, value="5", period=WEEK_33):
    return enter_reading(kpi=kpi, period=period, value=value, by=None, at=NOW)


# What is refused


def test_whatever_writes_a_value_is_refused(kpi, reading, lock):
    with pytest.raises(Refused, match="Week 33 is locked: Alice Martin locked everything up to 16 Aug 2026"):
        enter(kpi)
    for deed in (reading.save, reading.delete, Reading.objects.filter(pk=reading.pk).delete):
        with pytest.raises(Refused), transaction.atomic():
            deed()
    with pytest.raises(Refused):
        bin_item(reading, by=None)

    assert float(Reading.objects.get().value) == 3.1


def test_a_missing_value_of_a_locked_period_stays_missing(kpi, lock):
    with pytest.raises(Refused):
        enter(kpi, period=dt.date(2026, 8, 3))


def test_the_numbers_of_a_formula_are_values_too(plan, lock):
    kpi = KpiFactory(plan=plan, formula="lead_conversion")

    with pytest.raises(Refused):
        enter_reading(kpi=kpi, period=WEEK_33, value=15, inputs={"converted": 12, "leads": 80}, by=None, at=NOW)


@pytest.mark.parametrize(("week_start", "is_held"), [(0, False), (6, True), (5, True)])
def test_a_week_is_locked_from_its_last_day_on_whichever_that_is(kpi, plan, week_start, is_held):
    """Week 33 ends on Sunday, 16 August, on the Saturday or on the Friday."""
    plan.workspace.week_starts_on = week_start
    plan.workspace.save()
    PeriodLockFactory(plan=plan, locked_to=SUNDAY_OF_33 - dt.timedelta(days=1))

    assert bool(why_locked(kpi, WEEK_33, today=NOW.date())) == is_held


def test_a_period_that_ends_after_the_day_is_open(kpi, reading, plan):
    PeriodLockFactory(plan=plan, locked_to=SUNDAY_OF_33 - dt.timedelta(days=1))

    assert enter(kpi).value == "5"


def test_another_plan_is_not_locked(workspace, lock):
    assert enter(KpiFactory(plan=PlanFactory(workspace=workspace)))


@pytest.mark.parametrize(("days", "refused"), [(2, True), (3, False)])
def test_periods_lock_by_themselves_after_so_many_days(kpi, plan, alice, days, refused):
    """It is the third day after the Sunday that ended week 33."""
    PeriodLockFactory(plan=plan, locked_to=None, after_days=days, locked_by=alice)

    if refused:
        with pytest.raises(Refused, match="Week 33 is locked, 2 days after its end, as Alice Martin set it"):
            enter(kpi)
    else:
        assert enter(kpi)


def test_a_kpi_with_locked_values_is_not_deleted(as_alice, kpi, lock, htmx):
    response = as_alice.post(reverse("kpis:kpi_delete", args=[kpi.pk]), headers=htmx("kpi-list"))

    assert (response.status_code, response.headers["HX-Reswap"]) == (409, "none")
    assert "Week 33 is locked" in response.text
    assert Kpi.objects.filter(pk=kpi.pk).exists()


def test_without_javascript_the_refusal_is_a_page_that_says_why(as_mia, reading, lock):
    response = as_mia.post(reverse("kpis:reading_delete", args=[reading.pk]))

    assert response.status_code == 403
    assert "Week 33 is locked" in response.text


def test_a_whole_plan_is_deleted_with_its_locks(plan, lock):
    delete_plan(plan)

    assert not Plan.objects.exists()
    assert not Reading.objects.exists()


def test_the_bin_gives_nothing_back_to_a_locked_period(as_mia, plan, reading, alice):
    binned = bin_item(reading, by=alice)
    PeriodLockFactory(plan=plan, locked_to=SUNDAY_OF_33, locked_by=alice)

    page = as_mia.post(reverse("plans:item_restore", args=[binned.pk]), follow=True)

    assert "Week 33 is locked" in page.text
    assert BinnedItem.objects.filter(pk=binned.pk).exists()
    assert not Reading.objects.exists()


def test_the_bin_gives_back_what_was_opened(plan, reading, alice):
    binned = bin_item(reading, by=alice)
    PeriodLockFactory(plan=plan, locked_to=SUNDAY_OF_33)
    OpeningFactory(kpi=reading.kpi, period=WEEK_33)

    restore_item(binned)

    assert Reading.objects.get() == reading


# Where values are entered


def test_the_check_in_shows_a_locked_line_to_be_read_only(as_mia, kpi, lock):
    page = as_mia.get(reverse("kpis:week"), {"week": "2026-W33"}).text
    line = page[page.index(f'id="kpi-{kpi.pk}"') :].split("</form>")[0]

    assert "hx-post" not in line
    assert "disabled" in line
    assert "Locked" in line
    assert "Week 33 is locked: Alice Martin" in line


def test_a_line_sent_all_the_same_says_who_locked_it_and_keeps_what_was_typed(as_mia, kpi, reading, lock, htmx):
    url = reverse("kpis:reading_enter", args=[kpi.pk])
    typed = {"period": "2026-08-10", "week": "2026-W33", "value": "9", "version": reading.version}

    response = as_mia.post(url, typed, headers=htmx(f"kpi-{kpi.pk}"))

    assert response.status_code == 422
    assert "Alice Martin locked everything up to 16 Aug 2026. A sales director can unlock it." in response.text
    assert 'value="9"' in response.text


def test_a_locked_line_is_not_skipped_and_says_who_locked_it(as_mia, kpi, lock, htmx):
    line = {"period": WEEK_33.isoformat(), "week": "2026-W33", "scope": "", "reason": "On leave"}

    response = as_mia.post(reverse("kpis:reading_skip", args=[kpi.pk]), line, headers=htmx(f"kpi-{kpi.pk}"))

    assert response.status_code == 422
    assert "Alice" in response.text
    assert "is locked" in response.text
    assert "data-skip-line" not in response.text
    assert not Skip.objects.exists()


def test_whatever_skips_a_locked_period_is_refused(kpi, lock):
    with pytest.raises(Refused):
        SkipFactory(kpi=kpi, period=WEEK_33)


def test_an_emptied_line_of_a_locked_period_takes_nothing_back(as_mia, kpi, reading, lock, htmx):
    typed = {"period": "2026-08-10", "week": "2026-W33", "value": "", "version": reading.version}

    response = as_mia.post(reverse("kpis:reading_enter", args=[kpi.pk]), typed, headers=htmx(f"kpi-{kpi.pk}"))

    assert response.status_code == 422
    assert Reading.objects.exists()


def test_the_page_of_a_kpi_offers_directors_to_unlock_and_nobody_to_correct(client, kpi, reading, lock, alice, mia):
    url, opening = reverse("kpis:kpi_detail", args=[kpi.pk]), reverse("kpis:opening_add", args=[kpi.pk])
    pages = {}
    for user in (alice, mia):
        client.force_login(user)
        pages[user] = client.get(url).text

    assert all(reverse("kpis:reading_edit", args=[reading.pk]) not in page for page in pages.values())
    assert f"{opening}?period=2026-08-10" in pages[alice]
    assert opening not in pages[mia]


# Locking and unlocking


def test_a_director_locks_and_everybody_reads_by_whom(client, plan, alice, bob):
    client.force_login(alice)
    client.post(reverse("kpis:locks", args=[plan.pk]), {"locked_to": "2026-07-31", "after_days": ""})
    client.force_login(bob)

    page = client.get(reverse("kpis:locks", args=[plan.pk])).text

    lock = PeriodLock.objects.get()
    assert (lock.locked_to, lock.locked_by, lock.locked_at) == (dt.date(2026, 7, 31), alice, NOW)
    assert "Locked up to 31 Jul 2026" in page
    assert "Set by Alice Martin, 19 Aug 2026" in page
    assert '<button type="submit" class="btn btn-p"' not in page


def test_a_day_to_come_is_not_locked(as_alice, plan):
    response = as_alice.post(reverse("kpis:locks", args=[plan.pk]), {"locked_to": "2026-08-20"})

    assert response.status_code == 422
    assert "Only days that are over can be locked." in response.text
    assert not PeriodLock.objects.exists()


def test_unlocking_asks_for_a_reason_which_stands_in_the_history(as_alice, plan, lock, alice):
    url, typed = reverse("kpis:locks", args=[plan.pk]), {"locked_to": "", "version": lock.version}

    asked = as_alice.post(url, typed)
    as_alice.post(url, typed | {"reason": "The audit found a mistake"})

    assert asked.status_code == 422
    assert "This unlocks what was locked. Say why." in asked.text
    assert PeriodLock.objects.get().locked_to is None
    last = lock.history.first()
    assert (last.history_user, last.history_change_reason) == (alice, "The audit found a mistake")
    assert "The audit found a mistake" in as_alice.get(url).text


def test_locking_more_needs_no_reason(as_alice, plan, lock):
    typed = {"locked_to": "2026-08-18", "version": lock.version}

    assert as_alice.post(reverse("kpis:locks", args=[plan.pk]), typed).status_code == 302


@pytest.mark.parametrize("typed", ["-1", "367", "many"])
def test_days_that_make_no_sense_are_explained(as_alice, plan, typed):
    response = as_alice.post(reverse("kpis:locks", args=[plan.pk]), {"after_days": typed})

    assert response.status_code == 422
    assert "invalid-feedback" in response.text
    assert not PeriodLock.objects.exists()


def test_a_manager_locks_nothing(as_mark, plan, kpi):
    assert as_mark.post(reverse("kpis:locks", args=[plan.pk]), {"locked_to": "2026-07-31"}).status_code == 403
    opening = reverse("kpis:opening_add", args=[kpi.pk], query={"period": "2026-08-10"})
    assert as_mark.post(opening, {"reason": "Please"}).status_code == 403


def test_one_period_of_one_kpi_is_opened_for_a_week_with_a_reason(as_alice, kpi, plan, lock):
    url = reverse("kpis:opening_add", args=[kpi.pk], query={"period": "2026-08-10"})

    asked = as_alice.post(url, {"reason": ""})
    as_alice.post(url, {"reason": "The invoice came late"})

    assert asked.status_code == 422
    assert enter(kpi)
    with pytest.raises(Refused):
        enter(kpi, period=dt.date(2026, 8, 3))
    with pytest.raises(Refused):
        enter(KpiFactory(plan=plan))
    assert Opening.objects.get().open_to == dt.date(2026, 8, 26)


def test_opening_twice_is_one_opening(as_alice, kpi, lock):
    url = reverse("kpis:opening_add", args=[kpi.pk], query={"period": "2026-08-10"})
    for _time in range(2):
        as_alice.post(url, {"reason": "The invoice came late"})

    assert Opening.objects.count() == 1


def test_an_opening_ends_after_its_week(kpi, lock):
    OpeningFactory(kpi=kpi, period=WEEK_33, open_to=dt.date(2026, 8, 18))

    with pytest.raises(Refused):
        enter(kpi)


def test_a_director_locks_it_again_before(as_alice, kpi, lock):
    opening = OpeningFactory(kpi=kpi, period=WEEK_33)

    as_alice.post(reverse("kpis:opening_close", args=[opening.pk]))

    with pytest.raises(Refused):
        enter(kpi)
    assert opening.history.first().history_type == "-"


@pytest.mark.parametrize("period", ["2026-08-11", "soon", ""])
def test_what_is_no_period_of_the_kpi_is_not_opened(as_alice, kpi, period):
    url = reverse("kpis:opening_add", args=[kpi.pk], query={"period": period})

    assert as_alice.get(url).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_however_much_is_open(as_alice, plan, alice, count, django_assert_num_queries):
    PeriodLockFactory(plan=plan, locked_by=alice)
    OpeningFactory.create_batch(count, kpi__plan=plan, opened_by=alice)

    # session, user, plan; a savepoint (2), lock with who, openings, past; frame (3)
    with django_assert_num_queries(11):
        response = as_alice.get(reverse("kpis:locks", args=[plan.pk]))

    assert response.text.count('id="opening-') == count
