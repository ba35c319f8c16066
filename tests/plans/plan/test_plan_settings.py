import pytest
from django.urls import reverse

from plans.models import Action, BudgetEntry, CompanyProfile, Plan
from plans.plan.services import TRANSITIONS
from plans.plan.statuses import WORDS
from tests.factories import ActionFactory, BudgetEntryFactory, CompanyProfileFactory, KpiFactory

NEW = {
    "name": "Win back the North",
    "starts_on": "2026-04-01",
    "ends_on": "2026-09-30",
    "aim": "loyalty",
    "currency": "PLN",
    "ambition": "Every second lost customer back by September.",
}


def settings_of(plan, **changed):
    """What the page of settings posts when nothing is changed but what is named."""
    return {
        "name": plan.name,
        "ambition": plan.ambition,
        "aim": plan.aim,
        "starts_on": plan.starts_on.isoformat(),
        "ends_on": plan.ends_on.isoformat(),
        "currency": plan.currency,
        "version": plan.version,
        "company-company_name": "Innovatech",
    } | changed


def edit(client, plan, **changed):
    return client.post(reverse("plans:plan_edit", args=[plan.pk]), settings_of(plan, **changed))


def test_a_blank_plan_is_a_draft_of_ones_own(as_alice, alice, workspace):
    response = as_alice.post(reverse("plans:plan_add"), NEW)

    plan = Plan.objects.get()
    assert (plan.workspace, plan.owner, plan.status) == (workspace, alice, Plan.Status.DRAFT)
    assert plan.currency == "PLN"
    assert CompanyProfile.objects.get().plan == plan
    assert response.url == reverse("analysis:research", args=[plan.pk])


def test_the_same_form_sent_twice_makes_one_plan(as_alice):
    for _time in range(2):
        as_alice.post(reverse("plans:plan_add"), NEW)

    assert Plan.objects.count() == 1


@pytest.mark.parametrize("role", ["as_mark", "as_mia", "as_bob"])
def test_only_those_who_steer_begin_a_plan(request, role):
    client = request.getfixturevalue(role)

    response = client.post(reverse("plans:plan_add"), NEW)

    assert response.status_code == 403
    assert Plan.objects.count() == 0


def test_plan_and_company_are_saved_from_one_page(as_alice, plan):
    edit(as_alice, plan, **{"name": "Growth", "company-sector": "Technology", "company-annual_sales": "1 234 567,5"})

    plan.refresh_from_db()
    profile = CompanyProfile.objects.get()
    assert (plan.name, plan.version) == ("Growth", 2)
    assert (profile.sector, profile.annual_sales) == ("Technology", 1_234_567.5)


def test_readers_see_the_settings_and_cannot_save_them(as_bob, plan):
    page = as_bob.get(reverse("plans:plan_edit", args=[plan.pk]))
    response = edit(as_bob, plan, name="Mine")

    plan.refresh_from_db()
    assert page.context["form"].fields["name"].disabled
    assert response.status_code == 403
    assert plan.name == "Sales growth plan 2026"


def test_nothing_of_a_closed_plan_is_changed_but_its_status(as_alice, plan):
    Plan.objects.update(status=Plan.Status.CLOSED)

    assert edit(as_alice, plan, name="Changed").status_code == 403
    as_alice.post(reverse("plans:plan_status", args=[plan.pk]), {"status": "active"})

    plan.refresh_from_db()
    assert (plan.name, plan.status) == ("Sales growth plan 2026", Plan.Status.ACTIVE)


def test_an_owner_from_another_workspace_is_refused(as_alice, plan, carol):
    response = edit(as_alice, plan, owner=carol.pk)

    plan.refresh_from_db()
    assert "owner" in response.context["form"].errors
    assert plan.owner is None


def test_two_people_changing_different_settings_both_keep_theirs(as_alice, plan):
    opened = settings_of(plan)
    edit(as_alice, plan, ambition="Twice the sales")

    as_alice.post(reverse("plans:plan_edit", args=[plan.pk]), opened | {"name": "Growth"})

    plan.refresh_from_db()
    assert (plan.name, plan.ambition) == ("Growth", "Twice the sales")


def test_two_people_changing_one_setting_the_second_sees_both_and_chooses(as_alice, plan):
    opened = settings_of(plan)
    edit(as_alice, plan, name="Theirs")

    response = as_alice.post(reverse("plans:plan_edit", args=[plan.pk]), opened | {"name": "Mine"})

    plan.refresh_from_db()
    assert response.status_code == 409
    assert plan.name == "Theirs"
    assert "theirs “Theirs”, yours “Mine”" in response.text

    edit(as_alice, plan, name="Mine")

    plan.refresh_from_db()
    assert plan.name == "Mine"


def test_every_change_of_status_has_its_words():
    assert set(WORDS) == {(here, there) for here, allowed in TRANSITIONS.items() for there in allowed}


def test_a_step_that_is_not_allowed_changes_nothing_and_says_so(as_alice, plan):
    response = as_alice.post(reverse("plans:plan_status", args=[plan.pk]), {"status": "archived"}, follow=True)

    plan.refresh_from_db()
    assert plan.status == Plan.Status.ACTIVE
    assert "cannot go to that status" in response.text


def test_readers_cannot_change_the_status(as_mark, plan):
    response = as_mark.post(reverse("plans:plan_status", args=[plan.pk]), {"status": "closed"})

    plan.refresh_from_db()
    assert response.status_code == 403
    assert plan.status == Plan.Status.ACTIVE


def test_before_a_plan_is_deleted_one_sees_what_is_lost(as_alice, plan):
    ActionFactory.create_batch(3, objective__plan=plan)
    KpiFactory(plan=plan)

    response = as_alice.get(reverse("plans:plan_delete", args=[plan.pk]))

    assert response.context["contents"] == [("Objectives", 3), ("Actions", 3), ("KPIs", 1)]
    assert Plan.objects.count() == 1


def test_a_plan_goes_with_all_that_is_in_it(as_alice, plan):
    CompanyProfileFactory(plan=plan)
    ActionFactory(objective__plan=plan)
    BudgetEntryFactory(line__plan=plan)

    response = as_alice.post(reverse("plans:plan_delete", args=[plan.pk]))

    assert response.url == reverse("plans:plan_list")
    assert not Plan.objects.exists()
    assert not Action.objects.exists()
    assert not BudgetEntry.objects.exists()


def test_only_those_who_steer_delete_a_plan(as_mark, plan):
    response = as_mark.post(reverse("plans:plan_delete", args=[plan.pk]))

    assert response.status_code == 403
    assert Plan.objects.count() == 1
