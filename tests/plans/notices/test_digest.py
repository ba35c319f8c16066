"""One mail each morning with what one has not read."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from plans.models import Notice, NoticeSettings
from plans.notices.digest import send_digest, send_digests
from plans.notices.unsubscribing import token_of
from tests.factories import ActionFactory, CommentFactory, NoticeFactory, ObjectiveFactory, PlanFactory
from tests.mailing import REFUSING, Refusing

WARSAW = ZoneInfo("Europe/Warsaw")
EVENING = dt.datetime(2026, 9, 29, 18, tzinfo=WARSAW)
BEFORE = dt.datetime(2026, 9, 30, 6, 59, tzinfo=WARSAW)
MORNING = dt.datetime(2026, 9, 30, 7, 5, tzinfo=WARSAW)


@pytest.fixture
def tell(action):
    def leave(user, **values):
        values = {"action": action, "made_at": EVENING} | values
        return NoticeFactory(membership=user.memberships.get(), **values)

    return leave


def test_what_is_unread_comes_in_one_mail(mia, mark, action, plan, tell, mailoutbox):
    tell(mia, by=mark)
    comment = CommentFactory(action=action, text="Is the stand booked? <b>")
    tell(mia, by=mark, kind="mention", comment=comment)
    other = ActionFactory(objective=ObjectiveFactory(plan=PlanFactory(workspace=plan.workspace, name="Winter")))
    tell(mia, action=other, kind="late", details={"deadline": "2026-09-28", "who": ""})

    send_digests(MORNING)

    (mail,) = mailoutbox
    assert (mail.to, mail.subject) == ([mia.email], "3 pieces of news in Salesplan")
    assert "Good morning, Mia." in mail.body
    assert "Mark Weber changed the status from not started to blocked" in mail.body
    assert "Mark Weber named you: “Is the stand booked? <b>”" in mail.body
    assert f"http://localhost:8000/actions/{action.pk}/#comment-{comment.pk}" in mail.body
    assert mail.body.index("Winter") > mail.body.index(plan.name)
    html, kind = mail.alternatives[0]
    assert kind == "text/html"
    assert "Is the stand booked? &lt;b&gt;" in html
    assert f'<a href="http://localhost:8000/actions/{other.pk}/">' in html


def test_it_is_written_in_the_readers_language(mia, tell, mailoutbox):
    mia.language = "pl"
    mia.save()
    tell(mia, kind="late", details={"deadline": "2026-09-28", "who": ""})

    send_digests(MORNING)

    assert '<div lang="pl">' in mailoutbox[0].alternatives[0][0]
    assert "28 wrz 2026" in mailoutbox[0].body


def test_the_mail_can_be_ended_by_one_click_of_the_mail_program(mia, tell, mailoutbox):
    tell(mia)

    send_digests(MORNING)

    headers = mailoutbox[0].extra_headers
    path = reverse("plans:digest_unsubscribe", args=[token_of(mia)])
    assert headers["List-Unsubscribe"] == f"<http://localhost:8000{path}>"
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert path in mailoutbox[0].body


@pytest.mark.parametrize(
    "values",
    [
        {"read_at": EVENING},
        {"mailed_at": EVENING},
        {"made_at": MORNING},
        {"made_at": EVENING - dt.timedelta(days=8)},
    ],
    ids=["read", "mailed before", "made after seven", "made long ago"],
)
def test_there_is_no_mail_when_there_is_nothing(mia, tell, mailoutbox, values):
    tell(mia, **values)

    send_digests(MORNING)

    assert mailoutbox == []


@pytest.mark.parametrize("whose", ["mia", "workspace"])
def test_it_is_sent_at_seven_where_she_is_else_where_her_company_is(mia, tell, workspace, mailoutbox, whose):
    tell(mia)
    send_digests(BEFORE)
    assert mailoutbox == []

    one = {"mia": mia, "workspace": workspace}[whose]
    one.time_zone = "Europe/Helsinki"
    one.save()
    send_digests(BEFORE)

    assert len(mailoutbox) == 1


def test_it_is_sent_once_however_often_one_tries(mia, tell, mailoutbox):
    tell(mia)
    send_digests(MORNING)
    tell(mia)

    for hours in range(3):
        send_digests(MORNING + dt.timedelta(hours=hours))

    assert len(mailoutbox) == 1


def test_the_next_morning_brings_what_is_new_since(mia, tell, mailoutbox):
    tell(mia)
    send_digests(MORNING)
    tell(mia, kind="late", details={"deadline": "2026-09-28", "who": ""}, made_at=MORNING)

    send_digests(MORNING + dt.timedelta(days=1))

    assert [mail.subject for mail in mailoutbox] == ["1 piece of news in Salesplan"] * 2
    assert "changed the status" not in mailoutbox[1].body


def test_of_two_workers_that_race_one_sends(mia, tell, mailoutbox, monkeypatch):
    """The other one has read the same notices before."""
    tell(mia)
    read = NoticeSettings.takes_digest_of

    def after_the_other(mine, day):
        monkeypatch.setattr(NoticeSettings, "takes_digest_of", read)
        assert send_digest(mia, MORNING)
        return read(mine, day)

    monkeypatch.setattr(NoticeSettings, "takes_digest_of", after_the_other)

    assert not send_digest(mia, MORNING)
    assert len(mailoutbox) == 1


def test_what_one_does_not_want_is_not_in_it(mia, tell, mailoutbox):
    NoticeSettings.objects.create(user=mia, not_in_digest=["status"])
    tell(mia)

    send_digests(MORNING)
    assert mailoutbox == []

    tell(mia, kind="late", details={"deadline": "2026-09-28", "who": ""})
    send_digests(MORNING)
    assert "changed the status" not in mailoutbox[0].body


def test_who_has_unsubscribed_gets_none(mia, tell, mailoutbox):
    NoticeSettings.objects.create(user=mia, digest=False)
    tell(mia)

    send_digests(MORNING)

    assert mailoutbox == []


@pytest.mark.parametrize("gone", ["inactive", "left"])
def test_who_is_gone_gets_none(mia, tell, mailoutbox, gone):
    tell(mia)
    if gone == "left":
        mia.memberships.all().delete()
    else:
        mia.is_active = False
        mia.save()

    send_digests(MORNING)

    assert mailoutbox == []


def test_more_than_fifty_are_counted(mia, tell, mailoutbox):
    for _number in range(52):
        tell(mia)

    send_digests(MORNING)

    assert mailoutbox[0].subject == "52 pieces of news in Salesplan"
    assert mailoutbox[0].body.count("changed the status") == 50
    assert "And 2 more in your inbox." in mailoutbox[0].body


def test_a_letter_that_cannot_be_sent_is_tried_again_and_keeps_nobody_elses(
    mia, mark, tell, settings, mailoutbox, caplog
):
    mia.email = "mia@example.com"
    mia.save()
    tell(mia)
    tell(mark)
    Refusing.sent.clear()
    real = settings.MAILERS
    settings.MAILERS = REFUSING
    send_digests(MORNING)
    assert [mail.to for mail in Refusing.sent] == [[mark.email]]
    assert "could not be sent" in caplog.text
    assert Notice.objects.visible_to(mia).get().mailed_at is None

    settings.MAILERS = real
    send_digests(MORNING + dt.timedelta(minutes=10))

    assert [mail.to for mail in mailoutbox] == [["mia@example.com"]]


def test_it_arrives_through_a_real_mail_server(mia, mark, tell, letters):
    mark.name = "Łukasz Żak"
    mark.save()
    tell(mia, by=mark)

    send_digests(MORNING)

    (letter,) = letters
    assert letter["To"] == mia.email
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert dict(letter.raw_items())["List-Unsubscribe"].startswith("<http://localhost:8000/digest/")
    assert "Łukasz Żak changed the status" in letter.get_body(("plain",)).get_content()
    assert "Łukasz Żak changed the status" in letter.get_body(("html",)).get_content()


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow_with_the_notices(mia, tell, count, django_assert_num_queries):
    for _number in range(count):
        tell(mia)
    NoticeSettings.objects.create(user=mia)

    # who waits, her companies, her settings, notices; mailed, within its savepoint
    with django_assert_num_queries(9):
        send_digests(MORNING)


def test_what_is_half_a_year_old_is_forgotten(mia, tell):
    from plans.notices.tasks import forget_notices  # a task: loaded with the models it knows

    tell(mia, made_at=timezone.now() - dt.timedelta(days=181))
    tell(mia, made_at=timezone.now())

    forget_notices.func()

    assert Notice.objects.count() == 1
