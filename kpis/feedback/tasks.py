import datetime as dt

from django.tasks import task
from django.utils import timezone

from kpis.feedback.models import FeedbackSheet

#: How long a sheet waits to be imported, and its import can be undone.
KEPT_DAYS = 30


@task()
def forget_feedback_sheets() -> None:
    FeedbackSheet.objects.filter(created_at__lt=timezone.now() - dt.timedelta(days=KEPT_DAYS)).delete()
