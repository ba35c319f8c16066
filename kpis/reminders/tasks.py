import datetime as dt

from django.tasks import task
from django.utils import timezone

from kpis.reminders.escalation import tell_of_all_late
from kpis.reminders.mails import remind_everybody
from kpis.reminders.models import Reminder

#: How long it is known that somebody was reminded; its link has run out long before.
KEPT = dt.timedelta(days=90)


@task()
def send_reminders() -> None:
    remind_everybody(timezone.now())


@task()
def tell_of_late_checkins() -> None:
    tell_of_all_late(timezone.now())


@task()
def forget_reminders() -> None:
    Reminder.objects.filter(sent_at__lt=timezone.now() - KEPT).delete()
