from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kpis.feedback.models import Answer, Survey
from plans.find.commands import register_adding
from plans.find.kinds import Kind, register_kind

register_kind(
    Kind(
        label=_("Surveys"),
        icon="message-question",
        model=Survey,
        url=lambda row: reverse("kpis:survey_detail", args=[row["pk"]]),
        name="title",
    )
)
register_adding(_("Record feedback"), "kpis:feedback", Answer, often=True)
register_adding(_("Add survey"), "kpis:surveys", Survey)
