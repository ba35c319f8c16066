"""What one says of oneself, and how the pages look and speak."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django.views.i18n import set_language

from accounts.models import User
from accounts.workspaces.forms import ProfileForm
from salesplan.lib.onward import onward


@require_http_methods(["GET", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    me = User.objects.get(pk=request.user.pk)
    form = ProfileForm(request.POST or None, instance=me)
    if form.is_valid():
        form.save()
        messages.success(request, _("Saved"))
        return _with_language(redirect("accounts:profile"), me.language)
    return render(request, "accounts/workspaces/profile.html", {"form": form}, status=422 if form.is_bound else 200)


@login_not_required  # whoever signs in reads the page first; this writes a cookie, and nothing for a stranger
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """The switch in the frame: kept in the cookie, and for whoever is signed in as her own choice."""
    chosen = request.POST.get("language", "")
    if request.user.is_authenticated and chosen in dict(settings.LANGUAGES):
        request.user.language = chosen
        request.user.save(update_fields=["language"])
    return set_language(request)


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    chosen = request.POST.get("theme", "")
    if chosen in User.Theme.values:
        User.objects.filter(pk=request.user.pk).update(theme=chosen)
    return redirect(onward(request, default=reverse("accounts:profile")))


def _with_language(response: HttpResponse, language: str) -> HttpResponse:
    """Let the pages before signing in speak the same language the next time."""
    if language:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, language, max_age=365 * 86400, secure=settings.HTTPS, samesite="Lax"
        )
    else:
        response.delete_cookie(settings.LANGUAGE_COOKIE_NAME)
    return response
