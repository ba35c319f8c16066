import pytest
from django.urls import reverse

from accounts.models import Membership
from accounts.roles import Role
from tests.factories import MembershipFactory


@pytest.fixture
def olga(workspace):
    """The only owner."""
    return MembershipFactory(workspace=workspace, role=Role.OWNER, user__name="Olga Owner")


@pytest.fixture
def as_olga(client, olga):
    client.force_login(olga.user)
    return client


def give(client, membership, role):
    return client.post(reverse("accounts:member_role", args=[membership.pk]), {"role": role})


def remove(client, membership):
    return client.post(reverse("accounts:member_remove", args=[membership.pk]))


def role_of(membership):
    return Membership.objects.get(pk=membership.pk).role


def test_a_director_gives_another_role(as_alice, mia):
    give(as_alice, mia.memberships.get(), Role.MANAGER)

    assert mia.memberships.get().role == Role.MANAGER


def test_a_director_makes_nobody_an_owner(as_alice, mia):
    response = give(as_alice, mia.memberships.get(), Role.OWNER)

    assert response.status_code == 403
    assert mia.memberships.get().role == Role.MEMBER


@pytest.mark.parametrize("deed", [remove, lambda client, member: give(client, member, Role.VIEWER)])
def test_a_director_does_not_touch_owners(as_alice, olga, deed):
    assert deed(as_alice, olga).status_code == 403
    assert role_of(olga) == Role.OWNER


def test_an_owner_makes_another_owner(as_olga, mia):
    give(as_olga, mia.memberships.get(), Role.OWNER)

    assert mia.memberships.get().role == Role.OWNER


@pytest.mark.parametrize("deed", [remove, lambda client, member: give(client, member, Role.VIEWER)])
def test_the_last_owner_stays(as_olga, olga, deed):
    page = deed(as_olga, olga)

    assert page.status_code == 302
    assert role_of(olga) == Role.OWNER


def test_one_of_two_owners_may_step_down(as_olga, olga, workspace):
    MembershipFactory(workspace=workspace, role=Role.OWNER)

    give(as_olga, olga, Role.DIRECTOR)

    assert role_of(olga) == Role.DIRECTOR


def test_who_is_removed_sees_nothing_of_the_company_any_more(client, as_alice, mia, plan):
    remove(as_alice, mia.memberships.get())

    client.force_login(mia)
    assert client.get(reverse("plans:team", args=[plan.pk])).status_code == 404


@pytest.mark.parametrize("role", ["as_mark", "as_mia", "as_bob"])
def test_others_change_nobody(request, role, alice):
    client, member = request.getfixturevalue(role), alice.memberships.get()

    assert give(client, member, Role.VIEWER).status_code == 403
    assert remove(client, member).status_code == 403
    assert role_of(member) == Role.DIRECTOR


def test_a_role_that_does_not_exist_is_refused(as_alice, mia):
    assert give(as_alice, mia.memberships.get(), "king").status_code == 403
    assert mia.memberships.get().role == Role.MEMBER


def test_everybody_sees_who_is_in_the_company_and_only_admins_see_who_is_invited(as_bob, alice, workspace, carol):
    response = as_bob.get(reverse("accounts:member_list"))

    assert "Alice Martin" in response.text
    assert "Carol Novak" not in response.text
    assert list(response.context["invitations"]) == []
    assert not response.context["can_edit"]


@pytest.mark.parametrize("item_count", [1, 3])
def test_the_number_of_queries_does_not_grow_with_the_members(
    as_alice, workspace, item_count, django_assert_num_queries
):
    MembershipFactory.create_batch(item_count, workspace=workspace)
    url = reverse("accounts:member_list")
    as_alice.get(url)

    with django_assert_num_queries(6):  # session, user, workspace, members, invitations; rail: workspaces
        as_alice.get(url)
