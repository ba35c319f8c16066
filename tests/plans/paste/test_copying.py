"""Cells leave the action table for a spreadsheet, and come back."""

import datetime as dt
from decimal import Decimal

from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plans.actions.models import Action, BulkChange
from plans.actions.undo import undo_bulk_change
from plans.models import Role
from tests.factories import ActionFactory, AllocationFactory, BudgetLineFactory, KpiFactory, RoleFactory
from tests.plans.paste.conftest import form_of, said_of


def copy(client, plan, actions, cell="") -> dict[str, str]:
    ids = ",".join(str(action.pk) for action in actions)
    return client.get(reverse("plans:actions_copy", args=[plan.pk]), {"ids": ids, "cell": cell}).json()


def test_rows_are_copied_as_text_with_tabs_and_as_a_table(as_mark, mark, plan, objective):
    role = RoleFactory(team__plan=plan, title="Marketing manager", holder=mark)
    action = ActionFactory(
        objective=objective,
        title="=Call <b>",
        role=role,
        deadline=dt.date(2026, 9, 30),
        kind="digital",
        effort=Decimal("7.5"),
        expected_return=300,
    )
    AllocationFactory(line=BudgetLineFactory(plan=plan), action=action, amount=100)
    KpiFactory(plan=plan, name="Leads").actions.add(action)

    copied = copy(as_mark, plan, [action])

    cells = ["'=Call <b>", "Digital", "Marketing manager (Mark Weber)", "", "2026-09-30", "Leads"]
    assert copied["text/plain"] == "\t".join([*cells, "Not started", "Normal", "7.5", "100", "200%"]) + "\r\n"
    assert "<td>&#x27;=Call &lt;b&gt;</td>" in copied["text/html"]
    assert copied["said"] == "1 row copied"


def test_one_cell_is_copied_alone_and_rows_in_the_order_they_are_shown(as_mark, plan, actions):
    assert copy(as_mark, plan, actions[:1], "due")["text/plain"] == "2026-09-04\r\n"
    assert copy(as_mark, plan, [actions[2], actions[0]], "title")["text/plain"].split("\r\n")[:2] == [
        "Call lost accounts",
        "Advertise online",
    ]


def test_readers_copy_too_and_nobody_copies_from_other_plans(as_bob, plan, actions):
    theirs = ActionFactory(title="Secret")

    assert copy(as_bob, plan, [actions[0], theirs], "title")["text/plain"] == "Advertise online\r\n"


#: A title stands on one line: space of any kind is pasted as a single blank.
TEXT = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1, max_size=40)
TEXT = TEXT.map(lambda text: " ".join(text.split())).filter(bool)
DAY = st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31))
NASTY = TEXT | st.sampled_from(
    ['=1+1 "x"', "+48 22", "-", "@me", '"quoted"', "\N{RIGHT-TO-LEFT OVERRIDE}abc", "😀" * 90, "'="]
)
VALUES = st.fixed_dictionaries(
    {
        "title": NASTY,
        "kind": st.sampled_from(["", *Action.Kind.values]),
        "status": st.sampled_from([value for value in Action.Status.values if value != "done"]),
        "priority": st.sampled_from(Action.Priority.values),
        "deadline": DAY | st.none(),
        "effort": st.integers(0, 40_000).map(lambda quarters: Decimal(quarters) / 4) | st.none(),
    }
)
ROW = st.tuples(VALUES, st.sampled_from(["role", "person", ""]))
SOME = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


def make(objective, rows, *, role, person):
    """An action each; who answers for it is one of the two, or nobody."""
    Action.objects.all().delete()
    Role.objects.exclude(pk=role.pk).delete()
    answering = {"role": {"role": role}, "person": {"person": person}, "": {}}
    return [
        ActionFactory(objective=objective, position=place, **own, **answering[who])
        for place, (own, who) in enumerate(rows)
    ]


@SOME
@given(rows=st.lists(ROW, min_size=1, max_size=3), language=st.sampled_from(["en", "pl"]))
def test_whatever_is_copied_and_pasted_back_changes_nothing(as_mark, mark, plan, objective, paste, rows, language):
    mark.language = language
    mark.save()
    role = RoleFactory(team__plan=plan, title="Sales; north", holder=mark)
    actions = make(objective, rows, role=role, person=mark)

    shown = paste(as_mark, copy(as_mark, plan, actions)["text/plain"], actions)

    assert [said for _title, said in said_of(shown)] == [[]] * len(rows)
    role.delete()


@SOME
@given(rows=st.lists(st.tuples(ROW, ROW), min_size=1, max_size=3))
def test_what_is_pasted_is_there_and_undone_everything_is_as_before(as_mark, mark, plan, objective, paste, rows):
    role = RoleFactory(team__plan=plan, title="Sales; north", holder=mark)
    sources = make(objective, [row for row, _other in rows], role=role, person=mark)
    text = copy(as_mark, plan, sources)["text/plain"]
    wanted = states()
    targets = make(objective, [other for _row, other in rows], role=role, person=mark)
    before = states()

    shown = paste(as_mark, text, targets)
    as_mark.post(reverse("plans:actions_paste", args=[plan.pk]), form_of(shown) | {"go": 1})
    after = states()
    for change in BulkChange.objects.all():
        undo_bulk_change(change, by=mark)

    assert (after, states()) == (wanted, before)
    BulkChange.objects.all().delete()
    role.delete()


def states():
    names = ("title", "kind", "status", "priority", "effort", "starts_on", "deadline", "done_on", "objective")
    return list(Action.objects.order_by("position").values_list(*names, "role", "person"))
