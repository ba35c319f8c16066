"""The list of snapshots: taking one by hand, and deleting it."""

import uuid

import pytest
from django.urls import reverse

from kpis.models import Snapshot
from tests.factories import SnapshotFactory


@pytest.fixture
def url(plan):
    return reverse("kpis:snapshots", args=[plan.pk])


def test_a_manager_takes_a_snapshot(as_mark, mark, url):
    response = as_mark.post(url, {"name": "Before the negotiations", "uid": uuid.uuid4()}, follow=True)

    snapshot = Snapshot.objects.get()
    assert (snapshot.name, snapshot.kind, snapshot.taken_by) == ("Before the negotiations", "manual", mark)
    assert "Before the negotiations" in response.text


def test_the_form_sent_twice_takes_one(as_mark, url):
    for _time in range(2):
        as_mark.post(url, {"name": "Before the negotiations", "uid": "0d8a9f6e-8f0f-4f0e-9a59-6d40a1a7a9f1"})

    assert Snapshot.objects.count() == 1


def test_the_form_of_another_plan_does_not_stand_in_the_way(as_mark, url):
    other = SnapshotFactory()

    as_mark.post(url, {"name": "Before the negotiations", "uid": other.uid})

    assert Snapshot.objects.exclude(pk=other.pk).get().name == "Before the negotiations"


def test_without_a_name_nothing_is_kept(as_mark, url):
    response = as_mark.post(url, {"name": " "})

    assert response.status_code == 422
    assert response.context["form"].errors["name"] == ["This field is required."]
    assert not Snapshot.objects.exists()


@pytest.mark.parametrize("who", ["as_mia", "as_bob"])
def test_who_does_not_manage_reads_only(request, who, url, plan):
    client = request.getfixturevalue(who)
    SnapshotFactory(plan=plan, name="Q1 review")

    assert "Q1 review" in client.get(url).text
    assert client.get(url).context["form"] is None
    assert client.post(url, {"name": "Mine"}).status_code == 403


def test_a_closed_plan_is_not_kept_again(as_alice, plan, url):
    plan.status = "closed"
    plan.save()

    assert as_alice.post(url, {"name": "After the end"}).status_code == 403


def test_a_director_deletes_a_snapshot_when_asked_once_more(as_alice, plan, url):
    snapshot = SnapshotFactory(plan=plan)
    delete = reverse("kpis:snapshot_delete", args=[snapshot.pk])

    assert "gone for good" in as_alice.get(delete).text
    assert Snapshot.objects.exists()
    assert as_alice.post(delete).url == url
    assert not Snapshot.objects.exists()


def test_a_manager_deletes_none(as_mark, plan):
    snapshot = SnapshotFactory(plan=plan)

    assert as_mark.post(reverse("kpis:snapshot_delete", args=[snapshot.pk])).status_code == 403
    assert Snapshot.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_however_long_it_is(as_bob, plan, url, count, django_assert_num_queries):
    for nth in range(count):
        SnapshotFactory(plan=plan, name=f"Snapshot {nth}")
    as_bob.get(url)

    with django_assert_num_queries(5):  # session, user, plan, frame, snapshots
        response = as_bob.get(url)

    assert response.text.count("Compare with now") == count
