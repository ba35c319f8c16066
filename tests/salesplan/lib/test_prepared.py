"""Queries composed once: they answer as the queryset they are made of, whatever the values."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from plans.models import Action, Plan
from salesplan.lib.prepared import prepared, prepared_update
from tests.factories import ActionFactory, PlanFactory

composed = []


@prepared
def due_between(plan, first, last):
    composed.append("due_between")
    return Action.objects.filter(plan=plan, deadline__range=(first, last)).select_related("plan").order_by("title")


@prepared
def titles(pks, title):
    return Action.objects.filter(pk__in=pks).exclude(title=title).order_by("pk").values_list("title", flat=True)


@prepared
def visible(user, pk):
    return Plan.objects.visible_to(user).filter(pk=pk)


@prepared_update
def put_off(plan, until):
    composed.append("put_off")
    return Action.objects.filter(plan=plan, deadline__lt=until), {"deadline": until}


@pytest.fixture
def spring(plan):
    return ActionFactory(objective__plan=plan, title="Spring fair", deadline=dt.date(2026, 4, 10))


@pytest.fixture
def autumn(plan):
    return ActionFactory(objective__plan=plan, title="Autumn fair", deadline=dt.date(2026, 10, 5))


def test_each_call_is_answered_for_its_own_values(plan, spring, autumn):
    april, october = dt.date(2026, 4, 1), dt.date(2026, 10, 1)
    month = dt.timedelta(days=30)

    assert due_between(plan, april, april + month) == [spring]
    assert due_between(plan, october, october + month) == [autumn]
    assert due_between(plan, april, october + month) == [autumn, spring]
    assert due_between(PlanFactory(), april, october + month) == []


def test_it_is_composed_once_and_asked_each_time(plan, spring):
    day = dt.date(2026, 4, 10)
    due_between(plan, day, day)
    composed.clear()

    with CaptureQueriesContext(connection) as queries:
        assert due_between(plan, day, day) == due_between(plan.pk, day, day) == [spring]

    assert len(queries) == 2
    assert composed == []


def test_related_rows_come_along(plan, spring, django_assert_num_queries):
    action = due_between.first(plan, spring.deadline, spring.deadline)

    with django_assert_num_queries(0):
        assert action.plan.name == plan.name


SHAPES = {
    "models": lambda rows: rows.select_related("objective__plan").annotate(soon=F("deadline")),
    "dicts": lambda rows: rows.values("pk", "deadline", "health_reasons", "objective__title", soon=F("deadline")),
    "tuples": lambda rows: rows.values_list("uid", "deadline", "effort", "changed_at"),
    "values": lambda rows: rows.values_list("deadline", flat=True),
    "another order": lambda rows: rows.order_by("objective__position", "title").values_list("deadline").distinct(),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_rows_are_what_the_queryset_would_make_of_them(plan, spring, autumn, shape):
    @prepared
    def of_plan(pk):
        return SHAPES[shape](Action.objects.filter(plan=pk))

    asked, composed_anew = of_plan(plan.pk), list(SHAPES[shape](Action.objects.filter(plan=plan)))

    assert len(asked) == 2
    assert asked == composed_anew
    assert list(map(type, asked)) == list(map(type, composed_anew))


def test_lists_of_any_length_are_asked_for(spring, autumn):
    assert titles([spring.pk, autumn.pk], "") == ["Spring fair", "Autumn fair"]
    assert titles([autumn.pk], "") == ["Autumn fair"]
    assert titles([], "") == []
    assert titles([spring.pk, autumn.pk], "Spring fair") == ["Autumn fair"]


def test_a_text_with_a_quote_or_a_percent_sign_is_a_text(plan):
    odd = ActionFactory(objective__plan=plan, title="100% of 'A' customers; DROP TABLE")

    assert titles([odd.pk], "100% of 'B' customers") == [odd.title]
    assert titles([odd.pk], odd.title) == []


def test_what_a_stranger_may_not_see_is_not_found(plan, alice, carol):
    assert visible(alice, plan.pk) == [plan]
    assert visible(carol, plan.pk) == []
    assert visible.first(alice, plan.pk).my_role == "director"


def test_somebody_who_is_not_signed_in_sees_nothing(plan):
    assert visible(AnonymousUser(), plan.pk) == []


def test_an_argument_may_only_be_asked_for_as_it_is():
    @prepared
    def in_the_week_of(day):
        return Action.objects.filter(deadline__gte=day.replace(day=1))

    with pytest.raises(AttributeError):
        in_the_week_of(dt.date(2026, 4, 10))


def test_a_change_is_made_for_its_own_values_and_composed_once(plan, spring, autumn):
    may, november = dt.date(2026, 5, 1), dt.date(2026, 11, 1)
    elsewhere = PlanFactory()
    put_off(elsewhere.pk, may)
    composed.clear()

    assert [put_off(elsewhere.pk, november), put_off(plan.pk, may), put_off(plan.pk, november)] == [0, 1, 2]

    assert composed == []
    assert set(plan.action_set.values_list("deadline", flat=True)) == {november}
