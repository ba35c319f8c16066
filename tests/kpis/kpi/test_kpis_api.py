"""KPIs and plans that programs read and change."""

from django.utils import timezone

from kpis.models import Kpi
from plans.models import BinnedItem, MovedGoalpost, Plan
from tests.factories import ActionFactory, KpiFactory, ReadingFactory


def test_a_kpi_says_how_it_stands_today(program, mark, plan):
    kpi = KpiFactory(plan=plan, baseline=2, target=4)
    ReadingFactory(kpi=kpi, value=5)

    found = program(mark)("GET", f"kpis/{kpi.pk}").json()

    assert (found["status"], found["actual"], found["target"]) == ("on_track", "5", "4")


def test_a_kpi_whose_reading_changed_is_sent_again(program, alice, plan):
    kpi = KpiFactory(plan=plan)
    asks, address = program(alice), f"kpis/{kpi.pk}"
    etag = asks("GET", address).headers["ETag"]
    ReadingFactory(kpi=kpi, value=5)

    assert asks("GET", address, If_None_Match=etag).status_code == 200
    assert asks("PATCH", address, {"name": "Leads"}, If_Match=etag).status_code == 200


def test_a_director_adds_and_changes_kpis(program, alice, plan):
    action = ActionFactory(objective__plan=plan)
    asks = program(alice)
    sent = {"plan": plan.pk, "name": "Leads", "unit": "leads", "target": 1200.5, "actions": [action.pk]}

    added = asks("POST", "kpis", sent).json()
    changed = asks("PATCH", f"kpis/{added['id']}", {"target": "1300", "owner": alice.pk}).json()

    assert (added["target"], added["actions"]) == ("1200.5", [action.pk])
    assert (changed["target"], changed["owner"], changed["actions"]) == ("1300", alice.pk, [action.pk])
    assert [float(record.target) for record in Kpi.history.all()] == [1300, 1200.5]


def test_the_rules_are_those_of_the_page(program, alice, plan):
    kpi = KpiFactory(plan=plan, baseline=2, target=4)
    ReadingFactory(kpi=kpi)
    asks, address = program(alice), f"kpis/{kpi.pk}"

    def refused(**sent):
        return asks("PATCH", address, sent).json()["errors"][0]["field"]

    assert refused(target=2) == "target"
    assert refused(rhythm="monthly") == "rhythm"
    assert refused(direction="within") == "band_low"
    assert refused(name=None) == "name"
    assert refused(on_dashboard="yes") == "on_dashboard"


def test_a_deleted_kpi_goes_to_the_bin_with_its_readings(program, alice, plan):
    reading = ReadingFactory(kpi=KpiFactory(plan=plan))

    assert program(alice)("DELETE", f"kpis/{reading.kpi_id}").status_code == 204

    assert len(BinnedItem.objects.in_plan(plan).get().payload["rows"]) == 2


def test_a_director_begins_a_plan_and_changes_it(program, alice):
    asks = program(alice)
    days = {"starts_on": "2027-01-01", "ends_on": "2027-12-31"}

    added = asks("POST", "plans", {"name": "Plan 2027", **days}).json()
    changed = asks("PATCH", f"plans/{added['id']}", {"ambition": "Grow by a fifth"}).json()

    plan = Plan.objects.get(name="Plan 2027")
    assert (added["status"], added["currency"], plan.owner) == ("draft", "EUR", alice)
    assert (changed["ambition"], changed["name"]) == ("Grow by a fifth", "Plan 2027")
    refused = asks("PATCH", f"plans/{plan.pk}", {"ends_on": "2026-01-01"}).json()
    assert refused["errors"][0]["message"] == "The last day must come after the first."
    refused = asks("POST", "plans", {"name": "Plan", **days, "currency": "XXX"}).json()
    assert refused["errors"][0]["field"] == "currency"


def test_a_kpi_is_computed_from_others_by_their_names(program, alice, plan):
    KpiFactory(plan=plan, name="Revenue"), KpiFactory(plan=plan, name="Orders")
    asks = program(alice)
    sent = {"plan": plan.pk, "name": "Basket", "measure": "computed", "expression": "[Revenue] / [Orders]"}

    added = asks("POST", "kpis", sent).json()
    changed = asks("PATCH", f"kpis/{added['id']}", {"name": "Average basket"}).json()
    entered = asks("POST", "readings", {"kpi": added["id"], "period": "2026-03-02", "value": 3})

    assert (changed["name"], changed["expression"]) == ("Average basket", "[Revenue] / [Orders]")
    assert entered.status_code == 403


def test_the_target_of_an_approved_plan_moves_with_a_reason(program, alice, plan):
    kpi = KpiFactory(plan=plan, baseline=0, target=100)
    type(plan).objects.filter(pk=plan.pk).update(approved_at=timezone.now())
    asks = program(alice)

    refused = asks("PATCH", f"kpis/{kpi.pk}", {"target": 80})
    moved = asks("PATCH", f"kpis/{kpi.pk}", {"target": 80, "moved_because": "The fair was cancelled"})

    assert (refused.status_code, [one["field"] for one in refused.json()["errors"]]) == (422, ["moved_because"])
    assert (moved.status_code, moved.json()["target"]) == (200, "80")
    assert MovedGoalpost.objects.get().reason == "The fair was cancelled"
