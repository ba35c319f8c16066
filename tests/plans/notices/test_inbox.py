"""The inbox: what one was told, day by day, and what of it is read."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from plans.models import Notice
from tests.factories import ActionFactory, CommentFactory, MembershipFactory, NoticeFactory

INBOX = reverse("plans:inbox")


@pytest.fixture
def tell(action):
    """`tell(mia)` leaves her a notice about the action."""

    def leave(user, **values):
        values.setdefault("action", action)
        return NoticeFactory(membership=user.memberships.get(workspace=action.plan.workspace), **values)

    return leave


def unread(user) -> int:
    return Notice.objects.visible_to(user).unread().count()


def shown(client, query=""):
    return [notice.says for _day, notices in client.get(INBOX + query).context["days"] for notice in notices]


def test_notices_stand_under_their_day_the_newest_first(as_mia, mia, mark, tell):
    yesterday = timezone.now() - dt.timedelta(days=1)
    tell(mia, by=mark, made_at=yesterday)
    tell(mia, kind="reminder", details={"deadline": "2026-09-30", "who": "Mia Rossi"})

    page = as_mia.get(INBOX)

    assert [[notice.says for notice in notices] for _day, notices in page.context["days"]] == [
        ["The deadline is near: 30 Sep 2026"],
        ["Mark Weber changed the status from not started to blocked"],
    ]
    assert "Today" in page.text


def test_an_empty_inbox_says_what_will_come(as_mia):
    assert "Nothing new yet" in as_mia.get(INBOX).text
    assert "You have read everything" in as_mia.get(INBOX, {"show": "unread"}).text
    assert "Nobody has named you yet" in as_mia.get(INBOX, {"show": "mentions"}).text


def test_nobody_sees_or_reads_what_somebody_else_was_told(as_alice, mia, tell):
    notice = tell(mia, kind="late", details={"deadline": "2026-09-30", "who": ""})

    assert shown(as_alice) == []
    assert as_alice.post(reverse("plans:notice_read", args=[notice.pk])).status_code == 404
    as_alice.post(reverse("plans:inbox_read"))
    assert unread(mia) == 1


def test_it_is_filtered_by_what_is_unread_and_by_what_names_one(as_mia, mia, mark, action, tell):
    tell(mia, by=mark, read_at=timezone.now())
    tell(mia, kind="mention", by=mark, comment=CommentFactory(action=action, text="@Mia Rossi look"))
    tell(mia, kind="late", details={"deadline": "2026-09-30", "who": ""})

    assert shown(as_mia, "?show=unread") == [
        "The deadline has passed: 30 Sep 2026",
        "Mark Weber named you: “@Mia Rossi look”",
    ]
    assert shown(as_mia, "?show=mentions") == ["Mark Weber named you: “@Mia Rossi look”"]
    assert len(shown(as_mia, "?show=nonsense")) == 3


def test_what_comes_by_mail_only_is_not_in_the_inbox(as_mia, mia, tell):
    tell(mia, in_inbox=False)

    assert shown(as_mia) == []


def test_one_is_marked_as_read_and_as_unread_again(as_mia, mia, tell):
    address = reverse("plans:notice_read", args=[tell(mia).pk])

    answer = as_mia.post(address, {"show": "unread"})
    assert (unread(mia), answer.url) == (0, f"{INBOX}?show=unread")

    as_mia.post(address, {"unread": "yes"})
    assert unread(mia) == 1


def test_all_are_marked_as_read(as_mia, mia, tell):
    tell(mia)
    tell(mia)

    as_mia.post(reverse("plans:inbox_read"))

    assert unread(mia) == 0


def test_looking_at_the_inbox_reads_nothing(as_mia, mia, tell):
    tell(mia)

    as_mia.get(INBOX)

    assert unread(mia) == 1


def test_a_link_leads_into_the_comment(as_mia, mia, mark, action, tell):
    comment = CommentFactory(action=action)
    tell(mia, kind="comment", by=mark, comment=comment)

    assert f'href="/actions/{action.pk}/#comment-{comment.pk}"' in as_mia.get(INBOX).text


def test_who_looks_at_the_action_has_read_what_it_is_about(as_mia, mia, action, tell):
    tell(mia)
    tell(mia, action=ActionFactory(objective=action.objective))
    page = as_mia.get(action.get_absolute_url())
    assert f'data-seen="/actions/{action.pk}/seen/"' in page.text

    answer = as_mia.post(reverse("plans:action_seen", args=[action.pk]))

    assert answer.text == "1"
    assert [notice.action_id == action.pk for notice in Notice.objects.filter(read_at=None)] == [False]


def test_an_action_with_nothing_unread_anywhere_sends_nothing(as_mia, action):
    assert "data-seen" not in as_mia.get(action.get_absolute_url()).text


def test_every_page_says_how_much_is_unread_in_all_companies(as_mia, mia, tell):
    tell(mia)
    elsewhere = MembershipFactory(user=mia, workspace__name="Datacore")
    NoticeFactory(membership=elsewhere, action=ActionFactory(objective__plan__workspace=elsewhere.workspace))
    tell(mia, read_at=timezone.now())
    tell(mia, in_inbox=False)

    for address in (INBOX, reverse("plans:plan_list"), reverse("kpis:week")):
        assert as_mia.get(address).text.count("data-unread>2<") == 2, address


def test_of_a_company_one_has_left_nothing_is_counted(as_mia, mia, tell):
    tell(mia)
    mia.memberships.all().delete()

    assert shown(as_mia) == []
    assert "data-unread>1<" not in as_mia.get(INBOX).text


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow_with_the_notices(
    as_mia, mia, action, count, tell, django_assert_num_queries
):
    for _number in range(count):
        tell(mia, by=MembershipFactory(workspace=action.plan.workspace).user, comment=CommentFactory(action=action))
    as_mia.get(INBOX)

    with django_assert_num_queries(5):  # session, user, how many, notices, companies with what is unread
        page = as_mia.get(INBOX)

    assert page.text.count('class="notice-says"') == count


def test_more_than_fifty_are_on_further_pages(as_mia, mia, tell):
    for _number in range(51):
        tell(mia)

    assert len(shown(as_mia)) == 50
    assert len(shown(as_mia, "?page=2")) == 1
    assert len(shown(as_mia, "?page=nonsense")) == 50
    assert len(as_mia.get(INBOX).content) < 58_000
