"""Who changed what, when: kept for everything in a plan, with the name."""

import pytest
from django.apps import apps
from django.urls import reverse

from plans.models import Plan
from plans.plan.models import PlanItem
from tests.factories import TeamFactory

KEPT = [Plan, *(model for model in apps.get_models() if issubclass(model, PlanItem))]


@pytest.mark.parametrize("model", KEPT, ids=lambda model: model.__name__)
def test_changes_are_kept_with_who_made_them(model):
    fields = {field.name for field in model.history.model._meta.get_fields()}

    assert {"history_user", "history_date", "history_type", "version"} <= fields


def test_a_change_names_who_made_it(as_alice, alice, plan):
    team = TeamFactory(plan=plan, name="Sales")

    as_alice.post(reverse("plans:team_edit", args=[team.pk]), {"name": "Field sales", "version": team.version})

    last = team.history.first()
    assert (last.name, last.history_user) == ("Field sales", alice)


def test_history_says_what_a_row_was_before(as_alice, plan):
    team = TeamFactory(plan=plan, name="Sales")
    as_alice.post(reverse("plans:team_edit", args=[team.pk]), {"name": "Field sales", "version": team.version})

    newest, before = team.history.all()[:2]

    assert [(change.field, change.old, change.new) for change in newest.diff_against(before).changes][:1] == [
        ("name", "Sales", "Field sales")
    ]
