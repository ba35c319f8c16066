"""The answer to one line of a check-in that was sent, for a page that is there."""

from django.contrib.messages import get_messages
from django.http import HttpResponse
from django.template.loader import render_to_string

from kpis.checkin.page import CheckinPage
from kpis.checkin.progress import progress_html
from kpis.checkin.rows import Row
from salesplan.lib.htmx import HtmxHttpRequest


def line_answer(request: HtmxHttpRequest, page: CheckinPage, row: Row, *, status: int = 200) -> HttpResponse:
    """The line itself, and out of band how many are in and what there is to say."""
    page.is_there = True
    html = page.line(row) + progress_html(page, oob=True)
    if len(get_messages(request)):
        html += render_to_string("frame/toasts_oob.html", request=request)
    return HttpResponse(html, status=status)
