"""What the palette finds, in which order, and for whom: GET /find/?q=...&plan=..."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from accounts.roles import Role
from kpis.models import Kpi
from plans.models import Action, Plan
from tests.factories import (
    ActionFactory,
    BudgetLineFactory,
    CompetitorFactory,
    KpiFactory,
    MembershipFactory,
    ObjectiveFactory,
    PersonaFactory,
    PlanFactory,
    RoleFactory,
    SegmentFactory,
)

FIND = reverse("plans:find")


@pytest.fixture
def look(htmx):
    def look_for(client, words="", plan=None):
        """What the palette shows: (group, titles) in their order."""
        query = {"q": words} | ({"plan": plan.pk} if plan else {})
        answer = client.get(FIND, query, headers=htmx("palette-list"))
        assert answer.status_code == 200
        return [(str(group.label), [found.title for found in group.found]) for group in answer.context["groups"]]

    return look_for


def titles(groups) -> list[str]:
    return [title for _group, found in groups for title in found]


def test_everything_that_has_a_name_is_found(as_bob, plan, look):
    objective = ObjectiveFactory(plan=plan, title="Zebra objective")
    ActionFactory(objective=objective, title="Zebra action")
    BudgetLineFactory(plan=plan, name="Zebra line")
    PersonaFactory(segment=SegmentFactory(plan=plan, name="Zebra segment"), name="Zebra persona")
    KpiFactory(plan=plan, name="Zebra KPI")
    CompetitorFactory(plan=plan, name="Zebra Ltd")
    Plan.objects.update(name="Zebra plan")

    assert look(as_bob, "zebra") == [
        ("Plans", ["Zebra plan"]),
        ("Objectives", ["Zebra objective"]),
        ("Actions", ["Zebra action"]),
        ("Budget lines", ["Zebra line"]),
        ("Segments", ["Zebra segment"]),
        ("Personas", ["Zebra persona"]),
        ("KPIs", ["Zebra KPI"]),
        ("Competitors", ["Zebra Ltd"]),
    ]


def test_each_is_found_where_it_is_shown(as_bob, plan, htmx):
    objective = ObjectiveFactory(plan=plan, title="Zebra objective")
    ActionFactory(objective=objective, title="Zebra action")
    BudgetLineFactory(plan=plan, name="Zebra line")
    PersonaFactory(segment=SegmentFactory(plan=plan, name="Zebra segment"), name="Zebra persona")
    CompetitorFactory(plan=plan, name="Zebra Ltd")

    page = as_bob.get(FIND, {"q": "zebra"}, headers=htmx("palette-list"))

    for address in re.findall(r'href="(/[^"]+/[^"]*)"', page.text):
        path, _hash, anchor = address.partition("#")
        if "static" in path:
            continue
        shown = as_bob.get(path).text
        assert "Zebra" in shown
        assert f'id="{anchor}"' in shown or not anchor


def test_accents_and_capitals_do_not_matter(as_bob, plan, look):
    ActionFactory(objective__plan=plan, title="Program lojalność w Łodzi")

    for typed in ("lojalnosc", "LOJALNOŚĆ", "lodzi program"):
        assert ("Actions", ["Program lojalność w Łodzi"]) in look(as_bob, typed)


def test_words_that_begin_so_come_before_those_that_hold_it_within(as_bob, plan, look):
    objective = ObjectiveFactory(plan=plan)
    for title in ("Presales calls", "Train sales", "Sales training"):
        ActionFactory(objective=objective, title=title)

    assert look(as_bob, "sales")[-1] == ("Actions", ["Train sales", "Sales training", "Presales calls"])


def test_a_group_whose_words_begin_so_comes_first(as_bob, plan, look):
    ObjectiveFactory(plan=plan, title="More presales")
    KpiFactory(plan=plan, name="Sales")
    Plan.objects.update(name="2026")

    assert [label for label, _found in look(as_bob, "sales")] == ["KPIs", "Objectives"]


def test_the_open_plan_comes_first_then_what_was_changed_last(as_bob, workspace, look):
    here, older, newer = (PlanFactory(workspace=workspace, name=name) for name in ("Here", "Older", "Newer"))
    for plan in (here, older, newer):
        KpiFactory(plan=plan, name=f"Zebras, {plan.name}")
    for days, plan in enumerate((newer, older, here)):
        Plan.objects.filter(pk=plan.pk).update(changed_at=plan.changed_at - dt.timedelta(days=days))

    assert titles(look(as_bob, "zebra", here)) == ["Zebras, Here", "Zebras, Newer", "Zebras, Older"]
    assert titles(look(as_bob, "zebra")) == ["Zebras, Newer", "Zebras, Older", "Zebras, Here"]


def test_a_plan_that_is_over_is_marked_and_so_is_what_is_in_it(as_bob, workspace, htmx):
    over = PlanFactory(workspace=workspace, name="Zebra 2025", status=Plan.Status.CLOSED)
    KpiFactory(plan=over, name="Zebras")

    groups = as_bob.get(FIND, {"q": "zebra"}, headers=htmx("palette-list")).context["groups"]

    assert [found.note.endswith("closed") for group in groups for found in group.found] == [True, True]


def test_an_action_that_is_late_says_so(as_bob, plan, htmx):
    late = ActionFactory(objective__plan=plan, title="Zebra", deadline=dt.date(2020, 1, 1), starts_on=None)

    page = as_bob.get(FIND, {"q": "zebra", "plan": plan.pk}, headers=htmx("palette-list"))
    Action.objects.filter(pk=late.pk).update(status=Action.Status.DONE, done_on=dt.date(2020, 1, 1))
    done = as_bob.get(FIND, {"q": "zebra", "plan": plan.pk}, headers=htmx("palette-list"))

    assert [answer.context["groups"][0].found[0].note for answer in (page, done)] == ["Overdue", "Done"]


def test_a_stranger_finds_nothing_and_the_plan_of_others_opens_nothing(client, carol, plan, look):
    KpiFactory(plan=plan, name="Zebras")
    client.force_login(carol)

    assert look(client, "zebra", plan) == []
    assert look(client, "add", plan) == []
    assert plan.name not in titles(look(client, "", plan))


def test_who_works_for_two_companies_finds_both_and_can_switch(as_bob, bob, plan, look):
    other = PlanFactory(workspace__name="Zoo", name="Zebra plan")
    MembershipFactory(user=bob, workspace=other.workspace, role=Role.VIEWER)

    assert titles(look(as_bob, "zebra", plan)) == ["Zebra plan"]
    assert titles(look(as_bob, "switch zoo", plan)) == ["Switch to Zoo"]


def test_the_pages_of_the_open_plan_are_found_with_their_keys(as_bob, plan, htmx):
    page = as_bob.get(FIND, {"q": "budget", "plan": plan.pk}, headers=htmx("palette-list"))

    (group,) = page.context["groups"]
    assert [(found.title, found.keys) for found in group.found] == [("6 Budget & actions", ()), ("Budget", ("G", "B"))]


# Commands


@pytest.mark.parametrize(
    ("who", "offered"),
    [
        ("alice", ["action", "objective", "budget line", "segment", "team", "KPI"]),
        ("mark", ["action", "survey"]),
        ("mia", []),
        ("bob", []),
    ],
)
def test_nobody_is_offered_what_she_may_not_do(request, client, plan, look, who, offered):
    client.force_login(request.getfixturevalue(who))

    assert titles(look(client, "add", plan)) == [f"Add {name}" for name in offered]


def test_nothing_is_added_to_a_closed_plan(as_alice, workspace, look):
    over = PlanFactory(workspace=workspace, status=Plan.Status.CLOSED)

    assert look(as_alice, "add", over) == []
    assert look(as_alice, "check", over) == [("Steps of this plan", ["Check-in"])]


def test_checking_in_is_offered_to_those_who_report(as_mia, workspace, look):
    running = PlanFactory(workspace=workspace, status=Plan.Status.ACTIVE)

    assert look(as_mia, "readings", running) == [("Commands", ["Check in: enter readings"])]


def test_a_viewer_is_not_offered_to_check_in(as_bob, workspace, look):
    running = PlanFactory(workspace=workspace, status=Plan.Status.ACTIVE)

    assert look(as_bob, "readings", running) == []


def test_the_inbox_and_its_settings_are_a_word_away(as_bob, workspace, look):
    assert look(as_bob, "inbox") == [("Commands", ["Inbox"])]
    assert look(as_bob, "notif") == [("Commands", ["Notification settings"])]


def test_only_those_who_steer_are_offered_a_new_plan(request, client, workspace, look):
    for who, offered in (("alice", ["New plan"]), ("mark", [])):
        client.force_login(request.getfixturevalue(who))

        assert titles(look(client, "new plan")) == offered


def test_a_command_says_the_key_that_does_the_same_on_the_page_one_is_on(as_mark, plan, htmx):
    here = htmx("palette-list") | {"HX-Current-URL": f"http://testserver{reverse('plans:actions', args=[plan.pk])}?q=x"}

    keys = [
        as_mark.get(FIND, {"q": "add", "plan": plan.pk}, headers=headers).context["groups"][0].found[0].keys
        for headers in (here, htmx("palette-list"))
    ]

    assert keys == [("C",), ()]


def test_looks_language_and_signing_out_are_commands(as_bob, look):
    assert titles(look(as_bob, "appearance dark")) == ["Appearance: dark"]
    assert titles(look(as_bob, "polski")) == ["Language: polski"]
    assert titles(look(as_bob, "sign out")) == ["Sign out"]
    assert titles(look(as_bob, "shortcuts")) == ["Keyboard shortcuts"]


def test_c_is_the_key_of_what_belongs_to_the_plan_itself(as_alice, plan):
    role = RoleFactory(team__plan=plan)

    page = as_alice.get(reverse("plans:team", args=[plan.pk])).text

    assert re.findall(r'href="([^"]+)" data-key="c"', page) == [reverse("plans:team_add", args=[plan.pk])]
    assert reverse("plans:role_add", args=[role.team_id]) in page


# The page


def test_without_javascript_it_is_a_page_with_a_form(as_bob, plan):
    KpiFactory(plan=plan, name="Zebras")

    page = as_bob.get(FIND, {"q": "zebra", "plan": plan.pk})

    assert page.text.count('name="q"') == 2  # of the page, and of the palette
    assert f'href="{Kpi.objects.get().get_absolute_url()}"' in page.text
    assert "1 found" in page.text


def test_the_keys_are_a_page_too_and_a_part_for_the_dialog(as_bob, htmx):
    address = reverse("plans:shortcuts")

    page, part = as_bob.get(address), as_bob.get(address, headers=htmx("shortcuts"))

    assert "Down and up the rows" in page.text
    assert "Down and up the rows" in part.text
    assert "<html" not in part.text


def test_what_was_typed_is_shown_and_is_no_markup(as_bob):
    page = as_bob.get(FIND, {"q": "<b>zebra"})

    assert "Nothing found for “&lt;b&gt;zebra”" in page.text


def test_a_change_of_looks_comes_back_to_the_page_one_is_on(as_bob, plan, htmx):
    here = htmx("palette-list") | {"HX-Current-URL": f"http://testserver{plan.get_absolute_url()}?week=3"}

    part = as_bob.get(FIND, {"q": "dark"}, headers=here)

    assert f'name="next" value="{plan.get_absolute_url()}?week=3"' in part.text


@pytest.mark.parametrize("plan", ["", "x", "0", "-1", "9" * 30])
@pytest.mark.parametrize("words", ["", "%", "[", "(" * 200, "\\", "a" * 5000, "\x00", "🦓"])
def test_anything_may_be_typed(as_bob, words, plan):
    assert as_bob.get(FIND, {"q": words, "plan": plan}).status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_it_takes_as_many_queries_however_much_is_found(as_bob, workspace, plan, htmx, rows, django_assert_num_queries):
    for each in [plan, *PlanFactory.create_batch(rows - 1, workspace=workspace)]:
        PersonaFactory.create_batch(rows, segment__plan=each, name="Zebra")
        KpiFactory.create_batch(rows, plan=each, name="Zebra")
        ActionFactory.create_batch(rows, objective__plan=each, title="Zebra")

    # (12): session, user, plans, eight kinds of rows, workspaces
    with django_assert_num_queries(12):
        as_bob.get(FIND, {"q": "zebra", "plan": plan.pk}, headers=htmx("palette-list"))
