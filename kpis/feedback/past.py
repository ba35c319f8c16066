"""The past of surveys and answers."""

from django.utils.translation import gettext as _

from kpis.feedback.models import Answer, Survey
from plans.history.states import State
from plans.history.views import HistoryViews


def keep_what_is_out(survey: Survey, state: State, _gone: set[str]) -> dict[str, str]:
    """A link that was renewed stays so, and answers keep the question they were given to."""
    kept = {"link_number": _("The link was renewed since; the old one stays invalid.")}
    if survey.answers.exists():
        kept["scale"] = _("It has answers already, so this stays as it is.")
    return {name: reason for name, reason in kept.items() if name in state.values}


survey_past = HistoryViews(Survey, keep=keep_what_is_out)
answer_past = HistoryViews(Answer)
