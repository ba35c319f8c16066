"""What one can do from anywhere: each room says what is done on its pages, and who may."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, get_language_info, gettext_lazy
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import STEERERS
from plans.find.found import Found
from plans.plan.frame import RailWorkspace
from plans.plan.models import Plan, PlanItem

#: A page that is opened at this anchor presses its own main button (static/js/keys.js).
ADD = "#add"


@dataclass(frozen=True)
class Command:
    """Something one does on a page of the open plan, offered to those who `may`."""

    title: str | Promise
    url_name: str
    may: Callable[[Plan], bool]
    icon: str
    adds: bool = False
    #: Offered first: what one comes for most days.
    often: bool = False

    def found(self, plan: Plan, path: str) -> Found:
        """`path` is where one is: what the page offers by key itself is said with its key."""
        page = reverse(self.url_name, args=[plan.pk])
        keys = ("C",) if self.adds and page == path else ()
        return Found(str(self.title), page + ADD if self.adds else page, icon=self.icon, keys=keys)


_commands: list[Command] = []


def register_command(command: Command) -> None:
    _commands.append(command)


def register_adding(title: str | Promise, url_name: str, model: type[PlanItem], *, often: bool = False) -> None:
    """Adding a row of `model` with the main button of the page `url_name`."""

    def may(plan: Plan) -> bool:
        return plan.lets(plan.my_role, model)

    register_command(Command(title, url_name, may, icon="plus", adds=True, often=often))


def commands_of(plan: Plan, path: str) -> list[Found]:
    offered = sorted(_commands, key=lambda command: not command.often)
    return [command.found(plan, path) for command in offered if command.may(plan)]


def general_commands(user: User, workspaces: list[RailWorkspace], path: str) -> Iterator[Found]:
    """What has to do with no plan: one's week, one's companies, and how the pages look and speak."""
    plans = reverse("plans:plan_list")
    if any(workspace.current and workspace.role in STEERERS for workspace in workspaces):
        yield Found(_("New plan"), plans + ADD, icon="plus", keys=("C",) if path == plans else ())
    yield Found(_("My week"), reverse("kpis:week"), icon="calendar-check")
    yield Found(_("Inbox"), reverse("plans:inbox"), icon="inbox")
    yield Found(_("All plans"), plans, icon="stack-2")
    for workspace in workspaces:
        if not workspace.current:
            title = _("Switch to %(company)s") % {"company": workspace.name}
            yield Found(title, workspace.url, icon="switch-horizontal", field="switch", value="yes")
    yield Found(_("Members"), reverse("accounts:member_list"), icon="users")
    yield Found(_("Profile and settings"), reverse("accounts:profile"), icon="settings")
    yield Found(_("Notification settings"), reverse("plans:notice_settings"), icon="bell-cog")
    yield from _looks(user)
    yield Found(_("Keyboard shortcuts"), reverse("plans:shortcuts"), icon="keyboard", keys=("?",), opens="shortcuts")
    yield Found(_("Sign out"), reverse("account_logout"), icon="logout", field="sign-out", value="yes")


THEMES = {
    User.Theme.AUTO: gettext_lazy("Appearance: as the device"),
    User.Theme.LIGHT: gettext_lazy("Appearance: light"),
    User.Theme.DARK: gettext_lazy("Appearance: dark"),
}


def _looks(user: Any) -> Iterator[Found]:
    for theme, look in THEMES.items():
        if theme != user.theme:
            yield Found(str(look), reverse("accounts:theme"), icon="palette", field="theme", value=theme, stays=True)
    for code, _name in settings.LANGUAGES:
        if code != get_language():
            title = f"{_('Language')}: {get_language_info(code)['name_local']}"
            yield Found(title, reverse("accounts:language"), icon="language", field="language", value=code, stays=True)
