"""What we changed because of it."""

import pytest
from django.urls import reverse

from kpis.models import Improvement
from plans.models import Action
from tests.factories import (
    ActionFactory,
    AnswerFactory,
    ImprovementFactory,
    MembershipFactory,
    ObjectiveFactory,
    PlanFactory,
    ThemeFactory,
)


def change(client, reason, **data):
    kind = reason._meta.model_name
    return client.post(reverse(f"kpis:{kind}_change", args=[reason.pk]), data)


def test_an_action_is_made_of_an_answer_with_its_words_as_title(as_mark, mark, plan):
    objective = ObjectiveFactory(plan=plan)
    answer = AnswerFactory(plan=plan, text="The quote\ntook two weeks.")
    form = as_mark.get(reverse("kpis:answer_change", args=[answer.pk])).context["form"]
    title = form["title"].value()

    change(as_mark, answer, title=title, objective=objective.pk)

    made = Improvement.objects.get()
    assert (title, made.action.title, made.answer) == ("The quote took two weeks.", title, answer)
    assert made.action.origin == "Customer feedback: The quote took two weeks."
    assert made.action.history.first().history_user == mark


def test_the_same_form_sent_twice_makes_one_action(as_mark, plan):
    objective, answer = ObjectiveFactory(plan=plan), AnswerFactory(plan=plan)

    for _ in range(2):
        change(as_mark, answer, title="Quote in two days", objective=objective.pk)

    assert (Action.objects.count(), Improvement.objects.count()) == (1, 1)


def test_a_theme_is_answered_by_an_action_that_is_there(as_mia, plan):
    action, theme = ActionFactory(objective__plan=plan), ThemeFactory(plan=plan)

    for _ in range(2):
        change(as_mia, theme, existing=action.pk)

    made = Improvement.objects.get()
    assert (made.action, made.theme, made.plan) == (action, theme, plan)


def test_a_member_links_actions_and_makes_none(as_mia, plan):
    objective, answer = ObjectiveFactory(plan=plan), AnswerFactory(plan=plan)

    page = change(as_mia, answer, title="Quote in two days", objective=objective.pk)

    assert page.status_code == 422
    assert not Action.objects.exists()


def test_a_reader_changes_nothing(as_bob, plan):
    action, answer = ActionFactory(objective__plan=plan), AnswerFactory(plan=plan)

    assert change(as_bob, answer, existing=action.pk).status_code == 403
    assert not Improvement.objects.exists()


def test_an_action_of_another_plan_is_no_choice(as_mark, workspace, plan):
    other = ActionFactory(objective__plan=PlanFactory(workspace=workspace))

    page = change(as_mark, AnswerFactory(plan=plan), existing=other.pk)

    assert page.status_code == 422
    assert not Improvement.objects.exists()


def test_without_title_or_objective_the_form_says_what_is_missing(as_mark, plan):
    page = change(as_mark, AnswerFactory(plan=plan))

    assert "Say what the action is, or choose one." in page.text
    assert "An action serves an objective." in page.text


def test_the_page_of_an_action_says_which_feedback_it_answers(as_bob, plan):
    action = ActionFactory(objective__plan=plan)
    ImprovementFactory(action=action, theme__name="Delivery")
    url = reverse("kpis:action_feedback", args=[action.pk])

    page = as_bob.get(action.get_absolute_url())

    assert url in page.text
    assert "Delivery" in as_bob.get(url).text


def test_a_stranger_learns_nothing_of_it(client, plan):
    action = ImprovementFactory(action__objective__plan=plan).action
    client.force_login(MembershipFactory().user)

    assert client.get(reverse("kpis:action_feedback", args=[action.pk])).status_code == 404


def test_what_changed_is_said_in_a_sentence(as_mia, plan):
    made = ImprovementFactory(action__objective__plan=plan)

    url = reverse("kpis:improvement_edit", args=[made.pk])
    as_mia.post(url, {"result": "Quotes leave within two days.", "version": made.version})

    page = as_mia.get(reverse("kpis:improvements", args=[plan.pk]))
    assert "Quotes leave within two days." in page.text


def test_a_deleted_action_comes_back_with_what_it_answers(as_mark, plan):
    action = ImprovementFactory(action__objective__plan=plan).action

    as_mark.post(reverse("plans:action_delete", args=[action.pk]))
    gone = not Improvement.objects.exists()
    as_mark.post(reverse("plans:item_restore", args=[plan.bin.get().pk]))

    assert gone
    assert Improvement.objects.get().action == action


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_as_often_for_one_change_as_for_three(as_bob, plan, count, django_assert_num_queries):
    for number in range(count):
        ImprovementFactory(action__objective__plan=plan, theme__name=f"Theme {number}")

    # (7): session, user, plan, completeness, companies, the week, changes.
    with django_assert_num_queries(7):
        as_bob.get(reverse("kpis:improvements", args=[plan.pk]))
