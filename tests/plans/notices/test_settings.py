"""What one wants to hear of, and where."""

from django.urls import reverse

from plans.models import NoticeSettings
from plans.notices.models import Kind

SETTINGS = reverse("plans:notice_settings")


def everything(**changes):
    boxes = {f"{column}_{kind}": "on" for column in ("inbox", "digest") for kind in Kind} | {
        "digest": "on",
        "checkin_mail": "on",
    }
    return {name: value for name, value in (boxes | changes).items() if value}


def test_everything_is_on_as_long_as_nothing_is_said(as_bob):
    form = as_bob.get(SETTINGS).context["form"]

    assert form["digest"].value()
    assert all(form[name].value() for name in form.fields)
    assert not NoticeSettings.objects.exists()


def test_each_kind_is_switched_off_for_the_inbox_and_for_the_mail(as_bob, bob):
    as_bob.post(SETTINGS, everything(inbox_status="", digest_comment="", digest=""))

    mine = NoticeSettings.objects.get(user=bob)
    assert (mine.not_in_inbox, mine.not_in_digest, mine.digest) == (["status"], ["comment"], False)
    form = as_bob.get(SETTINGS).context["form"]
    assert (form["inbox_status"].value(), form["inbox_comment"].value()) == (False, True)


def test_they_are_switched_on_again(as_bob, bob):
    as_bob.post(SETTINGS, everything(inbox_status=""))
    as_bob.post(SETTINGS, everything())

    assert NoticeSettings.objects.get(user=bob).not_in_inbox == []


def test_nobody_sees_or_changes_somebody_elses(alice, bob):
    mine = NoticeSettings.objects.create(user=bob)

    assert not NoticeSettings.objects.visible_to(alice).exists()
    assert not NoticeSettings.objects.editable_by(alice).exists()
    assert NoticeSettings.objects.editable_by(bob).get() == mine


def test_the_menu_of_the_account_and_the_inbox_lead_there(as_bob):
    page = as_bob.get(reverse("plans:inbox")).text

    assert page.count(f'href="{SETTINGS}"') == 2


def test_the_reminder_of_the_check_in_is_switched_off_and_on(as_bob, bob):
    as_bob.post(SETTINGS, everything(checkin_mail=""))
    mine = NoticeSettings.objects.get(user=bob)
    assert (mine.checkin_mail, mine.digest) == (False, True)

    as_bob.post(SETTINGS, everything())

    mine.refresh_from_db()
    assert mine.checkin_mail
