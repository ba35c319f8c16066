"""What I owe: values by week, my actions, what was said to me, what is new."""

import datetime as dt

import pytest
from django.urls import reverse

from accounts.models import User, Workspace
from plans.models import Plan
from tests.factories import (
    ActionFactory,
    CommentFactory,
    KpiFactory,
    MembershipFactory,
    NoticeFactory,
    ObjectiveFactory,
    OpeningFactory,
    PeriodLockFactory,
    PlanFactory,
    ReadingFactory,
    RoleFactory,
    SkipFactory,
    VisitFactory,
)
from tests.kpis.home.conftest import HOME, WEDNESDAY, WEEK_32, WEEK_33, WEEK_34, WEEK_35

DAY = dt.timedelta(days=1)


def kpi_of(owner, plan, *, answered=(WEEK_32, WEEK_33, WEEK_34), **kwargs):
    kpi = KpiFactory(plan=plan, owner=owner, **kwargs)
    for period in answered:
        ReadingFactory(kpi=kpi, period=period)
    return kpi


# Values


def test_values_owed_stand_week_by_week_the_overdue_first_each_with_its_check_in(as_mia, mia, plan, shown):
    kpi_of(mia, plan, name="Leads", answered=[WEEK_32, WEEK_33])
    kpi_of(mia, plan, name="Demos")

    assert shown(as_mia, "owed") == [
        ("1 KPI of week 34", "Was due on 24 Aug: “Leads”"),
        ("2 KPIs of week 35", "Due on 31 Aug: “Leads”, “Demos”"),
    ]
    week_34 = reverse("kpis:week", query={"week": "2026-W34"})
    assert f'href="{week_34}"' in as_mia.get(HOME).text


def test_the_button_enters_the_oldest_week(as_mia, mia, plan):
    kpi_of(mia, plan, answered=[WEEK_32, WEEK_33])

    assert as_mia.get(HOME).context["next_owed"].url.endswith("?week=2026-W34")


def test_what_is_entered_or_skipped_is_owed_no_more(as_mia, mia, plan, shown):
    kpi_of(mia, plan, answered=[WEEK_32, WEEK_33, WEEK_34, WEEK_35])
    skipped = kpi_of(mia, plan)
    SkipFactory(kpi=skipped, period=WEEK_35)

    page = as_mia.get(HOME)

    assert shown(as_mia, "owed") == []
    assert page.context["sentences"] == ["No value is asked of you until 31 Aug."]
    assert "All that is asked of you is in. It goes on with the week of 31 Aug." in page.text


def test_who_enters_no_kpi_is_told_so(as_bob, plan):
    page = as_bob.get(HOME, {"show": "mine"})

    assert page.context["sentences"] == ["No KPI is yours to enter."]
    assert "Those who steer a plan say whose each is." in page.text


def test_a_locked_period_is_owed_by_nobody_until_it_is_opened(as_mia, mia, plan, shown):
    kpi = kpi_of(mia, plan, answered=[WEEK_32, WEEK_33, WEEK_35])
    PeriodLockFactory(plan=plan, locked_to=dt.date(2026, 8, 23))
    assert shown(as_mia, "owed") == []

    OpeningFactory(kpi=kpi, period=WEEK_34, open_to=WEDNESDAY)

    assert shown(as_mia, "owed") == [("1 KPI of week 34", "Was due on 24 Aug: “Website conversion rate”")]


def test_a_month_is_owed_with_the_week_in_which_it_ended(as_mia, mia, plan, shown):
    kpi = KpiFactory(plan=plan, owner=mia, name="Basket", rhythm="monthly")
    assert shown(as_mia, "owed") == [("1 KPI of week 31", "Was due on 3 Aug: “Basket”")]

    ReadingFactory(kpi=kpi, period=dt.date(2026, 7, 1))

    assert shown(as_mia, "owed") == []


def test_a_value_is_overdue_from_the_hour_of_the_check_in(as_mia, mia, plan, shown, on):
    """It is ten in the morning; the check-in is at nine on Mondays."""
    kpi_of(mia, plan, name="Leads", answered=[WEEK_32, WEEK_33])
    on(dt.date(2026, 8, 24))
    assert ("1 KPI of week 34", "Was due on 24 Aug: “Leads”") in shown(as_mia, "owed")

    Workspace.objects.update(checkin_hour=16)

    assert ("1 KPI of week 34", "Due on 24 Aug: “Leads”") in shown(as_mia, "owed")


@pytest.mark.parametrize("status", ["draft", "closed", "archived"])
def test_a_plan_that_is_not_carried_out_owes_nothing(as_mia, mia, workspace, shown, status):
    PlanFactory(workspace=workspace)
    other = PlanFactory(workspace=workspace, status=status)
    kpi_of(mia, other)
    ActionFactory(objective__plan=other, person=mia, deadline=WEDNESDAY - DAY)

    assert (shown(as_mia, "owed"), shown(as_mia, "work")) == ([], [])


def test_of_several_companies_only_the_current_one_counts(as_mia, mia, workspace, shown):
    other = MembershipFactory(user=mia, role="member", workspace__name="Zeta").workspace
    kpi_of(mia, PlanFactory(workspace=workspace), name="Leads")
    kpi_of(mia, PlanFactory(workspace=other), name="Elsewhere")

    assert shown(as_mia, "owed") == [("1 KPI of week 35", "Due on 31 Aug: “Leads”")]

    User.objects.filter(pk=mia.pk).update(current_workspace=other)

    assert shown(as_mia, "owed") == [("1 KPI of week 35", "Due on 31 Aug: “Elsewhere”")]


# Actions


def test_of_her_actions_the_late_stand_first_then_what_is_stuck_then_what_is_due(as_mia, mia, mark, plan, shown):
    objective = ObjectiveFactory(plan=plan)
    held = RoleFactory(team__plan=plan, holder=mia)
    ActionFactory(objective=objective, title="Call", person=mia, deadline=WEDNESDAY + 2 * DAY)
    ActionFactory(objective=objective, title="Visit", role=held, deadline=WEDNESDAY - 3 * DAY)
    stuck = ActionFactory(objective=objective, title="Print", person=mia, starts_on=WEDNESDAY - DAY)
    stuck.waits_for.add(ActionFactory(objective=objective, title="Texts", person=mark))
    ActionFactory(objective=objective, title="Far", person=mia, deadline=WEDNESDAY + 40 * DAY)
    ActionFactory(objective=objective, title="Another's", person=mark, deadline=WEDNESDAY - DAY)

    assert shown(as_mia, "work") == [
        ("Visit", "3 days late"),
        ("Print", "Waits for “Texts (Mark Weber)”"),
        ("Call", "due in 2 days, on 28 Aug"),
    ]


def test_she_sees_who_waits_for_her(as_mia, mia, mark, plan, shown):
    mine = ActionFactory(objective__plan=plan, title="Texts", person=mia, starts_on=WEDNESDAY)
    theirs = ActionFactory(objective=mine.objective, title="Print", person=mark)
    theirs.waits_for.add(mine)
    assert shown(as_mia, "work") == [("Texts", "Others wait for it: “Print (Mark Weber)”")]

    theirs.status, theirs.done_on = "done", WEDNESDAY
    theirs.save()

    assert shown(as_mia, "work") == []


def test_the_plan_is_named_where_there_are_several(as_mia, mia, plan, workspace, shown):
    ActionFactory(objective__plan=plan, title="Visit", person=mia, deadline=WEDNESDAY - DAY)
    PlanFactory(workspace=workspace, name="Benelux")

    assert shown(as_mia, "work") == [("Visit", "1 day late, in “Sales growth plan 2026”")]


# What was said, what is new


def test_mentions_wait_until_they_are_read(as_mia, mia, mark, plan, shown):
    comment = CommentFactory(action__objective__plan=plan, action__title="Visit", author=mark)
    notice = NoticeFactory(
        membership=mia.memberships.get(), action=comment.action, comment=comment, kind="mention", by=mark
    )
    assert shown(as_mia, "told") == [("Visit", "Mark Weber named you: “Can the stand be booked by Friday?”")]

    as_mia.post(reverse("plans:notice_read", args=[notice.pk]))

    assert shown(as_mia, "told") == []


def test_it_says_how_many_actions_others_have_changed_since_her_last_visit(as_mia, mia, mark, plan, shown):
    an_hour_ago = dt.datetime(2026, 8, 26, 7, tzinfo=dt.UTC)
    VisitFactory(plan=plan, user=mia, seen_at=an_hour_ago)
    ActionFactory(objective__plan=plan, changed_by=mark)
    mine = ActionFactory(objective__plan=plan)
    type(mine).objects.filter(pk=mine.pk).update(changed_by=mia)

    ((title, detail),) = shown(as_mia, "news")

    assert title == "1 action changed"
    assert "Sales growth plan 2026" in detail


def test_who_has_never_been_there_has_no_news(as_mia, plan, shown):
    ActionFactory(objective__plan=plan)

    assert shown(as_mia, "news") == []


# The page


def test_drafts_stand_apart(as_mia, plan, workspace):
    PlanFactory(workspace=workspace, status="draft", name="Sales plan 2027")

    page = as_mia.get(HOME)

    assert [draft.name for draft in page.context["plans"].drafts] == ["Sales plan 2027"]
    assert "They ask nothing of anybody yet." in page.text


def test_without_a_plan_that_is_carried_out_a_director_is_led_to_start_one(as_alice, workspace):
    draft = PlanFactory(workspace=workspace, status="draft")

    page = as_alice.get(HOME, {"show": "mine"})

    assert f'href="{reverse("plans:plan_edit", args=[draft.pk])}"' in page.text
    assert "No plan is carried out yet" in page.text


def test_without_any_plan_one_begins_with_the_list(as_mia, htmx):
    assert as_mia.get(HOME).url == reverse("plans:plan_list")

    asked = as_mia.get(HOME, headers=htmx("home-figures"))

    assert (asked.status_code, asked["HX-Redirect"]) == (204, reverse("plans:plan_list"))


def test_a_page_of_the_company_one_worked_for_before_is_loaded_again(as_mia, mia, plan, htmx):
    other = MembershipFactory(user=mia, role="member", workspace__name="Zeta").workspace
    User.objects.filter(pk=mia.pk).update(current_workspace=other)

    asked = as_mia.get(HOME, {"of": plan.workspace_id}, headers=htmx("home-figures"))

    assert (asked.status_code, asked["HX-Refresh"]) == (204, "true")


def test_when_all_plans_are_closed_it_says_so(as_mia, workspace):
    PlanFactory(workspace=workspace, status="closed")

    assert "No plan is open" in as_mia.get(HOME).text


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow(as_mia, mia, mark, workspace, count, django_assert_num_queries):
    for plan in PlanFactory.create_batch(count, workspace=workspace):
        for _ in range(count):
            kpi_of(mia, plan)
            action = ActionFactory(objective__plan=plan, person=mia, deadline=WEDNESDAY)
            action.waits_for.add(ActionFactory(objective=action.objective, person=mark))
            told = {"membership": mia.memberships.get(), "action": action, "kind": "responsible", "by": mark}
            NoticeFactory(**told, details={"you": True, "who": "Mia Rossi"})
        VisitFactory(plan=plan, user=mia, seen_at=dt.datetime(2026, 8, 20, tzinfo=dt.UTC))

    # session, reader, company, frame, plans with news, KPIs, their answers, locks, actions, their links, notices, week
    with django_assert_num_queries(12):
        as_mia.get(HOME)


def test_it_is_asked_for_news_with_few_queries_and_says_nothing_when_there_are_none(
    as_mia, mia, plan, htmx, django_assert_num_queries
):
    kpi_of(mia, plan)
    mark = as_mia.get(HOME).context["mark"]
    asked = {"headers": htmx("home-figures")}

    with django_assert_num_queries(4):  # session, reader, company, frame
        assert as_mia.get(HOME, {"since": mark}, **asked).status_code == 204

    Plan.objects.update(changed_at=dt.datetime(2026, 8, 26, 8, 1, tzinfo=dt.UTC))
    answer = as_mia.get(HOME, {"since": mark}, **asked)
    assert answer.status_code == 200
    assert answer.text.lstrip().startswith('<div class="stack" id="home-figures"')
