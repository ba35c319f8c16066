import datetime as dt
import re

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from accounts.models import Invitation, Membership
from accounts.roles import Role
from tests.factories import UserFactory


@pytest.fixture
def open_invitation(workspace, alice):
    return Invitation.objects.create(workspace=workspace, email="nina@example.com", role=Role.MANAGER, invited_by=alice)


def send(client, workspace, email="Nina@Example.com", role=Role.MANAGER):
    return client.post(reverse("accounts:invitation_add", args=[workspace.pk]), {"email": email, "role": role})


@pytest.mark.django_db(transaction=True)
def test_a_letter_with_a_link_goes_out_in_the_language_of_the_company(as_alice, workspace):
    workspace.language = "pl"
    workspace.save()

    send(as_alice, workspace)

    letter, invitation = mail.outbox[0], Invitation.objects.get()
    assert letter.to == ["nina@example.com"]
    assert f"http://testserver{invitation.get_absolute_url()}" in letter.body
    assert "Alice Martin" in letter.subject


def test_inviting_again_replaces_the_link(as_alice, workspace, open_invitation):
    as_alice.post(reverse("accounts:invitation_resend", args=[open_invitation.pk]))

    assert Invitation.objects.get().token != open_invitation.token


def test_who_is_a_member_already_is_not_invited(as_alice, workspace, mia):
    response = send(as_alice, workspace, email=mia.email.upper())

    assert response.status_code == 422
    assert "member already" in response.text
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("email", ["", "nina", "a" * 400 + "@example.com"])
def test_an_address_that_is_none_is_explained_and_kept(as_alice, workspace, email):
    response = send(as_alice, workspace, email=email)

    assert response.status_code == 422
    assert "email" in response.context["form"].errors
    assert not Invitation.objects.exists()


def test_a_director_invites_no_owner(as_alice, workspace):
    response = send(as_alice, workspace, role=Role.OWNER)

    assert response.status_code == 422
    assert not Invitation.objects.exists()


def test_readers_invite_nobody(as_bob, workspace, open_invitation):
    assert send(as_bob, workspace).status_code == 403
    assert as_bob.post(reverse("accounts:invitation_resend", args=[open_invitation.pk])).status_code == 403
    assert as_bob.post(reverse("accounts:invitation_withdraw", args=[open_invitation.pk])).status_code == 403
    assert Invitation.objects.get() == open_invitation


def test_the_link_shows_who_invites_before_one_signs_in(client, open_invitation):
    response = client.get(open_invitation.get_absolute_url())

    assert "Alice Martin invites you to the sales plans of Innovatech." in response.text
    assert reverse("account_signup") in response.text


def test_signing_up_leads_back_to_the_invitation(client, open_invitation):
    link = open_invitation.get_absolute_url()
    signup = re.search(r'href="([^"]*signup[^"]*)"', client.get(link).text).group(1).replace("&amp;", "&")
    form = client.get(signup)
    data = {
        "email": "nina@example.com",
        "password1": "quiet-harbour-77",
        "password2": "quiet-harbour-77",
        "next": link,
    }

    response = client.post(signup, data, follow=True)

    assert 'value="nina@example.com"' in form.text
    assert response.redirect_chain[-1][0] == link


def test_accepting_makes_a_member_with_the_role_of_the_invitation_once(client, open_invitation):
    nina = UserFactory(email="nina@example.com")
    client.force_login(nina)

    client.post(open_invitation.get_absolute_url())
    again = client.post(open_invitation.get_absolute_url())

    assert nina.memberships.get().role == Role.MANAGER
    assert again.status_code == 404


def test_a_member_who_follows_a_link_keeps_her_role(as_alice, open_invitation, alice):
    as_alice.post(open_invitation.get_absolute_url())

    assert alice.memberships.get().role == Role.DIRECTOR


@pytest.mark.parametrize(
    "change", [{"accepted_at": timezone.now()}, {"created_at": timezone.now() - dt.timedelta(days=15)}]
)
def test_a_used_or_old_link_opens_nothing_and_says_so(client, open_invitation, change):
    Invitation.objects.update(**change)
    client.force_login(UserFactory())

    response = client.post(open_invitation.get_absolute_url())

    assert response.status_code == 404
    assert "no longer open" in response.text
    assert Membership.objects.count() == 1


def test_nobody_tries_links_without_end(client, open_invitation):
    link = open_invitation.get_absolute_url()

    answers = [client.post(link).status_code for _try in range(31)]

    assert answers == [302] * 30 + [429]


def test_a_workspace_does_not_send_letters_without_end(as_alice, workspace):
    for number in range(61):
        send(as_alice, workspace, email=f"person-{number}@example.com")

    assert Invitation.objects.count() == 60
