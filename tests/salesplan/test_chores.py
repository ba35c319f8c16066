"""What the worker does once a day without being asked."""

import datetime as dt
import threading

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db.models import F
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from plans.models import BinnedItem
from salesplan.lib.chores import EVERY, queue_due_chores
from salesplan.management.commands.worker import beat
from salesplan.tasks import clear_sessions, prune_task_results
from tests.factories import BinnedItemFactory, UserFactory

DAILY = [
    "accounts.api.tasks.forget_answers",
    "kpis.feedback.tasks.forget_feedback_sheets",
    "kpis.reminders.tasks.forget_reminders",
    "plans.actions.tasks.forget_bulk_changes",
    "plans.actions.tasks.judge_open_plans",
    "plans.imports.tasks.forget_imports",
    "plans.items.tasks.empty_bins",
    "plans.notices.tasks.forget_notices",
    "plans.receipts.tasks.forget_receipts",
    "plans.webhooks.tasks.forget_deliveries",
    "salesplan.tasks.clear_sessions",
    "salesplan.tasks.prune_task_results",
]
HOURLY = ["kpis.reminders.tasks.tell_of_late_checkins", "plans.notices.tasks.tell_of_due_actions"]
EVERY_TEN_MINUTES = ["kpis.reminders.tasks.send_reminders", "plans.notices.tasks.send_daily_mails"]
EVERY_FIVE_MINUTES = ["kpis.alerts.tasks.judge_changed_plans"]
EVERY_MINUTE = ["plans.webhooks.tasks.send_due_deliveries"]
CHORES = sorted(DAILY + HOURLY + EVERY_TEN_MINUTES + EVERY_FIVE_MINUTES + EVERY_MINUTE)


def queued() -> list[str]:
    return sorted(DBTaskResult.objects.values_list("task_path", flat=True))


def pass_by(time: dt.timedelta) -> None:
    DBTaskResult.objects.update(enqueued_at=F("enqueued_at") - time)
    queue_due_chores()


def test_every_chore_is_queued_as_often_as_it_is_due(db):
    minute = dt.timedelta(minutes=1)
    queue_due_chores()
    assert queued() == CHORES

    pass_by(9 * minute)
    assert queued() == sorted(CHORES + EVERY_MINUTE + EVERY_FIVE_MINUTES)
    pass_by(minute)
    assert queued() == sorted(CHORES + 2 * EVERY_MINUTE + EVERY_FIVE_MINUTES + EVERY_TEN_MINUTES)
    pass_by(50 * minute)
    assert queued() == sorted(CHORES + 3 * EVERY_MINUTE + 2 * EVERY_FIVE_MINUTES + 2 * EVERY_TEN_MINUTES + HOURLY)


def test_most_chores_are_queued_once_a_day(db):
    queue_due_chores()
    pass_by(EVERY - dt.timedelta(minutes=1))
    assert [queued().count(path) for path in DAILY] == [1] * len(DAILY)

    pass_by(dt.timedelta(minutes=1))

    assert [queued().count(path) for path in DAILY] == [2] * len(DAILY)


@pytest.mark.django_db(transaction=True)  # a beat lets go of its connection, and with it of any transaction
def test_the_heart_of_the_worker_queues_the_chores():
    stopped = threading.Event()
    stopped.set()

    beat("a worker", stopped)

    assert queued() == CHORES


@pytest.mark.django_db(transaction=True)  # the worker lets go of its connection, and with it of any transaction
def test_a_chore_in_the_queue_is_done_by_the_worker(plan):
    BinnedItemFactory(plan=plan, deleted_at=timezone.now() - dt.timedelta(days=31))
    queue_due_chores()

    call_command("db_worker", batch=True, interval=0, verbosity=0)

    assert not BinnedItem.objects.exists()
    assert not DBTaskResult.objects.failed().exists()


def test_ended_sessions_go_with_what_the_list_of_sessions_says_of_them(db):
    ends = {"ended": timezone.now() - dt.timedelta(days=1), "open": timezone.now() + dt.timedelta(days=1)}
    user = UserFactory()
    for key, end in ends.items():
        Session.objects.create(session_key=key, session_data="", expire_date=end)
        UserSession.objects.create(session_key=key, user=user, ip="127.0.0.1", user_agent="Firefox")

    clear_sessions.func()

    assert list(Session.objects.values_list("session_key", flat=True)) == ["open"]
    assert list(UserSession.objects.values_list("session_key", flat=True)) == ["open"]


def test_results_of_tasks_are_forgotten_after_two_weeks(db):
    queue_due_chores()
    DBTaskResult.objects.update(status="SUCCESSFUL", finished_at=timezone.now() - dt.timedelta(days=15))

    prune_task_results.func()

    assert queued() == []
