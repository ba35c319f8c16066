"""The responsibility matrix: what it shows, and how it is saved whole, without script."""

import pytest
from django.urls import reverse

from plans.models import Responsibility
from tests.factories import ActionFactory, ObjectiveFactory, ResponsibilityFactory, RoleFactory, TeamFactory


def url(plan, query=""):
    return reverse("plans:responsibilities", args=[plan.pk]) + query


@pytest.mark.parametrize("item_count", [1, 3])
@pytest.mark.parametrize("of", ["objectives", "actions"])
def test_the_matrix_costs_the_same_with_more_cells(as_alice, plan, of, item_count, django_assert_num_queries):
    team = TeamFactory(plan=plan)
    for _index in range(item_count):
        role, action = RoleFactory(team=team), ActionFactory(objective__plan=plan)
        ResponsibilityFactory(role=role, objective=action.objective, kind="A")
        ResponsibilityFactory(role=role, objective=None, action=action, kind="A")

    # (11): session, user, plan, roles, rows counted, rows, parts, accountable counted, completeness, workspaces, week
    with django_assert_num_queries(11):
        response = as_alice.get(url(plan, f"?of={of}"))

    assert response.text.count("<select") == item_count**2
    assert response.text.count("<option selected>A") == item_count


def test_the_address_says_what_the_matrix_is_of(as_alice, plan):
    action = ActionFactory(objective__plan=plan, title="Exhibit at a fair")
    RoleFactory(team__plan=plan)

    objectives, actions = as_alice.get(url(plan)), as_alice.get(url(plan, "?of=actions"))

    assert [row.thing for row in objectives.context["rows"]] == [action.objective]
    assert [row.thing for row in actions.context["rows"]] == [action]


def test_an_unknown_matrix_shows_the_objectives(as_alice, plan):
    assert as_alice.get(url(plan, "?of=money&page=x")).context["of"] == "objectives"


def test_a_row_without_anybody_accountable_says_so(as_alice, plan):
    ObjectiveFactory(plan=plan)
    ResponsibilityFactory(role=RoleFactory(team__plan=plan, title="Sales manager"), kind="A")

    response = as_alice.get(url(plan))

    assert response.text.count("Nobody is accountable yet") == 1
    assert response.text.count("Accountable: Sales manager") == 1
    assert "1 of 2 objectives have somebody accountable." in response.text


def test_an_action_somebody_else_answers_for_in_the_table_says_so(as_alice, plan):
    ActionFactory(objective__plan=plan, role=RoleFactory(team__plan=plan, title="Events manager"))

    assert "The action table names Events manager" in as_alice.get(url(plan, "?of=actions")).text


@pytest.mark.parametrize("of", ["objectives", "actions"])
def test_an_empty_matrix_leads_to_where_its_rows_are_made(as_alice, plan, of):
    RoleFactory(team__plan=plan)

    assert f'href="{reverse(f"plans:{of}", args=[plan.pk])}"' in as_alice.get(url(plan, f"?of={of}")).text


def test_readers_see_letters_and_no_choices(as_bob, plan):
    ResponsibilityFactory(role__team__plan=plan, kind="C")

    text = as_bob.get(url(plan)).text

    assert '<abbr class="raci-C" title="Consulted">C</abbr>' in text
    assert "<select" not in text


def test_long_matrices_have_pages(as_alice, plan):
    RoleFactory(team__plan=plan)
    ObjectiveFactory.create_batch(21, plan=plan)

    first, second = as_alice.get(url(plan)), as_alice.get(url(plan, "?page=2"))

    assert (len(first.context["rows"]), len(second.context["rows"])) == (20, 1)


def test_names_are_shown_as_text(as_alice, plan):
    ObjectiveFactory(plan=plan, title="<i>Übersee</i> 🚢")
    RoleFactory(team__plan=plan, title="<script>x</script> مدير")

    text = as_alice.get(url(plan)).text

    assert "<script>x" not in text
    assert "&lt;i&gt;Übersee&lt;/i&gt; 🚢" in text


class TestSavedWhole:
    @pytest.fixture
    def objective(self, plan):
        return ObjectiveFactory(plan=plan)

    @pytest.fixture
    def roles(self, plan):
        return RoleFactory.create_batch(2, team=TeamFactory(plan=plan))

    def kinds(self):
        return {(part.role_id, part.kind) for part in Responsibility.objects.all()}

    def test_each_changed_cell_is_saved(self, as_alice, plan, objective, roles):
        first, second = roles
        data = {f"{first.pk}-{objective.pk}": "A", f"{second.pk}-{objective.pk}": "R"}

        response = as_alice.post(url(plan), data | {"seen": ""})

        assert response.url == url(plan)
        assert self.kinds() == {(first.pk, "A"), (second.pk, "R")}

    def test_accountability_passes_from_one_to_another_in_one_go(self, as_alice, plan, objective, roles):
        first, second = roles
        ResponsibilityFactory(role=second, objective=objective, kind="A")
        data = {f"{first.pk}-{objective.pk}": "A", f"{second.pk}-{objective.pk}": ""}

        as_alice.post(url(plan), data | {"seen": f"{second.pk}-{objective.pk}-A"})

        assert self.kinds() == {(first.pk, "A")}

    def test_a_second_one_accountable_is_refused_by_name(self, as_alice, plan, objective, roles):
        first, second = roles
        ResponsibilityFactory(role=first, objective=objective, kind="A")
        data = {f"{first.pk}-{objective.pk}": "A", f"{second.pk}-{objective.pk}": "A"}

        response = as_alice.post(url(plan), data | {"seen": f"{first.pk}-{objective.pk}-A"})

        assert response.status_code == 422
        assert f"{first.title} is accountable already" in response.text
        assert self.kinds() == {(first.pk, "A")}

    def test_what_somebody_else_set_meanwhile_is_not_overwritten(self, as_alice, plan, objective, roles):
        first, _second = roles
        ResponsibilityFactory(role=first, objective=objective, kind="C")

        response = as_alice.post(url(plan), {f"{first.pk}-{objective.pk}": "R", "seen": ""})

        assert response.status_code == 422
        assert "to Consulted meanwhile" in response.text
        assert self.kinds() == {(first.pk, "C")}

    def test_cells_the_reader_left_alone_keep_what_somebody_else_set(self, as_alice, plan, objective, roles):
        first, _second = roles
        ResponsibilityFactory(role=first, objective=objective, kind="C")

        as_alice.post(url(plan), {f"{first.pk}-{objective.pk}": "", "seen": ""})

        assert self.kinds() == {(first.pk, "C")}

    def test_foreign_rows_and_nonsense_are_ignored(self, as_alice, plan, objective, roles):
        first, _second = roles
        foreign_role, foreign = RoleFactory(), ObjectiveFactory()
        data = {
            f"{foreign_role.pk}-{objective.pk}": "A",
            f"{first.pk}-{foreign.pk}": "A",
            f"{first.pk}-{objective.pk}": "X",
            "1e30-": "A",
            "seen": "-- 1-2 💥",
        }

        as_alice.post(url(plan), data)

        assert self.kinds() == set()

    def test_readers_are_refused(self, as_bob, plan, objective, roles):
        response = as_bob.post(url(plan), {f"{roles[0].pk}-{objective.pk}": "A", "seen": ""})

        assert response.status_code == 403
        assert self.kinds() == set()
