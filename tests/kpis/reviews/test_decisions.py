"""Decisions: written, made into actions and changes of the plan, followed over all reviews."""

import datetime as dt

import pytest
from django.urls import reverse

from kpis.models import Decision, Kpi
from kpis.reviews.services import close_review, make_action
from plans.models import Action
from tests.factories import ActionFactory, AgendaItemFactory, DecisionFactory, KpiFactory, ObjectiveFactory
from tests.kpis.reviews.conftest import NOW

TEXT = "Sign two more resellers"


def decide(client, item, headers=None, **values):
    url = reverse("kpis:decision_add", args=[item.pk])
    return client.post(url, {"text": TEXT, "owner": "", "due_on": "", **values}, headers=headers)


def listed(client, plan, **query):
    page = client.get(reverse("kpis:decisions", args=[plan.pk]), query)
    return [decision.text for decision in page.context["page"]]


def test_a_manager_decides_with_owner_and_day(as_mark, mark, mia, other, htmx):
    response = decide(as_mark, other, owner=mia.pk, due_on="2026-09-15", headers=htmx())

    decision = Decision.objects.get()
    assert (decision.text, decision.owner, decision.due_on) == (TEXT, mia, dt.date(2026, 9, 15))
    assert decision.history.get().history_user == mark
    assert f'id="decisions-{other.pk}"' in response.text
    assert "1 decision" in response.text


def test_a_member_decides_nothing(as_mia, other):
    assert decide(as_mia, other).status_code == 403
    assert not Decision.objects.exists()


def test_a_decision_without_words_is_explained_and_keeps_what_was_chosen(as_mark, mia, other, htmx):
    response = decide(as_mark, other, text="  ", owner=mia.pk, headers=htmx())

    assert response.status_code == 422
    assert response.headers["HX-Retarget"] == f"#decision-slot-{other.pk}"
    assert f'value="{mia.pk}" selected' in response.text
    assert not Decision.objects.exists()


def test_the_same_form_sent_twice_decides_once(as_mark, other):
    uid = "0d8a9f6e-8f0f-4f0e-9a59-6d40a1a7a9f1"
    decide(as_mark, other, uid=uid)
    decide(as_mark, other, uid=uid)

    assert Decision.objects.count() == 1


def test_a_deleted_decision_comes_back_with_undo(as_mark, plan, other):
    decision = DecisionFactory(item=other)

    as_mark.post(reverse("kpis:decision_delete", args=[decision.pk]))
    assert not Decision.objects.exists()

    as_mark.post(reverse("plans:item_restore", args=[plan.bin.get().pk]))
    assert Decision.objects.get().pk == decision.pk


def test_it_becomes_an_action_of_its_objective_in_its_owners_hands(as_mark, mia, plan, other):
    objective = ObjectiveFactory(plan=plan)
    decision = DecisionFactory(item=other, owner=mia, due_on=dt.date(2026, 9, 15))
    url = reverse("kpis:decision_act", args=[decision.pk])

    as_mark.post(url, {"objective": objective.pk})
    as_mark.post(url, {"objective": objective.pk})

    action = Action.objects.get()
    assert (action.title, action.objective, action.person, action.deadline) == (
        "Sign two more resellers",
        objective,
        mia,
        dt.date(2026, 9, 15),
    )
    assert action.origin == "Decided in: Weekly review, 19 Aug 2026"


def test_an_action_needs_its_objective(as_mark, other):
    decision = DecisionFactory(item=other)

    response = as_mark.post(reverse("kpis:decision_act", args=[decision.pk]), {})

    assert response.status_code == 422
    assert not Action.objects.exists()


def test_the_form_proposes_the_objective_the_point_is_about(as_mark, plan, review):
    kpi = KpiFactory(plan=plan, objective=ObjectiveFactory(plan=plan))
    item = AgendaItemFactory(review=review, section="pace", key=f"kpi-{kpi.pk}", facts={"kpis": []})
    decision = DecisionFactory(item=item)

    page = as_mark.get(reverse("kpis:decision_act", args=[decision.pk]))

    assert page.context["form"].initial == {"objective": kpi.objective_id}


def test_the_action_says_in_which_review_it_was_decided_and_leads_back(as_bob, plan, other):
    decision = DecisionFactory(item=other)
    action = make_action(decision, objective=ObjectiveFactory(plan=plan), by=None)

    part = as_bob.get(reverse("kpis:action_decision", args=[action.pk])).text

    assert f'href="/decisions/{decision.pk}/"' in part
    assert "Weekly review, 19 Aug 2026" in part


def test_an_action_that_no_review_decided_says_nothing(as_bob, plan):
    action = ActionFactory(objective__plan=plan)

    assert as_bob.get(reverse("kpis:action_decision", args=[action.pk])).text.strip() == ""


def test_what_became_of_it_is_what_became_of_its_action(as_bob, plan, other):
    action = ActionFactory(objective__plan=plan, status="done", done_on=NOW.date())
    decision = DecisionFactory(item=other, action=action, due_on=dt.date(2026, 8, 1))

    page = as_bob.get(decision.get_absolute_url())

    assert page.context["decision"].outcome.state == "done"


def test_a_new_target_gets_the_decision_as_its_reason_and_the_decision_tells_of_it(as_alice, plan, review, monkeypatch):
    plan.approved_at = NOW - dt.timedelta(days=90)
    plan.save()
    kpi = KpiFactory(plan=plan, name="Partners", unit="partners", target=12, baseline=0)
    item = AgendaItemFactory(review=review, section="pace", key=f"kpi-{kpi.pk}", title="Partners", facts={"kpis": []})
    decision = DecisionFactory(item=item, text="Cut the target: four resellers left")
    (change,) = as_alice.get(decision.get_absolute_url()).context["changes"]

    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW + dt.timedelta(hours=1))
    form = as_alice.get(change.url).context["form"]
    data = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    response = as_alice.post(change.url, data | {"target": "8"})

    assert data["moved_because"] == "Weekly review, 19 Aug 2026: Cut the target: four resellers left"
    assert Kpi.objects.get().target == 8
    assert response.url.startswith(decision.get_absolute_url())
    (move,) = as_alice.get(decision.get_absolute_url()).context["decision"].moved
    assert move.words.replace("\xa0", " ") == "Target: cut by 33.3%, from 12 partners to 8 partners"


def test_the_reason_that_was_handed_on_is_seen_before_it_is_saved(as_alice, plan):
    kpi = KpiFactory(plan=plan)

    page = as_alice.get(reverse("kpis:kpi_edit", args=[kpi.pk]), {"because": "Decided so"})

    assert not page.context["form"]["moved_because"].is_hidden
    assert page.context["form"]["moved_because"].value() == "Decided so"


def test_it_is_ticked_off_and_back_again(as_mark, plan, other, htmx):
    decision = DecisionFactory(item=other)
    url = reverse("kpis:decision_done", args=[decision.pk])

    as_mark.post(url, {"done": "yes"}, headers=htmx())
    decision.refresh_from_db()
    assert decision.done_on == NOW.date()

    as_mark.post(url, {"done": "no"})
    decision.refresh_from_db()
    assert decision.done_on is None


def test_decisions_of_all_reviews_are_filtered(as_bob, alice, mia, plan, start):
    first = start()
    item = first.items.get()
    DecisionFactory(item=item, text="Open, Mia", owner=mia, due_on=dt.date(2026, 9, 1))
    DecisionFactory(item=item, text="Late, nobody", due_on=dt.date(2026, 8, 1))
    DecisionFactory(item=item, text="Settled", done_on=NOW.date())
    close_review(first, by=alice, now=NOW, next_on=None)
    DecisionFactory(item=start(kind="monthly").items.get(section="other"), text="Of the month")

    assert listed(as_bob, plan) == ["Late, nobody", "Open, Mia", "Of the month"]
    assert listed(as_bob, plan, state="late") == ["Late, nobody"]
    assert listed(as_bob, plan, state="done") == ["Settled"]
    assert listed(as_bob, plan, who=mia.pk) == ["Open, Mia"]
    assert listed(as_bob, plan, who="none", q="late") == ["Late, nobody"]
    assert listed(as_bob, plan, state="all", review=first.pk) == ["Late, nobody", "Open, Mia", "Settled"]
    assert listed(as_bob, plan, state="nonsense", who="99999", review="x") == listed(as_bob, plan)


def test_decisions_are_a_file_that_runs_no_formula(as_bob, mia, review, other):
    DecisionFactory(item=other, text="=1+1", owner=mia, due_on=dt.date(2026, 9, 1))

    response = as_bob.get(reverse("kpis:review_csv", args=[review.pk]))

    head, row = response.content.decode("utf-8-sig").splitlines()
    assert head == "Review,Date,About,Decision,Who sees to it,By when,State,Done on,Action"
    assert row == ("Weekly review,2026-08-19,Whatever else there is to say or decide,'=1+1,Mia Rossi,2026-09-01,Open,,")
    assert "attachment" in response["Content-Disposition"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_however_many_decisions(as_alice, plan, other, count, django_assert_num_queries):
    for number in range(count):
        action = ActionFactory(objective__plan=plan)
        DecisionFactory(item=other, text=f"Decision {number}", action=action)
    as_alice.get(reverse("kpis:decisions", args=[plan.pk]))

    # session, user, plan, reviews, people, count, decisions, moved goalposts, memberships
    with django_assert_num_queries(9):
        as_alice.get(reverse("kpis:decisions", args=[plan.pk]))
