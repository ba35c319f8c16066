"""Who watches an action."""

import pytest
from django.urls import reverse

from plans.models import Action, Watch
from plans.talk.watching import watchers_of
from tests.factories import ActionFactory, ObjectiveFactory, RoleFactory


@pytest.fixture
def action(plan):
    return ActionFactory(objective=ObjectiveFactory(plan=plan))


def names(action) -> list[str]:
    return [member.user.name for member in watchers_of(action)]


def test_nobody_watches_what_nobody_has_to_do_with(action, mark):
    assert names(action) == []


def test_who_answers_for_it_watches_by_name_or_by_role(plan, action, mark, mia):
    by_role = ActionFactory(objective=action.objective, role=RoleFactory(team__plan=plan, holder=mia))
    Action.objects.filter(pk=action.pk).update(person=mark)

    assert (names(action), names(by_role)) == (["Mark Weber"], ["Mia Rossi"])


def test_who_made_it_watches(as_mark, mark, action):
    as_mark.post(reverse("plans:action_add", args=[action.objective_id]), {"title": "Call lost accounts"})

    assert names(Action.objects.get(title="Call lost accounts")) == ["Mark Weber"]


def test_who_does_not_want_to_hears_nothing_of_what_she_answers_for(as_mark, mark, action):
    Action.objects.filter(pk=action.pk).update(person=mark)

    as_mark.post(reverse("plans:action_watch", args=[action.pk]), {"on": "no"})

    assert names(action) == []


def test_readers_watch_too_and_see_who_does(as_bob, action, htmx):
    answer = as_bob.post(reverse("plans:action_watch", args=[action.pk]), {"on": "yes"}, headers=htmx("talk"))

    assert names(action) == ["Bob Larsen"]
    assert "Unwatch" in answer.text
    assert "1 watcher" in answer.text


def test_watching_twice_is_watching_once(as_bob, action):
    for _time in range(2):
        as_bob.post(reverse("plans:action_watch", args=[action.pk]), {"on": "yes"})

    assert Watch.objects.get().on


def test_who_leaves_the_company_watches_no_more(action, mark):
    Action.objects.filter(pk=action.pk).update(person=mark)
    mark.memberships.all().delete()

    assert names(action) == []
