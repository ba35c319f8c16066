"""What the people of the example say to each other about two of its actions."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from analysis.gallery.innovatech.record import at_nine
from plans.models import Action, Comment
from plans.talk.services import write_comment


@dataclass(frozen=True)
class Remark:
    """`where` is the place of the objective and of the action in it; `whom` is named at the beginning."""

    where: tuple[int, int]
    days: int
    who: str
    whom: str
    text: str | Promise


REMARKS = (
    Remark((1, 0), -3, "manager", "member", _("the customers ask when the first level starts. What is still missing?")),
    Remark((1, 0), -2, "member", "manager", _("the prices for the second level. I can finish the rest this week.")),
    Remark(
        (1, 1), -1, "manager", "director", _("the CRM supplier wants a signature before they begin. Can you call them?")
    ),
)


def fill_talk(actions: Mapping[tuple[int, int], Action], cast: Mapping[str, User], *, today: dt.date) -> None:
    for remark in REMARKS:
        author = cast[remark.who]
        comment = Comment(
            action=actions[remark.where],
            author=author,
            text=f"@{cast[remark.whom]}, {remark.text}",
            written_at=at_nine(today + dt.timedelta(days=remark.days)),
        )
        comment._history_user, comment._history_date = author, comment.written_at
        write_comment(comment)
