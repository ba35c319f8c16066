"""What came through a token says so in the history of the row."""

from typing import Any

from django.dispatch import receiver
from django.utils.translation import gettext as _
from simple_history.models import HistoricalRecords
from simple_history.signals import pre_create_historical_record


@receiver(pre_create_historical_record)
def name_token(history_instance: Any, **kwargs: Any) -> None:
    request = getattr(HistoricalRecords.context, "request", None)
    token = getattr(request, "api_token", None)
    if token is not None and not history_instance.history_change_reason:
        history_instance.history_change_reason = _("By API token “%(token)s”") % {"token": token.name}
