"""What a worker did not live to finish is taken up by another."""

import datetime as dt

import pytest
from django.tasks import TaskResultStatus
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from plans.imports.tasks import carry_out_import, take_back_import
from salesplan.lib.lost_tasks import take_up_lost_tasks
from tests.factories import SheetImportFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_the_database(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def begun(task, sheet, *workers, ago=dt.timedelta(minutes=5)):
    """The task as those workers have begun it, one after the other."""
    task.enqueue(sheet.pk, 1, "en")
    result = DBTaskResult.objects.get()
    for worker in workers:
        result.claim(worker)
    DBTaskResult.objects.update(started_at=timezone.now() - ago)
    return result


def status():
    return DBTaskResult.objects.get().status


def test_a_task_of_a_dead_worker_goes_back_into_the_queue():
    begun(carry_out_import, SheetImportFactory(state="queued"), "dead")

    take_up_lost_tasks({"alive"})

    assert status() == TaskResultStatus.READY


@pytest.mark.parametrize(("worker", "ago"), [("alive", dt.timedelta(hours=1)), ("new", dt.timedelta(seconds=5))])
def test_a_task_that_is_being_done_is_left_alone(worker, ago):
    begun(carry_out_import, SheetImportFactory(state="queued"), worker, ago=ago)

    take_up_lost_tasks({"alive"})

    assert status() == TaskResultStatus.RUNNING


@pytest.mark.parametrize(
    ("task", "state", "outcome"), [(carry_out_import, "queued", "failed"), (take_back_import, "undoing", "done")]
)
def test_what_two_workers_have_died_of_is_given_up_and_the_import_says_so(task, state, outcome):
    sheet = SheetImportFactory(state=state)
    begun(task, sheet, "dead", "dead too")

    take_up_lost_tasks({"alive"})

    sheet.refresh_from_db()
    assert (status(), sheet.state) == (TaskResultStatus.FAILED, outcome)
