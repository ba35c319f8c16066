"""No view looks a row up by its id except through accounts/access.py; no form offers somebody else's rows."""

import ast
import inspect
import sys
from pathlib import Path

import pytest
from django import forms
from django.forms.models import ModelChoiceField

from accounts.models import User
from plans.items.forms import ItemForm
from plans.models import Plan
from plans.plan.forms import PlanForm
from tests.architecture.conftest import OUR_APPS, our_routes, rows_of_every_kind
from tests.factories import WorkspaceFactory

ROOT = Path(__file__).parents[2]
FOREIGN = 8812
#: Lookups that go round the door, and why nothing can leak.
EXCEPTIONS = {
    (
        "plans/actions/cells.py",
        "Action.objects.select_related('plan').get(pk=form.instance.pk)",
    ): "the row that came in by the door a moment before, read again",
}
#: A chain that passes one of these asks only for rows of somebody who may see them, or of an opened plan.
DOORS = {"visible_to", "editable_by", "steered_by", "in_plan"}
BY_ID = {"pk", "id", "pk__in", "id__in"}


def view_files() -> list[Path]:
    """The files views are in, and everything named so: a helper of a view is no way round."""
    modules = {inspect.unwrap(route.view).__module__ for route in our_routes()}
    files = {Path(sys.modules[module].__file__) for module in modules}
    for app in OUR_APPS:
        files |= {path for path in (ROOT / app).rglob("*.py") if "views" in path.stem or "views" in path.parent.name}
        files |= set((ROOT / app).rglob("api.py"))
    return sorted(files)


def ways_round(path: Path) -> list[str]:
    found = []
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and _goes_round(node):
            found.append(ast.unparse(node))
    name = str(path.relative_to(ROOT))
    return [f"{name}: {code}" for code in found if (name, code) not in EXCEPTIONS]


def _goes_round(call: ast.Call) -> bool:
    if isinstance(call.func, ast.Name):
        return call.func.id in {"get_object_or_404", "get_list_or_404"}
    if not isinstance(call.func, ast.Attribute):
        return False
    chain = _chain(call)
    if not {"objects", "_default_manager"} & set(chain) or DOORS & set(chain) or _of_a_plan(call):
        return False
    if any(ast.unparse(keyword.value) == "request.user.pk" for keyword in call.keywords):
        return False  # about oneself
    by_id = any(keyword.arg in BY_ID for keyword in call.keywords)
    return call.func.attr in {"get", "in_bulk"} or (call.func.attr in {"filter", "exclude"} and by_id)


def _chain(node: ast.AST) -> list[str]:
    """The words of `Team.objects.filter(...).get`, without what is in brackets."""
    if isinstance(node, ast.Call):
        return _chain(node.func)
    return [*_chain(node.value), node.attr] if isinstance(node, ast.Attribute) else []


def _of_a_plan(node: ast.AST) -> bool:
    """Whether some filter of the chain names the plan: it was opened through the door before."""
    while isinstance(node, ast.Call | ast.Attribute):
        if isinstance(node, ast.Call) and any((k.arg or "").split("__")[0] == "plan" for k in node.keywords):
            return True
        node = node.func if isinstance(node, ast.Call) else node.value
    return False


@pytest.mark.parametrize("path", view_files(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_view_comes_in_by_the_door(path):
    assert ways_round(path) == []


@pytest.mark.parametrize(
    ("code", "caught"),
    [
        ("Team.objects.get(pk=pk)", True),
        ("Team.objects.select_related('plan').get(pk=pk)", True),
        ("Team.objects.filter(pk=pk).first()", True),
        ("get_object_or_404(Team, pk=pk)", True),
        ("Team.objects.visible_to(user).get(pk=pk)", False),
        ("Team.objects.in_plan(plan).get(pk=pk)", False),
        ("Team.objects.filter(plan=plan).get(pk=pk)", False),
        ("get_visible(Team.objects, user, pk=pk)", False),
        ("User.objects.get(pk=request.user.pk)", False),
        ("request.GET.get('tab')", False),
    ],
)
def test_the_guard_knows_a_way_round_when_it_sees_one(code, caught):
    calls = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Call)]

    assert any(map(_goes_round, calls)) == caught


# Choices


def item_forms(base: type = ItemForm) -> list[type[ItemForm]]:
    our_routes()
    direct = [form for form in base.__subclasses__() if form.__module__.split(".")[0] in OUR_APPS]
    return direct + [form for child in direct for form in item_forms(child)]


#: What some forms want to know besides the plan and the row.
ASKS = {"CellForm": [{"cell": "who"}, {"cell": "objective"}], "AllocationForm": [{"by": None}]}
#: Forms that are no ItemForm and limit their choices by themselves: what they are about.
OTHERS = {
    "PlanForm": {"instance": "Plan"},
    "BulkForm": {"plan": "Plan"},
    "PasteForm": {"plan": "Plan"},
    "ActionKpisForm": {"action": "Action"},
    "PathForm": {"kpi": "Kpi", "user": "User"},
    "ChangeForm": {"plan": "Plan"},
    "ActForm": {"plan": "Plan"},
    "PublicAnswerForm": {"survey": "Survey"},
    "WebhookForm": {"workspace": "Workspace"},
    "BecomeActionForm": {"plan": "Plan", "instance": "SwotItem"},
}


def offered(form: forms.BaseForm) -> list[str]:
    """Fields that offer a row of the other company."""
    return [name for name, choice in form.fields.items() if _offers(choice)]


def _offers(choice: forms.Field) -> bool:
    if isinstance(choice, ModelChoiceField):
        return choice.queryset.filter(pk=FOREIGN).exists()
    return str(FOREIGN) in str(list(getattr(choice, "choices", [])))


@pytest.fixture
def two_companies(someones_rows):
    """The same rows twice; the others' have another number."""
    return someones_rows, rows_of_every_kind(WorkspaceFactory(pk=FOREIGN), FOREIGN)


def test_choices_end_at_the_plan_and_its_company(two_companies):
    mine, _theirs = two_companies

    found = {}
    for kind in item_forms():
        for asked in ASKS.get(kind.__name__, [{}]) if kind._meta.model else []:
            row = mine[kind._meta.model]
            parent = getattr(row, row.PARENT)
            found[f"{kind.__name__} {asked}"] = offered(kind(plan=row.plan, instance=row, **asked))
            found[f"{kind.__name__} {asked}, new"] = offered(kind(plan=row.plan, parent=parent, **asked))

    assert {name: fields for name, fields in found.items() if fields} == {}


def test_forms_that_limit_their_choices_by_themselves_end_there_too(two_companies):
    mine = {model.__name__: row for model, row in two_companies[0].items()}

    found = {}
    for kind in forms_that_limit_by_themselves():
        about = {argument: mine[model] for argument, model in OTHERS[kind.__name__].items()}
        found[kind.__name__] = offered(kind(**about))

    assert {name: fields for name, fields in found.items() if fields} == {}


def test_the_other_company_would_be_found_if_it_were_offered(two_companies):
    form = PlanForm(instance=two_companies[0][Plan])
    form.fields["owner"].queryset = User.objects.all()

    assert offered(form) == ["owner"]


def forms_that_limit_by_themselves() -> list[type]:
    our_routes()
    return [
        form
        for form in _all_forms(forms.BaseForm)
        if form.__module__.split(".")[0] in OUR_APPS
        and not issubclass(form, ItemForm)
        and any(isinstance(choice, ModelChoiceField) for choice in getattr(form, "base_fields", {}).values())
    ]


def _all_forms(base: type) -> list[type]:
    return [form for child in base.__subclasses__() for form in (child, *_all_forms(child))]
