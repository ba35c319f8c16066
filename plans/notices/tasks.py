import datetime as dt

from django.tasks import task
from django.utils import timezone

from accounts.models import Workspace
from plans.notices.deadlines import tell_of_deadlines
from plans.notices.digest import send_digests
from plans.notices.models import Notice
from plans.plan.models import Plan
from salesplan.lib.zones import zone_of

#: How long a notice stays.
KEPT = dt.timedelta(days=180)


@task()
def tell_of_due_actions() -> None:
    """In every company, by its own calendar."""
    now = timezone.now()
    for workspace in Workspace.objects.filter(plans__status=Plan.Status.ACTIVE).distinct().order_by("pk"):
        tell_of_deadlines(workspace, today=now.astimezone(zone_of(workspace.country, now)).date())


@task()
def send_daily_mails() -> None:
    send_digests(timezone.now())


@task()
def forget_notices() -> None:
    Notice.objects.filter(made_at__lt=timezone.now() - KEPT).delete()
