from django.tasks import task
from django.utils import timezone

from kpis.alerts.judging import judge_all


@task()
def judge_changed_plans() -> None:
    judge_all(timezone.now())
