"""The way out of a mail from the mail itself: an address signed for one person and one kind of mail."""

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import models
from django.urls import reverse

from accounts.models import User

SIGNER = Signer(salt="plans.notices.unsubscribe")


class Mail(models.TextChoices):
    """What is sent regularly, by the field of the settings that switches it off."""

    DIGEST = "digest"
    CHECKIN = "checkin_mail"


def token_of(user: User, mail: str = Mail.DIGEST) -> str:
    """Part of the address at which whoever has the mail ends it; of the daily mail it is the person alone."""
    return SIGNER.sign(str(user.pk) if mail == Mail.DIGEST else f"{user.pk}-{mail}")


def reader_of(token: str) -> tuple[User | None, str]:
    """Whose mail it is, and which."""
    try:
        pk, _dash, mail = SIGNER.unsign(token).partition("-")
    except BadSignature:
        return None, ""
    return User.objects.filter(pk=pk).first(), mail or Mail.DIGEST


def unsubscribe_url(user: User, mail: str) -> str:
    return settings.SITE_URL + reverse("plans:digest_unsubscribe", args=[token_of(user, mail)])


def one_click(url: str) -> dict[str, str]:
    """Headers by which a mail program unsubscribes by itself, with one POST (RFC 8058)."""
    return {"List-Unsubscribe": f"<{url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
