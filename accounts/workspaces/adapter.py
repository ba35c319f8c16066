from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.hashers import make_password


class AccountAdapter(DefaultAccountAdapter):
    def populate_username(self, request, user):
        """Users sign in by e-mail; there is no username to make up."""

    def send_account_already_exists_mail(self, email):
        """Instead of a second account; who asked must not see it, by the clock neither."""
        # A new account costs a password its hash: forty times the rest of the request.
        make_password(email)
        super().send_account_already_exists_mail(email)
