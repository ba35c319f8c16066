"""Deeds over several rows of feedback."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import override

from kpis.feedback.models import Answer, Improvement, Scale, Survey, Theme
from kpis.kpi.models import Kpi
from plans.actions.models import TITLE_LENGTH, Action
from plans.actions.services import add_action
from plans.objectives.models import Objective


@transaction.atomic
def take_answer(survey: Survey, *, uid: Any, on: dt.date, score: int | None, **values: Any) -> Answer:
    """A customer's own answer. The same form sent twice is one answer; nobody's name stands in its history."""
    known = Answer.objects.filter(survey=survey, uid=uid).first()
    if known:
        return known
    answer = Answer(survey=survey, plan_id=survey.plan_id, uid=uid, source=Answer.Source.SURVEY, on=on, **values)
    answer.scale, answer.score = (survey.scale if score is not None else ""), score
    answer._history_user = None
    answer.save()
    return answer


@transaction.atomic
def measure_survey(survey: Survey) -> Kpi:
    """A KPI that follows the survey from now on; the one it has when there is one already.

    Nobody owns it: nobody has to enter anything.
    """
    if survey.kpi:
        return survey.kpi
    last = Kpi.objects.in_plan(survey.plan_id).aggregate(last=Max("position"))["last"]
    is_nps = survey.scale == Scale.RECOMMEND
    survey.kpi = Kpi.objects.create(
        plan_id=survey.plan_id,
        name=Truncator(f"{'NPS' if is_nps else 'CSAT'}: {survey.title}").chars(120),
        description=(
            _("Promoters (9, 10) less detractors (0 to 6) of the month, in percent of all answers.")
            if is_nps
            else _("Share of the month's answers with 4 or 5.")
        ),
        rhythm=Kpi.Rhythm.MONTHLY,
        unit=_("points") if is_nps else "%",
        position=0 if last is None else last + 1,
    )
    survey.save()
    return survey.kpi


@transaction.atomic
def change_because(
    reason: Answer | Theme,
    *,
    action: Action | None = None,
    objective: Objective | None = None,
    title: str = "",
    by: Any,
) -> Improvement:
    """Link what was said to an action, or to a new one of `objective`. Asked for twice, there is one."""
    key: dict[str, Any] = {"answer" if isinstance(reason, Answer) else "theme": reason}
    if action is None:
        assert objective is not None  # noqa: S101 (the form asks for one of the two)
        found = Improvement.objects.filter(action__objective=objective, action__title=title, **key).first()
        if found:
            return found
        action = add_action(objective, title=title, origin=origin_of(reason))
        action.history.update(history_user=by)
    return Improvement.objects.get_or_create(action=action, **key, defaults={"plan_id": reason.plan_id})[0]


def origin_of(reason: Answer | Theme) -> str:
    return Truncator(_("Customer feedback: %(what)s") % {"what": reason}).chars(240)


def title_for(reason: Answer | Theme) -> str:
    """What the action is called unless one says otherwise."""
    if isinstance(reason, Theme):
        return Truncator(_("Improve: %(theme)s") % {"theme": reason}).chars(TITLE_LENGTH)
    return Truncator(" ".join(reason.text.split()) or str(reason)).chars(TITLE_LENGTH)


@transaction.atomic
def add_survey_example(plan: Any, *, language: str) -> Survey:
    """A survey to begin with, in the company's language; the same when it is there already."""
    with override(language):
        title = _("How do you like working with us?")
        intro = _("Two questions, half a minute. What you say decides what we change next.")
    survey, _is_new = Survey.objects.get_or_create(plan=plan, title=title, defaults={"intro": intro})
    return survey
