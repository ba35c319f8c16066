"""One row of every kind, all with the same number, in a company Alice directs and Bob may read.

Whatever an address is about, its id is that number: a view nobody has thought of yet meets a row.
"""

from dataclasses import dataclass, field

import factory
import pytest
from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver

import tests.factories
from accounts.models import Invitation, Workspace
from plans.models import Plan
from plans.plan.models import PlanItem
from tests.factories import MembershipFactory, PlanFactory, WorkspaceFactory

OUR_APPS = {"accounts", "plans", "kpis", "analysis"}
NUMBER = 4711
#: Stands in the name of everything, so that a page that shows any of it is found out.
SECRET = "Zebra plan nobody knows"


@dataclass(frozen=True)
class Route:
    """An address of ours: what it is called, the view behind it, and the ids it takes."""

    name: str
    view: object
    converters: dict = field(hash=False)

    def __str__(self) -> str:
        return self.name


def our_routes() -> list[Route]:
    found = []
    for resolver in get_resolver().url_patterns:
        if isinstance(resolver, URLResolver) and resolver.namespace in OUR_APPS:
            found += _routes(resolver, resolver.namespace)
    return found


def _routes(resolver: URLResolver, namespace: str) -> list[Route]:
    found = []
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            found.append(Route(f"{namespace}:{pattern.name}", pattern.callback, pattern.pattern.converters))
        else:
            found += _routes(pattern, namespace)
    return found


def our_models() -> list:
    """Every model of ours that is not somebody's history."""
    return [
        model
        for model in apps.get_models()
        if model._meta.app_label in OUR_APPS and not hasattr(model, "history_object")
    ]


def factories_by_model() -> dict:
    found = {}
    for thing in vars(tests.factories).values():
        if isinstance(thing, type) and issubclass(thing, factory.django.DjangoModelFactory) and thing._meta.model:
            found[thing._meta.model] = thing
    return found


def rows_of_every_kind(workspace: Workspace, number: int) -> dict:
    """By model. A model without a factory stops here: nothing of it would be guarded."""
    plan = PlanFactory(pk=number, workspace=workspace, name=SECRET)
    member = MembershipFactory(pk=number, workspace=workspace, user__pk=number, user__name=SECRET)
    letter = Invitation.objects.create(pk=number, workspace=workspace, email="zebra@example.com")
    rows = {Workspace: workspace, Plan: plan, type(member): member, type(member.user): member.user, Invitation: letter}
    for model in our_models():
        _make(model, rows, number)
    return rows


def _make(model, rows: dict, number: int) -> None:
    if model in rows:
        return
    given = {"pk": number}
    for name in ("name", "title", "label", "statement", "text"):
        if any(f.name == name for f in model._meta.fields):
            given[name] = SECRET
    for link in (f for f in model._meta.fields if f.is_relation and not f.null):
        if link.related_model in our_models() and (link.name != "plan" or _hangs_from_plan(model)):
            _make(link.related_model, rows, number)
            given[link.name] = rows[link.related_model]
    rows[model] = factories_by_model()[model](**given)


def _hangs_from_plan(model) -> bool:
    return not issubclass(model, PlanItem) or model.PARENT == "plan"


@pytest.fixture
def workspace(db):
    return WorkspaceFactory(pk=NUMBER, name=SECRET)


@pytest.fixture
def someones_rows(workspace):
    return rows_of_every_kind(workspace, NUMBER)
