"""Views of the actions under a name: for oneself or for everybody, and one that opens first."""

import pytest
from django.urls import reverse

from plans.models import DefaultView, SavedView
from plans.saved_views import views
from plans.saved_views.services import choose_default
from plans.saved_views.views import _save as save
from tests.factories import (
    ActionFactory,
    DefaultViewFactory,
    ObjectiveFactory,
    PlanFactory,
    SavedViewFactory,
)

BLOCKED = "view=board&by=who&status=blocked"


def add_url(plan, query=BLOCKED):
    return reverse("plans:savedview_add", args=[plan.pk]) + f"?{query}"


def url(verb, view):
    return reverse(f"plans:savedview_{verb}", args=[view.pk])


def page(client, plan, query=""):
    return client.get(reverse("plans:actions", args=[plan.pk]) + query)


def names(response):
    return [str(view) for view in response.context["saved_views"]]


def test_a_view_is_saved_with_its_address_and_nothing_else(as_mark, plan, mark):
    response = as_mark.post(add_url(plan), {"name": "What is stuck"})

    view = SavedView.objects.get()
    assert (view.name, view.query, view.owner, view.shared) == ("What is stuck", BLOCKED, mark, False)
    assert response.url == reverse("plans:actions", args=[plan.pk]) + f"?{BLOCKED}"
    assert not DefaultView.objects.exists()


def test_the_same_form_sent_twice_saves_one_view(as_mark, plan):
    for _time in range(2):
        as_mark.post(add_url(plan), {"name": "What is stuck"})

    assert SavedView.objects.count() == 1


def test_a_name_used_already_is_asked_about_and_replaced_when_she_says_so(as_mark, plan, mark):
    view = SavedViewFactory(plan=plan, owner=mark, name="What is stuck", query="view=mine")

    asked = as_mark.post(add_url(plan), {"name": "What is stuck"})
    view.refresh_from_db()
    assert (asked.status_code, view.query) == (422, "view=mine")
    assert "There is a view of this name already" in asked.text
    assert 'name="replace"' in asked.text

    as_mark.post(add_url(plan), {"name": "What is stuck", "replace": "on"})
    view.refresh_from_db()
    assert (SavedView.objects.count(), view.query) == (1, BLOCKED)


def test_two_people_may_use_the_same_name(as_mark, plan):
    SavedViewFactory(plan=plan, name="What is stuck")

    as_mark.post(add_url(plan), {"name": "What is stuck"})

    assert SavedView.objects.count() == 2


@pytest.mark.parametrize(("name", "message"), [("", "This field is required."), ("x" * 61, "at most 60 characters")])
def test_a_view_without_a_good_name_is_not_saved(as_mark, plan, name, message):
    response = as_mark.post(add_url(plan), {"name": name})

    assert (response.status_code, SavedView.objects.count()) == (422, 0)
    assert message in response.text


def test_a_view_with_too_many_filters_is_not_saved(as_mark, plan):
    response = as_mark.post(add_url(plan, "q=" + "x" * 2000), {"name": "Long"}, follow=True)

    assert not SavedView.objects.exists()
    assert "too many filters" in response.text


def test_the_page_saves_a_view_in_one_way_of_writing_only(as_mark, plan):
    ObjectiveFactory(plan=plan)

    current = page(as_mark, plan, "?status=done&page=3&status=blocked&view=board&q=&filters=1").context["current"]

    assert current == "view=board&by=status&status=blocked&status=done"


def test_the_tab_of_what_is_shown_is_the_current_one(as_mark, plan, mark):
    SavedViewFactory(plan=plan, owner=mark, query="view=table&status=blocked")

    assert 'aria-current="page">What is blocked</a>' in page(as_mark, plan, "?status=blocked").text
    assert 'aria-current="page">What is blocked</a>' not in page(as_mark, plan, "?status=done").text


# Who sees and changes which


def test_a_private_view_is_seen_by_nobody_else(as_alice, plan, mark):
    private = SavedViewFactory(plan=plan, owner=mark, shared=False)

    assert names(page(as_alice, plan)) == []
    assert as_alice.get(url("edit", private)).status_code == 404
    for verb in ("edit", "delete", "default"):
        assert as_alice.post(url(verb, private), {"name": "Mine", "default": "1"}).status_code == 404
    private.refresh_from_db()
    assert private.name == "What is blocked"


def test_a_shared_view_is_seen_by_every_reader_and_changed_by_who_works_the_actions(client, plan, mark, alice, bob):
    shared = SavedViewFactory(plan=plan, owner=mark)

    client.force_login(bob)
    assert names(page(client, plan)) == ["What is blocked"]
    assert client.post(url("edit", shared), {"name": "Bob's"}).status_code == 403
    client.force_login(alice)
    client.post(url("edit", shared), {"name": "Stuck", "shared": "on"})
    shared.refresh_from_db()
    assert (shared.name, shared.shared) == ("Stuck", True)


def test_only_who_saved_a_view_takes_it_back_from_the_others(as_alice, plan, mark):
    shared = SavedViewFactory(plan=plan, owner=mark)

    as_alice.post(url("edit", shared), {"name": "Stuck"})

    shared.refresh_from_db()
    assert shared.shared


def test_a_reader_saves_a_view_for_herself_and_cannot_share_it(as_bob, plan, bob):
    as_bob.post(add_url(plan), {"name": "What is stuck", "shared": "on"})

    view = SavedView.objects.get()
    assert (view.owner, view.shared) == (bob, False)


def test_a_reader_renames_and_deletes_her_own_view_in_a_closed_plan_too(as_bob, plan, bob):
    plan.status = "closed"
    plan.save()
    view = SavedViewFactory(plan=plan, owner=bob, shared=False)

    as_bob.post(url("edit", view), {"name": "Stuck"})
    assert SavedView.objects.get().name == "Stuck"
    as_bob.post(url("delete", view))
    assert not SavedView.objects.exists()


def test_deleting_leaves_what_was_shown_on_the_screen(as_mark, plan, mark):
    view = SavedViewFactory(plan=plan, owner=mark, query=BLOCKED)

    response = as_mark.post(url("delete", view))

    assert response.url == reverse("plans:actions", args=[plan.pk]) + f"?{BLOCKED}"
    assert not SavedView.objects.exists()


def test_renaming_to_another_view_of_ones_own_is_refused(as_mark, plan, mark):
    SavedViewFactory(plan=plan, owner=mark, name="Late")
    view = SavedViewFactory(plan=plan, owner=mark, name="Stuck")

    response = as_mark.post(url("edit", view), {"name": "Late"})

    view.refresh_from_db()
    assert (response.status_code, view.name) == (422, "Stuck")


# The one that opens first


def test_the_default_opens_first_and_all_actions_leaves_it(as_mark, plan, mark):
    ActionFactory(objective=ObjectiveFactory(plan=plan))
    as_mark.post(add_url(plan), {"name": "What is stuck", "default": "on"})

    assert page(as_mark, plan).url == reverse("plans:actions", args=[plan.pk]) + f"?{BLOCKED}"
    assert page(as_mark, plan, "?view=table").status_code == 200


def test_a_default_is_for_one_person_and_one_plan(client, plan, mark, alice):
    DefaultViewFactory(view=SavedViewFactory(plan=plan, owner=mark), user=mark)
    other = PlanFactory(workspace=plan.workspace)

    client.force_login(mark)
    assert page(client, plan).status_code == 302
    assert page(client, other).status_code == 200
    client.force_login(alice)
    assert page(client, plan).status_code == 200


def test_there_is_one_default_at_a_time_and_it_can_be_left(as_bob, plan, bob):
    first, second = (SavedViewFactory(plan=plan, name=name) for name in ("First", "Second"))

    for view in (first, second):
        as_bob.post(url("default", view), {"default": "1"})
    assert list(DefaultView.objects.values_list("user", "view")) == [(bob.pk, second.pk)]

    as_bob.post(url("default", first))
    assert DefaultView.objects.exists()
    as_bob.post(url("default", second))
    assert not DefaultView.objects.exists()


def test_a_default_that_is_shared_no_longer_opens_no_more(as_bob, plan, bob, mark):
    view = SavedViewFactory(plan=plan, owner=mark)
    choose_default(view, by=bob)
    view.shared = False
    view.save()

    assert page(as_bob, plan).status_code == 200


def test_a_saved_view_whose_objective_is_gone_still_opens(as_mark, plan, mark):
    SavedViewFactory(plan=plan, owner=mark, query="view=table&objective=999")

    assert page(as_mark, plan, "?view=table&objective=999").status_code == 200


@pytest.mark.parametrize(("query", "status"), [(BLOCKED, 302), ("view=table", 422)])
def test_a_name_that_was_given_away_while_it_was_checked_is_no_error_page(
    as_mark, plan, mark, query, status, monkeypatch
):
    def be_quicker(request, form):
        SavedView.objects.get_or_create(plan=plan, owner=mark, name="Mine", defaults={"query": query})
        return save(request, form)

    monkeypatch.setattr(views, "_save", be_quicker)
    response = as_mark.post(add_url(plan), {"name": "Mine"})

    assert response.status_code == status
    assert SavedView.objects.get().query == query
