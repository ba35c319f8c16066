"""One mail before the check-in to who has KPIs to enter."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from accounts.models import Membership, User, Workspace
from kpis.models import Reminder
from kpis.reminders import mails
from kpis.reminders.mails import calls_in, remind, remind_everybody
from plans.models import NoticeSettings, Plan
from plans.notices.unsubscribing import token_of
from tests.factories import KpiFactory, MembershipFactory, PlanFactory, ReadingFactory, WorkspaceFactory
from tests.kpis.reminders.conftest import FRIDAY, MONDAY, WARSAW, WEEK_34
from tests.mailing import REFUSING, Refusing

WEEK_33 = dt.date(2026, 8, 10)


def test_all_she_owes_in_all_plans_of_the_company_comes_in_one_mail(mia, plan, kpi, mailoutbox):
    ReadingFactory(kpi=kpi, period=WEEK_33, value=46)
    winter = PlanFactory(workspace=plan.workspace, name="Winter")
    KpiFactory(plan=winter, owner=mia, name="Basket", rhythm="monthly", unit="€")
    KpiFactory(plan=winter, owner=mia, name="Cold <calls>")

    remind_everybody(FRIDAY)

    (mail,) = mailoutbox
    assert (mail.to, mail.subject) == ([mia.email], "3 KPIs to enter for week 34")
    assert "Hello Mia," in mail.body
    assert "3 KPIs of Innovatech wait for their values for week 34." in mail.body
    assert "Due by: Monday, 24 Aug, 09:00." in mail.body
    assert "* Qualified leads: last value 46\xa0leads, week 33" in mail.body
    assert "* Basket, July 2026: no value yet" in mail.body
    assert mail.body.index("Winter") > mail.body.index(plan.name)
    html, kind = mail.alternatives[0]
    assert kind == "text/html"
    assert "<b>Cold &lt;calls&gt;</b>" in html
    assert html.count("/reminders/") == 1


def test_it_leads_to_her_form_and_the_key_is_kept_nowhere(kpi, mailoutbox):
    remind_everybody(FRIDAY)

    (link,) = re.findall(r"http\S+/reminders/\S+", mailoutbox[0].body)
    reminder = Reminder.objects.get()
    key = link.partition("?key=")[2]
    assert link.startswith(f"http://localhost:8000/reminders/{reminder.pk}/?key=")
    assert len(key) > 40
    assert key not in [str(value) for value in vars(reminder).values()]


def test_it_is_written_in_her_language(mia, kpi, mailoutbox):
    User.objects.filter(pk=mia.pk).update(language="pl")

    remind_everybody(FRIDAY)

    assert '<div lang="pl">' in mailoutbox[0].alternatives[0][0]
    assert "24 sie, 09:00" in mailoutbox[0].body


def test_the_mail_program_unsubscribes_from_it_by_one_click(mia, kpi, mailoutbox, client):
    remind_everybody(FRIDAY)
    path = reverse("plans:digest_unsubscribe", args=[token_of(mia, "checkin_mail")])
    assert mailoutbox[0].extra_headers == {
        "List-Unsubscribe": f"<http://localhost:8000{path}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }

    page = client.post(path, {"List-Unsubscribe": "One-Click"})

    mine = NoticeSettings.objects.get(user=mia)
    assert (mine.checkin_mail, mine.digest) == (False, True)
    assert "No more reminders" in page.text


# When


@pytest.mark.parametrize(
    ("now", "is_sent"),
    [
        (FRIDAY.replace(hour=8, minute=59), False),
        (FRIDAY.replace(hour=9, minute=0), True),
        (FRIDAY + dt.timedelta(days=2), True),
        (MONDAY, False),
    ],
    ids=["before", "at its hour", "the worker was away", "too late to remind"],
)
def test_it_comes_at_the_hour_of_the_check_in_on_the_working_day_before(kpi, mailoutbox, now, is_sent):
    remind_everybody(now)

    assert bool(mailoutbox) == is_sent


def test_it_comes_when_it_is_nine_where_she_is(mia, kpi, mailoutbox):
    User.objects.filter(pk=mia.pk).update(time_zone="America/New_York")

    remind_everybody(FRIDAY.replace(hour=14))
    assert mailoutbox == []

    remind_everybody(FRIDAY.replace(hour=15))
    assert "24 Aug, 09:00" in mailoutbox[0].body


def test_the_company_sets_day_and_hour(plan, kpi, mailoutbox):
    Workspace.objects.filter(pk=plan.workspace_id).update(checkin_weekday=4, checkin_hour=16)

    remind_everybody(dt.datetime(2026, 8, 20, 15, 55, tzinfo=WARSAW))
    assert mailoutbox == []

    remind_everybody(dt.datetime(2026, 8, 20, 16, 0, tzinfo=WARSAW))
    assert "week 34" in mailoutbox[0].subject
    assert "Friday, 21 Aug, 16:00" in mailoutbox[0].body


# Once


def test_it_comes_once_however_often_one_tries(mia, plan, kpi, mailoutbox):
    remind_everybody(FRIDAY)
    KpiFactory(plan=plan, owner=mia)

    for hours in range(3):
        remind_everybody(FRIDAY + dt.timedelta(hours=hours))

    assert len(mailoutbox) == 1


def test_the_next_week_reminds_anew(kpi, mailoutbox):
    remind_everybody(FRIDAY)
    remind_everybody(FRIDAY + dt.timedelta(weeks=1))

    assert [mail.subject for mail in mailoutbox] == ["1 KPI to enter for week 34", "1 KPI to enter for week 35"]


def test_who_moves_to_another_time_zone_is_not_reminded_twice(mia, kpi, mailoutbox):
    remind_everybody(FRIDAY)
    User.objects.filter(pk=mia.pk).update(time_zone="America/New_York")

    remind_everybody(FRIDAY.replace(hour=15))

    assert len(mailoutbox) == 1


def test_of_two_workers_that_race_one_sends(plan, kpi, mailoutbox):
    """The other one has found the same call before."""
    (call,) = calls_in(plan.workspace, FRIDAY)
    (found,) = mails._owed(plan.workspace, [kpi.owner_id], WEEK_34)

    assert [remind(call, [found], FRIDAY), remind(call, [found], FRIDAY)] == [True, False]
    assert len(mailoutbox) == 1


def test_a_mail_that_cannot_be_sent_is_tried_again_and_keeps_nobody_elses(
    mia, mark, plan, kpi, settings, mailoutbox, caplog
):
    User.objects.filter(pk=mia.pk).update(email="mia@example.com")
    KpiFactory(plan=plan, owner=mark)
    Refusing.sent.clear()
    real, settings.MAILERS = settings.MAILERS, REFUSING
    remind_everybody(FRIDAY)
    assert [mail.to for mail in Refusing.sent] == [[mark.email]]
    assert "could not be sent" in caplog.text
    assert not Reminder.objects.visible_to(mia).exists()

    settings.MAILERS = real
    remind_everybody(FRIDAY + dt.timedelta(minutes=10))

    assert [mail.to for mail in mailoutbox] == [["mia@example.com"]]


def test_it_arrives_through_a_real_mail_server(mia, kpi, letters):
    User.objects.filter(pk=mia.pk).update(name="Łucja Żak")

    remind_everybody(FRIDAY)

    (letter,) = letters
    assert letter["To"] == mia.email
    assert letter["Subject"] == "1 KPI to enter for week 34"
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert dict(letter.raw_items())["List-Unsubscribe"].startswith("<http://localhost:8000/digest/")
    assert "Hello Łucja," in letter.get_body(("plain",)).get_content()
    assert "Qualified leads" in letter.get_body(("html",)).get_content()


# Whom not


def everything_is_in(mia, plan, kpi):
    ReadingFactory(kpi=kpi, period=WEEK_34)


def the_plan_is(status):
    def change(mia, plan, kpi):
        Plan.objects.filter(pk=plan.pk).update(status=status)

    return change


def she_is_deactivated(mia, plan, kpi):
    User.objects.filter(pk=mia.pk).update(is_active=False)


def she_only_reads_now(mia, plan, kpi):
    Membership.objects.filter(user=mia).update(role="viewer")


def she_has_left(mia, plan, kpi):
    mia.memberships.all().delete()


def she_wants_none(mia, plan, kpi):
    NoticeSettings.objects.create(user=mia, checkin_mail=False)


def nobody_owns_it(mia, plan, kpi):
    type(kpi).objects.filter(pk=kpi.pk).update(owner=None)


def it_begins_later(mia, plan, kpi):
    type(kpi).objects.filter(pk=kpi.pk).update(starts_on=dt.date(2026, 8, 24))


@pytest.mark.parametrize(
    "why",
    [
        everything_is_in,
        the_plan_is("draft"),
        the_plan_is("closed"),
        the_plan_is("archived"),
        she_is_deactivated,
        she_only_reads_now,
        she_has_left,
        she_wants_none,
        nobody_owns_it,
        it_begins_later,
    ],
    ids=lambda why: getattr(why, "__name__", ""),
)
def test_nobody_is_mailed_who_has_nothing_to_enter(mia, plan, kpi, mailoutbox, why):
    why(mia, plan, kpi)

    remind_everybody(FRIDAY)

    assert mailoutbox == []
    assert not Reminder.objects.exists()


def test_what_she_owes_elsewhere_is_that_companys_mail(mia, kpi, mailoutbox):
    other = MembershipFactory(user=mia, workspace=WorkspaceFactory(name="Datacore")).workspace
    KpiFactory(plan=PlanFactory(workspace=other), owner=mia, name="Theirs")

    remind_everybody(FRIDAY)

    assert [("Innovatech" in mail.body, "Theirs" in mail.body) for mail in mailoutbox] == [(True, False), (False, True)]


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow_with_people_who_have_it_all(
    plan, workspace, count, django_assert_num_queries
):
    for _number in range(count):
        member = MembershipFactory(workspace=workspace, role="member")
        for kpi in KpiFactory.create_batch(count, plan=plan, owner=member.user):
            ReadingFactory(kpi=kpi, period=WEEK_34)

    # companies, members, who was reminded, what is missing
    with django_assert_num_queries(4):
        remind_everybody(FRIDAY)


def test_old_reminders_are_forgotten(mia):
    from kpis.reminders.tasks import forget_reminders  # a task: loaded with the models it knows

    for days in (89, 91):
        sent_at = dt.datetime.now(dt.UTC) - dt.timedelta(days=days)
        Reminder.objects.create(membership=mia.memberships.get(), week=sent_at.date(), sent_at=sent_at)

    forget_reminders.func()

    assert Reminder.objects.count() == 1
