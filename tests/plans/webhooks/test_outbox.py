"""What happens is put into the outbox by whoever does it, in the same transaction."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from kpis.readings.services import enter_reading
from plans.models import Action, Delivery
from plans.plan.services import change_status
from tests.factories import ActionFactory, KpiFactory, PlanFactory, ReadingFactory, WebhookFactory

MONDAY = "2026-03-02"


def events():
    return list(Delivery.objects.order_by("pk").values_list("event", flat=True))


def test_a_reading_that_is_entered_corrected_and_deleted_is_told_each_time(webhook, plan, program, alice):
    kpi, asks = KpiFactory(plan=plan), program(alice)
    pk = asks("POST", "readings", {"kpi": kpi.pk, "period": MONDAY, "value": 3.5}).json()["id"]
    asks("PATCH", f"readings/{pk}", {"value": 3.6})
    asks("DELETE", f"readings/{pk}")

    assert events() == ["reading.entered", "reading.corrected", "reading.deleted"]
    first = Delivery.objects.order_by("pk").first().data
    assert (first["kpi"], first["period"], first["value"]) == (kpi.pk, MONDAY, "3.5")


def test_what_changes_of_an_action_is_told_before_and_after(webhook, plan):
    action = ActionFactory(objective__plan=plan)
    action = Action.objects.get(pk=action.pk)
    action.status = "blocked"
    action.save()

    data = Delivery.objects.get().data
    assert (data["id"], data["changes"]) == (action.pk, {"status": {"before": "not_started", "after": "blocked"}})


def test_a_plan_that_changes_is_told(webhook, plan):
    change_status(plan, to="closed")

    assert Delivery.objects.get().data["status"] == "closed"


def test_nobody_is_told_of_other_plans_other_events_or_while_switched_off(workspace, plan):
    other = PlanFactory(workspace=workspace)
    WebhookFactory(workspace=workspace, plan=other)
    WebhookFactory(workspace=workspace, events=["plan.changed"])
    WebhookFactory(workspace=workspace, disabled_at="2026-01-01T00:00:00Z")
    WebhookFactory()

    ReadingFactory(kpi=KpiFactory(plan=plan))

    assert events() == []
    assert not DBTaskResult.objects.exists()


def test_what_is_taken_back_is_not_told(webhook, plan):
    kpi = KpiFactory(plan=plan)
    with transaction.atomic():
        ReadingFactory(kpi=kpi)
        transaction.set_rollback(True)

    assert events() == []


def test_where_nobody_listens_it_costs_one_query(plan, mark, django_assert_max_num_queries):
    kpi = KpiFactory(plan=plan)
    with django_assert_max_num_queries(12) as without:
        enter_reading(kpi=kpi, period=dt.date(2026, 3, 2), value=3, by=mark, at=timezone.now())

    assert [query["sql"] for query in without if "plans_webhook" in query["sql"]] != []
    assert len([query for query in without if "plans_webhook" in query["sql"]]) == 1


def test_many_readings_are_one_task_for_the_worker(webhook, plan):
    kpi = KpiFactory(plan=plan)
    for week in range(3):
        ReadingFactory(kpi=kpi, period=dt.date(2026, 3, 2) + dt.timedelta(weeks=week))

    assert (len(events()), DBTaskResult.objects.count()) == (3, 1)
