"""One row as HTML: what people have typed stays text."""

import datetime as dt

import pytest
from django.utils import timezone, translation

from accounts.models import User
from plans.actions.facts import action_row
from plans.actions.row import with_box
from plans.actions.table import all_groups
from plans.models import Action
from tests.factories import ActionFactory, KpiFactory, ObjectiveFactory, RoleFactory

TODAY = dt.date(2026, 11, 23)
HOSTILE = '<b onclick="x">&\'</b>'
ESCAPED = "&lt;b onclick=&quot;x&quot;&gt;&amp;&#x27;&lt;/b&gt;"


def html_of(action):
    return action_row(action.plan, action.pk, today=TODAY)["html"]


def test_what_people_type_is_escaped_everywhere(plan, alice):
    alice.name = HOSTILE
    alice.save()
    role = RoleFactory(team__plan=plan, title=HOSTILE, holder=alice)
    action = ActionFactory(objective=ObjectiveFactory(plan=plan), title=HOSTILE, role=role)
    action.supporters.add(role)
    for _ in range(2):
        KpiFactory(plan=plan, name=HOSTILE).actions.add(action)

    html = html_of(action)

    assert "<b" not in html
    # The action, who answers for it; the role and the supporter in her tooltip; a KPI, and the other in its tooltip.
    assert html.count(ESCAPED) == 6


def test_who_has_changed_a_row_and_its_box_are_escaped_too(plan, alice, mark):
    User.objects.filter(pk=alice.pk).update(name=HOSTILE)
    action = ActionFactory(objective=ObjectiveFactory(plan=plan), title=HOSTILE)
    Action.objects.update(changed_by=alice)
    plan.news_since, plan.reader_id = plan.created_at - dt.timedelta(days=1), mark.pk

    html = with_box(action_row(plan, action.pk, today=TODAY))

    assert "<b" not in html
    assert html.count(ESCAPED) == 3  # the title, the label of the box, who has changed it


@pytest.mark.parametrize(
    ("deadline", "cell"),
    [
        (dt.date(2026, 11, 20), '<span class="c-over m">20 Nov</span> <span class="late">3 days late</span>'),
        (dt.date(2026, 11, 24), '24 Nov <span class="soon">in 1 day</span>'),
        (dt.date(2026, 12, 24), "24 Dec"),
        (None, "–"),
    ],
)
def test_a_deadline_says_how_late_it_is(plan, deadline, cell):
    action = ActionFactory(objective=ObjectiveFactory(plan=plan), deadline=deadline)

    assert f'<td class="num" data-f="due">{cell}<td' in html_of(action)


def test_a_row_speaks_the_readers_language(plan):
    action = ActionFactory(objective=ObjectiveFactory(plan=plan), starts_on=dt.date(2026, 9, 30), priority=1)

    english = html_of(action)
    with translation.override("pl"):
        polish = html_of(action)

    assert (">30 Sep<" in english, ">30 Sep<" in polish) == (True, False)


def test_totals_follow_the_clock_of_the_plan(plan):
    objective = ObjectiveFactory(plan=plan)
    ActionFactory(objective=objective)
    today = timezone.localdate()
    plan.refresh_from_db()
    (before,) = all_groups(plan, today=today)

    ActionFactory(objective=objective)
    plan.refresh_from_db()
    (after,) = all_groups(plan, today=today)

    assert (before.count, after.count) == (1, 2)


def test_totals_of_an_unchanged_plan_are_not_counted_again(plan, django_assert_num_queries):
    ActionFactory(objective=ObjectiveFactory(plan=plan))
    plan.refresh_from_db()
    all_groups(plan, today=TODAY)

    with django_assert_num_queries(0):
        groups = all_groups(plan, today=TODAY)

    assert [group.count for group in groups] == [1]
