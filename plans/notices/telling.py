"""Who is told what when something happens: never the one who did it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F
from django.dispatch import receiver

from accounts.models import Membership
from plans.actions.changes import Changed, actions_changed
from plans.actions.models import Action
from plans.notices.models import Kind, Notice
from plans.talk.models import Comment
from plans.talk.services import comment_written
from plans.talk.watching import MEMBER, watchings

#: Kinds of which several changes are one, from the first value to the last.
JOINED = (Kind.STATUS, Kind.DEADLINE)
#: More changes of one kind at once are one notice that says how many.
SINGLE = 5


@dataclass(frozen=True)
class Listener:
    """A member who is told, and what she does not want to hear of."""

    member: int
    user: int
    not_in_inbox: Collection[str]
    not_in_digest: Collection[str]

    def notice(self, kind: str, **values: Any) -> Notice | None:
        in_inbox = kind not in self.not_in_inbox
        if not in_inbox and kind in self.not_in_digest:
            return None
        return Notice(membership_id=self.member, kind=kind, in_inbox=in_inbox, **values)


def deliver(notices: Iterable[Notice | None]) -> None:
    """What has been told already is not told again."""
    Notice.objects.bulk_create([notice for notice in notices if notice], ignore_conflicts=True, batch_size=500)


def listeners_to(action_ids: Sequence[int], *, but: int | None = None) -> dict[int, list[Listener]]:
    """By action, those who watch it; `but` is the one who did it."""
    rows = (
        watchings(action_ids)
        .exclude(reader=but)
        .values_list(
            "pk",
            "member",
            "reader",
            F(f"{MEMBER}__user__notice_settings__not_in_inbox"),
            F(f"{MEMBER}__user__notice_settings__not_in_digest"),
        )
    )
    found: dict[int, list[Listener]] = defaultdict(list)
    for pk, member, user, *unwanted in rows:
        found[pk].append(_listener(member, user, *unwanted))
    return found


def listeners_among(members: Any) -> list[Listener]:
    """These members, whatever they watch."""
    settings = ("user__notice_settings__not_in_inbox", "user__notice_settings__not_in_digest")
    return [_listener(*row) for row in members.filter(user__is_active=True).values_list("pk", "user", *settings)]


def _listener(member: int, user: int, not_in_inbox: list | None, not_in_digest: list | None) -> Listener:
    return Listener(member, user, not_in_inbox or (), not_in_digest or ())


# Comments


@receiver(comment_written)
def tell_of_comment(comment: Comment, new: bool, named: set[int], **kwargs: Any) -> None:
    """Who is named is told that, and not that there is a comment as well."""
    about = {"action_id": comment.action_id, "comment": comment, "by_id": comment.author_id, "key": str(comment.pk)}
    about["made_at"] = comment.written_at if new else comment.edited_at
    members = Membership.objects.filter(workspace=comment.action.plan.workspace_id, user__in=named)
    notices = [one.notice(Kind.MENTION, **about) for one in listeners_among(members)] if named else []
    if new:
        watching = listeners_to([comment.action_id], but=comment.author_id)[comment.action_id]
        notices += [one.notice(Kind.COMMENT, **about) for one in watching if one.user not in named]
    deliver(notices)


# Changes


@dataclass
class _News:
    """Changes of one kind that one member is told of."""

    listener: Listener
    kind: str
    changes: list[tuple[Action, dict[str, Any]]] = field(default_factory=list)

    def notices(self, by: int) -> Iterable[Notice | None]:
        whole = len(self.changes) > SINGLE
        for action, details in self.changes[:1] if whole else self.changes:
            others = len(self.changes) - 1 if whole else 0
            yield self.listener.notice(
                self.kind, action=action, key=f"v{action.version}", by_id=by, details=details, others=others
            )


@receiver(actions_changed)
def tell_of_changes(changed: list[Changed], by: Any, **kwargs: Any) -> None:
    """What nobody did (an example that is being built) is told nobody."""
    if by is None or by.pk is None:
        return
    listeners = listeners_to([one.action.pk for one in changed], but=by.pk)
    answering = _Answering()
    news: dict[tuple[int, str], _News] = {}
    for one in changed:
        for listener in listeners.get(one.action.pk, ()):
            for kind, details in _kinds_of(one, listener, answering):
                key = (listener.member, kind)
                news.setdefault(key, _News(listener, kind)).changes.append((one.action, details))
    if len(changed) <= SINGLE:
        _join_unread(list(news.values()), by.pk)
    deliver(notice for one in news.values() for notice in one.notices(by.pk))


def _join_unread(news: Sequence[_News], by: int) -> None:
    """What somebody changes again before it was read is one change, from what it was at first; back again is none."""
    told = Notice.objects.unread().filter(mailed_at=None, by=by, others=0, kind__in=JOINED)
    told = told.filter(
        membership__in={one.listener.member for one in news},
        action__in={action.pk for one in news for action, _details in one.changes},
    )
    earlier = {(notice.membership_id, notice.action_id, notice.kind): notice for notice in told} if news else {}
    joined = []
    for one in news:
        for action, details in one.changes:
            if notice := earlier.get((one.listener.member, action.pk, one.kind)):
                details["before"] = notice.details["before"]
                joined.append(notice.pk)
        one.changes = [
            (action, details)
            for action, details in one.changes
            if one.kind not in JOINED or details["before"] != details["after"]
        ]
    if joined:
        Notice.objects.filter(pk__in=joined).delete()


def _kinds_of(one: Changed, listener: Listener, answering: "_Answering") -> Iterable[tuple[str, dict[str, Any]]]:
    for kind in JOINED:
        if kind in one.fields:
            before, after = one.fields[kind]
            yield kind, {"before": before and str(before), "after": after and str(after)}
    if {"role_id", "person_id"} & set(one.fields):
        user, who = answering(one.action)
        yield Kind.RESPONSIBLE, {"who": who, "you": user == listener.user}


class _Answering:
    """Who answers for an action now: her id, if she is known, and what she is called; asked once for each."""

    def __init__(self) -> None:
        self._known: dict[tuple, tuple[int | None, str]] = {}

    def __call__(self, action: Action) -> tuple[int | None, str]:
        key = action.role_id, action.person_id
        if key not in self._known:
            self._known[key] = action.answering_user, action.responsible
        return self._known[key]
