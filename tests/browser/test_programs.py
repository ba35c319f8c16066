"""A token from the page to the first request, a webhook and its test, and the description of the API."""

import json
import re
import urllib.request

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from accounts.api.models import ApiToken
from accounts.api.services import make_token
from plans.webhooks.tasks import send_due_deliveries
from tests.factories import WebhookFactory
from tests.plans.webhooks.conftest import receiver  # noqa: F401 (a fixture)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("options", [{}, {"phone": True, "dark": True}, {"scripts": False}], ids=["", "phone", "plain"])
def test_a_token_is_made_copied_used_and_revoked(window, alice, plan, options):
    reader = window(alice, **options)
    page = reader.open(reverse("accounts:token_list"))
    page.get_by_label("Name").fill("CRM export")
    page.get_by_label("What it may do").select_option("write")
    page.get_by_label("Name").press("Enter")

    text = page.get_by_label("The new token").input_value()
    assert re.fullmatch("salesplan_[0-9A-Za-z]{40}", text)
    if options.get("scripts", True):
        page.get_by_role("button", name="Copy").click()
        expect(page.get_by_role("button", name="Copied")).to_be_visible()
        assert (reader.barriers, reader.sideways) == ([], 0)

    asked = urllib.request.Request(f"{reader.server}/api/v1/plans", headers={"Authorization": f"Bearer {text}"})  # noqa: S310
    with urllib.request.urlopen(asked) as answer:  # noqa: S310
        assert [row["name"] for row in json.load(answer)["items"]] == [plan.name]

    page.get_by_role("button", name="Revoke CRM export").click()
    expect(page.get_by_text("You have none yet.")).to_be_visible()
    assert not ApiToken.objects.exists()


def test_who_gives_roles_sees_the_tokens_of_the_others(window, alice, mark):
    make_token(mark.memberships.get(), name="Sheet of Mark", scope="read")
    reader = window(alice)

    page = reader.open(reverse("accounts:token_list"))

    expect(page.get_by_role("region", name="Tokens of the others")).to_contain_text("Sheet of Mark")
    assert reader.barriers == []


@pytest.mark.parametrize("options", [{}, {"phone": True, "dark": True}, {"scripts": False}], ids=["", "phone", "plain"])
def test_a_webhook_is_added_and_a_test_arrives(window, alice, workspace, receiver, options):  # noqa: F811
    reader = window(alice, **options)
    page = reader.open(reverse("plans:webhook_list", args=[workspace.pk]))
    page.get_by_label("Address").fill("ftp://nowhere.example")
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_label("Address")).to_have_value("ftp://nowhere.example")
    page.get_by_label("Address").fill(receiver.url)
    page.get_by_label("A reading is entered").check()
    page.get_by_role("button", name="Add").click()
    page.get_by_role("button", name="Send a test").click()
    send_due_deliveries.call()
    page.reload()

    expect(page.get_by_role("row", name=re.compile("webhook.test"))).to_contain_text("arrived")
    assert len(receiver.heard) == 1
    if options.get("scripts", True):
        assert (reader.barriers, reader.sideways) == ([], 0)


@pytest.mark.parametrize("options", [{}, {"phone": True, "dark": True}], ids=["", "phone"])
def test_webhooks_and_the_api_can_be_read_by_everybody(window, alice, workspace, options):
    WebhookFactory(
        workspace=workspace, url="https://crm.example.com/" + 30 * "long-", disabled_at="2026-01-01T00:00:00Z"
    )
    reader = window(alice, **options)

    reader.open(reverse("plans:webhook_list", args=[workspace.pk]))
    found = [reader.barriers, reader.sideways]
    page = reader.open(reverse("api_docs"))
    page.locator("summary").first.focus()
    page.keyboard.press("Enter")
    page.locator("details").evaluate_all("all => all.forEach(one => one.open = true)")

    assert [*found, reader.barriers, reader.sideways] == [[], 0, [], 0]
