"""Words made from data: long text, and how old a value is."""

from django import template
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from salesplan.lib.file_names import file_stem
from salesplan.lib.icons import icon
from salesplan.lib.markdown import render_markdown

register = template.Library()


@register.filter
def markdown(text):
    return render_markdown(text or "")


@register.simple_tag
def file_named(plan):
    """What files of `plan` are called that are made in the browser, which puts in of what they are."""
    return file_stem(str(plan), "0", on=plan.workspace.today)


@register.simple_tag
def freshness(updated_on, today, stale_after=10):
    """Say how long ago a value was taken, with a warning once it is older than `stale_after` days."""
    if updated_on is None:
        return _("No value yet")
    days = (today - updated_on).days
    if days <= 0:
        return _("Updated today")
    words = ngettext("Updated %(days)s day ago", "Updated %(days)s days ago", days) % {"days": days}
    if days <= stale_after:
        return words
    return format_html('<span class="c-risk">{} {}</span>', icon("clock-exclamation", "sm"), words)
