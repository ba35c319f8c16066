from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.workspaces.models import INVITATION_DAYS, Invitation


def send_invitation(invitation: Invitation, *, site: str) -> None:
    """In the workspace's language: whoever is invited has not chosen one yet."""
    with translation.override(invitation.workspace.language or settings.LANGUAGE_CODE):
        context = {
            "invitation": invitation,
            "days": INVITATION_DAYS,
            "url": site.rstrip("/") + invitation.get_absolute_url(),
        }
        send_mail(
            _("%(who)s invites you to %(workspace)s")
            % {"who": invitation.invited_by, "workspace": invitation.workspace},
            render_to_string("accounts/workspaces/invitation_mail.txt", context),
            None,
            [invitation.email],
        )
