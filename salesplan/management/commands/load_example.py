import datetime as dt
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone, translation

from accounts.models import Membership, User, Workspace
from accounts.roles import Role
from analysis.gallery.innovatech.plan import KEY
from analysis.gallery.innovatech.services import load_innovatech

WORKSPACE = "Innovatech Solutions"
PASSWORD = "innovatech-demo-2026"  # noqa: S105  printed by the demo itself, refused outside of it

#: Who plays in the example, under which address and role.
CAST = {
    "director": ("director@innovatech.example", "Claire Martin", Role.DIRECTOR),
    "manager": ("manager@innovatech.example", "Marc Dubois", Role.MANAGER),
    "member": ("member@innovatech.example", "Sofia Rossi", Role.MEMBER),
}


class Command(BaseCommand):
    help = "Build Innovatech Solutions: a plan in month eight, complete in all seven steps; repeating changes nothing"

    def add_arguments(self, parser):
        parser.add_argument("--language", default="en", choices=[code for code, _name in settings.LANGUAGES])
        parser.add_argument("--demo-users", action="store_true", help="let the three people of the example sign in")
        parser.add_argument("--today", type=dt.date.fromisoformat, help="the day the example plays on (2026-08-17)")

    @transaction.atomic
    def handle(self, *, language: str, demo_users: bool, today: dt.date | None, **options: Any) -> None:
        if demo_users and not settings.DEMO:
            raise CommandError("Demo sign-ins have a public password: set SALESPLAN_DEMO=1, and never in production.")
        with translation.override(language):
            workspace = self._workspace(language)
            plan = load_innovatech(
                workspace,
                cast={key: self._person(workspace, key, sign_in=demo_users) for key in CAST},
                today=today or timezone.localdate(),
            )
        self.stdout.write(f"{workspace}: {plan}, {plan.starts_on} to {plan.ends_on}")

    def _workspace(self, language: str) -> Workspace:
        """The one with the example in it, however often it was renamed; else a new one."""
        found = Workspace.objects.filter(plans__template_key=KEY, name=WORKSPACE).first()
        return found or Workspace.objects.create(name=WORKSPACE, currency="EUR", language=language)

    def _person(self, workspace: Workspace, key: str, *, sign_in: bool) -> User:
        email, name, role = CAST[key]
        user = User.objects.filter(email=email).first() or User.objects.create_user(email, name=name)
        if sign_in and not user.has_usable_password():
            user.set_password(PASSWORD)
            user.save(update_fields=["password"])
            # Nobody reads the mail of these addresses, so no code can confirm them.
            EmailAddress.objects.create(user=user, email=email, primary=True, verified=True)
        Membership.objects.get_or_create(workspace=workspace, user=user, defaults={"role": role})
        return user
