import datetime as dt

from django.tasks import task
from django.utils import timezone

from plans.notices.deadlines import tell_of_all_deadlines
from plans.notices.digest import send_digests
from plans.notices.models import Notice

#: How long a notice stays.
KEPT = dt.timedelta(days=180)


@task()
def tell_of_due_actions() -> None:
    tell_of_all_deadlines(timezone.now())


@task()
def send_daily_mails() -> None:
    send_digests(timezone.now())


@task()
def forget_notices() -> None:
    Notice.objects.filter(made_at__lt=timezone.now() - KEPT).delete()
