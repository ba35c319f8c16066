"""Who signs in, and who is signed in: the second is asked with every request, so its query is composed once.

With her comes the time zone of the company she works for (`company_zone`), which her own goes before.
"""

from allauth.account import auth_backends
from django.db.models import F, QuerySet

from accounts.models import User
from salesplan.lib.prepared import prepared


class AuthenticationBackend(auth_backends.AuthenticationBackend):
    def get_user(self, user_id: int) -> User | None:
        user = _user_with_id.first(user_id)
        return user if user and self.user_can_authenticate(user) else None


@prepared
def _user_with_id(pk: int) -> QuerySet[User]:
    return User.objects.filter(pk=pk).annotate(company_zone=F("current_workspace__time_zone"))
