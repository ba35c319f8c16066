import datetime as dt

from django.tasks import task
from django.utils import timezone

from accounts.api.models import ApiAnswer

#: So long a request may be sent again under its key.
ANSWER_DAYS = 2


@task()
def forget_answers() -> None:
    ApiAnswer.objects.filter(made_at__lt=timezone.now() - dt.timedelta(days=ANSWER_DAYS)).delete()
