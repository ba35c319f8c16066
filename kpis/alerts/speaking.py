"""Notices of alerts in words: they hold the figures as they were, and their rule says them."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kpis.alerts.cards import name_of
from kpis.alerts.models import Alert
from kpis.alerts.rules import rule_named
from plans.notices.models import Kind, Notice
from plans.notices.words import Speaker, register_speaker


def title(notice: Notice) -> str:
    return str(notice.plan) if "many" in notice.details else name_of(_as_it_was(notice))


def says(notice: Notice) -> str:
    if count := notice.details.get("many"):
        return ngettext("%(count)d new alert concerns you", "%(count)d new alerts concern you", count) % {
            "count": count
        }
    alert = _as_it_was(notice)
    rule = rule_named(alert.rule)
    if rule is None:
        return _("This alert is no longer known.")
    words = {"rule": rule.title, "says": rule.says(alert)}
    if notice.details["back"]:
        return _("Back from its snooze. %(rule)s: %(says)s") % words
    return _("%(rule)s: %(says)s") % words


def _as_it_was(notice: Notice) -> Alert:
    details = notice.details
    return Alert(plan=notice.plan, rule=details["rule"], subject=details["subject"], figures=details["figures"])


register_speaker(Kind.ALERT, Speaker(title, says))
