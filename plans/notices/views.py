"""The inbox, what one wants to find in it, and the way out of the daily mail."""

from itertools import groupby

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import get_editable, get_visible
from plans.actions.models import Action
from plans.notices.forms import NoticeSettingsForm
from plans.notices.models import Kind, Notice, NoticeSettings
from plans.notices.unsubscribing import reader_of
from plans.notices.words import says, title
from plans.plan.models import Plan

PAGE_SIZE = 50
ALL, UNREAD, MENTIONS = "", "unread", "mentions"
SHOWS = {ALL: gettext_lazy("All"), UNREAD: gettext_lazy("Unread"), MENTIONS: gettext_lazy("Mentions")}


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    show = _show(request.GET.get("show", ""))
    mine = Notice.objects.visible_to(request.user).in_inbox()
    found = {UNREAD: mine.unread(), MENTIONS: mine.filter(kind=Kind.MENTION)}.get(show, mine)
    rows = found.select_related("action__plan", "plan", "by", "comment").order_by("-made_at", "-pk")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    for notice in page:
        notice.title, notice.says = title(notice), says(notice)
    context = {
        "page": page,
        "days": [(day, list(group)) for day, group in groupby(page, key=_day)],
        "show": show,
        "shows": [(key, label, f"?show={key}" if key else "?") for key, label in SHOWS.items()],
        "today": timezone.localdate(),
    }
    return render(request, "plans/notices/inbox.html", context)


def _show(asked: str) -> str:
    return asked if asked in SHOWS else ALL


def _day(notice: Notice):
    return timezone.localdate(notice.made_at)


def _back(request: HttpRequest) -> HttpResponse:
    """To the inbox as she was looking at it."""
    show = _show(request.POST.get("show", ""))
    return redirect(reverse("plans:inbox", query={"show": show} if show else None))


@require_POST
def inbox_read(request: HttpRequest) -> HttpResponse:
    Notice.objects.visible_to(request.user).in_inbox().mark_read()
    return _back(request)


@require_POST
def notice_read(request: HttpRequest, pk: int) -> HttpResponse:
    """`unread` takes it back: something to look at again."""
    notice = get_editable(Notice.objects, request.user, pk=pk)
    notice.read_at = None if "unread" in request.POST else timezone.now()
    notice.save(update_fields=["read_at"])
    return _back(request)


@require_POST
def action_seen(request: HttpRequest, pk: int) -> HttpResponse:
    """Whoever looks at an action has read what she was told of it; answers how many notices are still unread."""
    action = get_visible(Action.objects, request.user, pk=pk)
    mine = Notice.objects.visible_to(request.user)
    mine.filter(action=action).mark_read()
    return HttpResponse(mine.in_inbox().unread().count() or "", content_type="text/plain")


@require_POST
def plan_seen(request: HttpRequest, pk: int) -> HttpResponse:
    """The same for what she was told of the plan as a whole."""
    plan = get_visible(Plan.objects, request.user, pk=pk)
    mine = Notice.objects.visible_to(request.user)
    mine.filter(plan=plan).mark_read()
    return HttpResponse(mine.in_inbox().unread().count() or "", content_type="text/plain")


@require_http_methods(["GET", "POST"])
def notice_settings(request: HttpRequest) -> HttpResponse:
    mine = NoticeSettings.objects.visible_to(request.user).first()
    if request.method == "POST":
        mine = mine or NoticeSettings.objects.get_or_create(user=request.user)[0]
        form = NoticeSettingsForm(request.POST, instance=mine)
        if form.is_valid():
            form.save()
            messages.success(request, _("Saved"))
            return redirect("plans:notice_settings")
    form = NoticeSettingsForm(instance=mine or NoticeSettings(user=request.user))
    return render(request, "plans/notices/notice_settings.html", {"form": form})


@csrf_exempt  # a mail program posts this, RFC 8058; it knows the address and has no page of ours
@login_not_required  # whoever has the mail may end it; the signed address is the key
@require_http_methods(["GET", "POST"])
def digest_unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Looking at the address changes nothing: mail programs look at every link."""
    reader, mail = reader_of(token)
    if reader is None:
        raise Http404
    if request.method == "POST":
        if not ratelimit.consume(request, action="unsubscriptions"):
            return render(request, "accounts/workspaces/try_later.html", status=429)
        NoticeSettings.objects.update_or_create(user=reader, defaults={mail: False})
    context = {"reader": reader, "done": request.method == "POST", "token": token, "mail": mail}
    return render(request, "plans/notices/digest_unsubscribe.html", context)
