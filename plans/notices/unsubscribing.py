"""The way out of a mail from the mail itself: an address signed for one person and one kind of mail."""

from email.headerregistry import BaseHeader, HeaderRegistry, UnstructuredHeader
from email.policy import Policy, default
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
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


class _WholeHeader(UnstructuredHeader, BaseHeader):
    """An address longer than a line would be encoded in pieces, which mail programs do not put together again."""

    def fold(self, *, policy: Policy) -> str:
        return f"{self.name}: {self}{policy.linesep}"


_HEADERS = HeaderRegistry()
_HEADERS.map_to_type("list-unsubscribe", _WholeHeader)


class RegularMail(EmailMultiAlternatives):
    """A mail in text and HTML that a mail program ends by itself, with one POST (RFC 8058)."""

    def __init__(self, subject: str, text: str, html: str, *, to: User, unsubscribe: str):
        headers = {"List-Unsubscribe": f"<{unsubscribe}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
        super().__init__(subject, text, to=[to.email], headers=headers)
        self.attach_alternative(html, "text/html")

    def message(self, *, policy: Any = default) -> Any:
        return super().message(policy=policy.clone(header_factory=_HEADERS))
