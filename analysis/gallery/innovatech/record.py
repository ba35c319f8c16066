"""The past of an action, written into its history on the days when it happened."""

import datetime as dt

from django.utils import timezone

from analysis.gallery.innovatech.course import Course
from plans.actions.services import mark_done
from plans.models import Action


def record_course(action: Action, course: Course, *, drafted_on: dt.date, today: dt.date, by) -> None:
    """Planned when the plan was drafted, then changed step by step until today."""
    action.history.update(history_date=at_nine(drafted_on), history_user=by)
    if course.due is not None:
        action.deadline = today + dt.timedelta(days=course.due)
        action.starts_on = min(action.starts_on or action.deadline, action.deadline)
    for days, status in course.steps:
        on = today + dt.timedelta(days=days)
        action.status = status
        mark_done(action, on=on)
        action._history_date, action._history_user = at_nine(on), by
        action.save()


def at_nine(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(9)))
