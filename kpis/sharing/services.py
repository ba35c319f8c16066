import secrets
from typing import Any

from django.core.signing import BadSignature, Signer
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from kpis.sharing.models import SharedLink, digest_of
from plans.plan.models import Plan

SIGNER = Signer(salt="kpis.sharing")


def new_key() -> str:
    """What the form carries: the token of the link it will make, so that sent twice it makes one and shows it again."""
    return SIGNER.sign(secrets.token_urlsafe(32))


def token_in(key: str) -> str | None:
    """None for what is no key of ours: nobody chooses a token that could be guessed."""
    try:
        return SIGNER.unsign(key)
    except BadSignature:
        return None


def make_link(plan: Plan, *, token: str, by: User, values: dict[str, Any]) -> SharedLink:
    link, _is_new = SharedLink.objects.get_or_create(
        digest=digest_of(token), defaults={"plan": plan, "made_by": by, **values}
    )
    return link


def revoke_link(link: SharedLink, *, by: User) -> None:
    """Revoked once more it stays as it was: who was first is kept."""
    SharedLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=timezone.now(), revoked_by=by)


def count_opening(link: SharedLink) -> None:
    SharedLink.objects.filter(pk=link.pk).update(opened_at=timezone.now(), opened_count=F("opened_count") + 1)
