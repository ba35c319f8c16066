"""Workload: who has how much work in which week, and what causes it."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import (
    ActionFactory,
    CapacityFactory,
    ObjectiveFactory,
    RoleFactory,
    TimeAwayFactory,
    UserFactory,
)

WEDNESDAY = dt.date(2026, 8, 19)
FRIDAY = dt.date(2026, 8, 21)


@pytest.fixture(autouse=True)
def _wednesday_in_august(monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda *args: WEDNESDAY)


@pytest.fixture
def objective(plan):
    return ObjectiveFactory(plan=plan)


def show(client, plan, query="", **extra):
    return client.get(reverse("plans:actions", args=[plan.pk]) + f"?view=workload{query}", **extra)


def lines(response) -> dict:
    return {line.name: line for line in response.context["lines"]}


def words(response, name) -> list[str]:
    return [cell.words for cell in lines(response)[name].cells]


def table(client, plan, href):
    return client.get(reverse("plans:actions", args=[plan.pk]) + href)


def titles(response) -> list[str]:
    return sorted(row["title"] for row in response.context["page"].rows)


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow_with_the_people(
    as_alice, plan, objective, count, django_assert_num_queries
):
    for number in range(count):
        role = RoleFactory(team__plan=plan, holder_name=f"Person {number}")
        TimeAwayFactory(capacity=CapacityFactory(plan=plan, name=role.holder_name))
        ActionFactory(objective=objective, role=role, deadline=FRIDAY, effort=8)

    # session, user, plan, saved views, actions, roles; in the rail: completeness with the hours of people, workspaces,
    # the week
    with django_assert_num_queries(9):
        response = show(as_alice, plan)

    assert len(lines(response)) == count


def test_each_week_shows_the_work_beside_the_hours(as_alice, plan, objective, mark):
    ActionFactory(objective=objective, person=mark, effort=30, deadline=dt.date(2026, 8, 28))
    ActionFactory(
        objective=objective, person=mark, effort=40, starts_on=dt.date(2026, 8, 31), deadline=dt.date(2026, 9, 4)
    )

    response = show(as_alice, plan)

    # Of the current week three days are left: 11 of 30 hours, and 24 of 40.
    assert words(response, "Mark Weber")[:4] == ["11 / 24", "19 / 40", "40 / 40", "0 / 40"]
    assert [cell.level for cell in lines(response)["Mark Weber"].cells][:4] == ["low", "low", "full", "free"]
    assert [column.name for column in response.context["columns"]][:3] == ["W34", "W35", "W36"]
    assert [column.now for column in response.context["columns"]] == [True] + 11 * [False]
    assert response.context["columns"][0].days == 3


def test_a_closed_action_is_no_work_and_a_late_one_is_all_to_be_done_this_week(as_alice, plan, objective, mark):
    ActionFactory(objective=objective, person=mark, effort=5, deadline=dt.date(2026, 3, 2))
    ActionFactory(objective=objective, person=mark, effort=90, status="cancelled", deadline=FRIDAY)
    ActionFactory(objective=objective, person=mark, effort=90, status="done", done_on=WEDNESDAY, deadline=FRIDAY)

    assert words(show(as_alice, plan), "Mark Weber")[:2] == ["5 / 24", "0 / 40"]


def test_too_much_is_marked_and_said_first(as_alice, plan, objective, mark):
    ActionFactory(
        objective=objective, person=mark, effort=60, starts_on=dt.date(2026, 8, 24), deadline=dt.date(2026, 8, 28)
    )

    response = show(as_alice, plan)

    assert words(response, "Mark Weber")[1] == "60 / 40"
    assert 'class="over"' in response.text.split("60 / 40")[0].rsplit("<td", 1)[1]
    assert response.context["sentence"] == "Mark Weber has more work than hours. In one week: W35."


def test_who_has_too_much_comes_first_and_nobody_last(as_alice, plan, objective, mark, mia):
    ActionFactory(objective=objective, effort=500, deadline=FRIDAY)
    ActionFactory(objective=objective, person=mia, effort=8, deadline=FRIDAY)
    ActionFactory(objective=objective, person=mark, effort=100, deadline=FRIDAY)

    assert list(lines(show(as_alice, plan))) == ["Mark Weber", "Mia Rossi", "Nobody"]


def test_one_person_is_one_line_whatever_roles_she_holds(as_alice, plan, objective, mark):
    sales, partners = (RoleFactory(team__plan=plan, title=title, holder=mark) for title in ("Sales", "Partners"))
    for answers in ({"role": sales}, {"role": partners}, {"person": mark}):
        ActionFactory(objective=objective, effort=1, deadline=FRIDAY, **answers)

    response = show(as_alice, plan)

    assert words(response, "Mark Weber")[0] == "3 / 24"
    assert lines(response)["Mark Weber"].roles == "Sales, Partners"


def test_who_is_only_a_name_is_a_person_too(as_alice, plan, objective):
    for title, name in (("Leads", "Emma Larsen"), ("Offers", "emma larsen")):
        role = RoleFactory(team__plan=plan, title=title, holder_name=name)
        ActionFactory(objective=objective, role=role, title=title, effort=4, deadline=FRIDAY)
    CapacityFactory(plan=plan, name="Emma Larsen", hours=20)

    response = show(as_alice, plan)

    assert words(response, "Emma Larsen")[0] == "8 / 12"
    assert titles(table(as_alice, plan, lines(response)["Emma Larsen"].cells[0].href)) == ["Leads", "Offers"]


def test_work_of_a_role_nobody_holds_has_no_hours_to_be_done_in(as_alice, plan, objective):
    role = RoleFactory(team__plan=plan, title="Sales assistants")
    RoleFactory(team__plan=plan, title="Without anything to do")
    ActionFactory(objective=objective, title="Call", role=role, effort=8, deadline=FRIDAY)

    response = show(as_alice, plan)

    line = lines(response)["Sales assistants"]
    assert (line.nobody, line.roles) == (True, "Held by nobody yet")
    assert [(cell.words, cell.level) for cell in line.cells[:2]] == [("8", "open"), ("–", "free")]
    assert list(lines(response)) == ["Sales assistants"]
    assert titles(table(as_alice, plan, line.cells[0].href)) == ["Call"]


def test_who_holds_a_role_and_has_nothing_to_do_is_there_to_take_something(as_alice, plan, objective, mark):
    RoleFactory(team__plan=plan, holder=mark)
    ActionFactory(objective=objective, effort=8, deadline=FRIDAY)

    assert words(show(as_alice, plan), "Mark Weber")[:2] == ["0 / 24", "0 / 40"]


def test_own_hours_time_away_and_public_holidays_lower_what_somebody_has(as_alice, plan, objective, mark):
    plan.workspace.country, plan.workspace.hours_per_week = "PL", 35
    plan.workspace.save()
    TimeAwayFactory(
        capacity=CapacityFactory(plan=plan, person=mark, name="", hours=20),
        starts_on=dt.date(2026, 8, 24),
        ends_on=dt.date(2026, 8, 26),
    )
    RoleFactory(team__plan=plan, holder_name="Emma Larsen")
    ActionFactory(objective=objective, person=mark, effort=8, deadline=FRIDAY)

    response = show(as_alice, plan, "&from=2026-W34")
    november = show(as_alice, plan, "&from=2026-W46")

    assert words(response, "Mark Weber")[1:3] == ["0 / 8", "0 / 20"]
    assert words(response, "Emma Larsen")[1] == "0 / 35"
    # The eleventh is Independence Day.
    assert (november.context["columns"][0].days, words(november, "Emma Larsen")[0]) == (4, "0 / 28")


def test_a_cell_leads_to_the_actions_that_cause_it_and_to_no_others(as_alice, plan, objective, mark, mia):
    week = {"effort": 10, "starts_on": dt.date(2026, 8, 24), "deadline": dt.date(2026, 8, 28)}
    role = RoleFactory(team__plan=plan, holder=mark)
    ActionFactory(objective=objective, title="Hers", person=mark, **week)
    ActionFactory(objective=objective, title="By her role", role=role, **week)
    ActionFactory(objective=objective, title="Somebody else's", person=mia, **week)
    ActionFactory(objective=objective, title="Closed", person=mark, status="cancelled", **week)
    ActionFactory(objective=objective, title="Of unknown effort", person=mark, **week | {"effort": None})
    ActionFactory(
        objective=objective, title="Later", person=mark, **week | {"starts_on": dt.date(2026, 9, 1), "deadline": None}
    )

    cell = lines(show(as_alice, plan))["Mark Weber"].cells[1]
    response = table(as_alice, plan, cell.href)

    assert cell.words == "20 / 40"
    assert titles(response) == ["By her role", "Hers"]
    assert ("Work in week", "W35, 24–30 Aug") in [(chip["label"], chip["value"]) for chip in response.context["chips"]]


def test_a_week_without_work_leads_nowhere(as_alice, plan, objective, mark):
    ActionFactory(objective=objective, person=mark, effort=8, deadline=FRIDAY)

    assert [bool(cell.href) for cell in lines(show(as_alice, plan))["Mark Weber"].cells[:2]] == [True, False]


def test_filters_stay_and_only_what_passes_them_is_counted(as_alice, plan, objective, mark):
    ActionFactory(objective=objective, title="Call", person=mark, effort=8, deadline=FRIDAY, status="blocked")
    ActionFactory(objective=objective, title="Write", person=mark, effort=8, deadline=FRIDAY)

    response = show(as_alice, plan, "&status=blocked")

    assert words(response, "Mark Weber")[0] == "8 / 24"
    assert "Only the actions that pass the filters are counted." in response.text
    assert titles(table(as_alice, plan, lines(response)["Mark Weber"].cells[0].href)) == ["Call"]


def test_coming_back_from_a_week_each_cell_leads_to_its_own(as_alice, plan, objective, mark):
    ActionFactory(
        objective=objective, person=mark, effort=20, starts_on=dt.date(2026, 8, 24), deadline=dt.date(2026, 9, 4)
    )

    cells = lines(show(as_alice, plan, "&q=Launch&week=2026-W35"))["Mark Weber"].cells

    assert cells[2].href == f"?view=table&q=Launch&who=person-{mark.pk}&week=2026-W36"


def test_what_is_not_counted_is_said_and_leads_to_it(as_alice, plan, objective, mark):
    ActionFactory(objective=objective, title="Unknown", person=mark, deadline=FRIDAY)
    ActionFactory(objective=objective, title="Closed", person=mark, deadline=FRIDAY, status="cancelled")
    ActionFactory(objective=objective, title="Undated", person=mark, effort="7.5")
    ActionFactory(objective=objective, title="Planned", person=mark, effort=1, deadline=FRIDAY)

    response = show(as_alice, plan)

    (unknown, to_unknown), (undated, to_undated) = lines(response)["Mark Weber"].notes
    assert (unknown, undated) == ("1 action without effort", "7.5 h without a deadline")
    assert titles(table(as_alice, plan, to_unknown)) == ["Unknown"]
    assert titles(table(as_alice, plan, to_undated)) == ["Undated"]
    assert "1 action without effort is not counted" in response.text
    assert "7.5 h have no deadline and are not planned" in response.text
    assert (response.context["page"].shown, response.context["page"].total) == (1, 4)


def test_the_sum_of_a_week_is_that_of_everybody_on_every_page(as_alice, plan, objective):
    for number in range(25):
        role = RoleFactory(team__plan=plan, holder_name=f"Person {number:02}")
        ActionFactory(objective=objective, role=role, effort=2, deadline=FRIDAY)
    ActionFactory(objective=objective, effort=10, deadline=FRIDAY)

    response = show(as_alice, plan)
    rest = show(as_alice, plan, "&page=2", headers={"HX-Request": "true", "HX-Target": "action-more"})

    assert (len(lines(response)), response.context["sums"][0].words) == (20, "60 / 600")
    assert list(lines(rest)) == [*(f"Person {number}" for number in range(20, 25)), "Nobody"]
    assert rest.text.lstrip().startswith("<tr")
    assert "Show more people" not in rest.text


def test_one_goes_to_later_weeks_and_back_but_not_into_the_past(as_alice, plan, objective):
    ActionFactory(objective=objective, effort=10, deadline=dt.date(2026, 12, 18), starts_on=dt.date(2026, 12, 14))

    here = show(as_alice, plan, "&from=2020-W01")
    later = table(as_alice, plan, here.context["later"])
    back = table(as_alice, plan, later.context["earlier"])

    assert [response.context["columns"][0].name for response in (here, later, back)] == ["W34", "W46", "W34"]
    assert here.context["earlier"] == ""
    assert [cell.words for cell in lines(later)["Nobody"].cells[4:7]] == ["–", "10", "–"]


@pytest.mark.parametrize("query", ["&from=soon", "&from=2199-W01", "&from=9999-W52", "&page=99", "&week=2026-W99"])
def test_an_address_nobody_has_made_still_shows_the_page(as_alice, plan, objective, query):
    ActionFactory(objective=objective, effort=10, deadline=FRIDAY)

    assert show(as_alice, plan, query).status_code == 200


@pytest.mark.parametrize("week", ["", "W35", "2026-W99", "2020-W01", "2026-W35"])
def test_a_week_filters_whatever_it_is(as_alice, plan, objective, week):
    ActionFactory(
        objective=objective, title="Call", effort=10, starts_on=dt.date(2026, 8, 24), deadline=dt.date(2026, 8, 28)
    )

    found = table(as_alice, plan, f"?view=table&week={week}")

    assert titles(found) == ([] if week == "2020-W01" else ["Call"])


def test_where_nobody_knows_any_effort_it_says_what_to_do(as_alice, plan, objective):
    ActionFactory(objective=objective, title="Call", deadline=FRIDAY)

    response = show(as_alice, plan)

    assert "Nobody has said how much work the actions are" in response.text
    assert titles(table(as_alice, plan, response.context["unknown_href"])) == ["Call"]


def test_on_a_saturday_the_strip_begins_with_the_coming_week(as_alice, plan, objective, mark, monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda *args: dt.date(2026, 8, 22))
    ActionFactory(objective=objective, person=mark, effort=30, deadline=FRIDAY)

    response = show(as_alice, plan)

    assert response.context["columns"][0].name == "W35"
    assert words(response, "Mark Weber")[0] == "30 / 40"
    assert titles(table(as_alice, plan, lines(response)["Mark Weber"].cells[0].href)) != []


def test_names_are_shown_as_the_text_they_are(as_alice, plan, objective):
    ActionFactory(objective=objective, person=UserFactory(name="<b>Bold</b>"), effort=3, deadline=FRIDAY)

    assert "&lt;b&gt;Bold&lt;/b&gt;" in show(as_alice, plan).text


def test_each_number_stands_under_its_week_and_beside_its_name(as_alice, plan, objective):
    ActionFactory(objective=objective, effort=10, deadline=FRIDAY)

    strip = show(as_alice, plan).text.split("<table")[1].split("</table>")[0]

    assert len(re.findall(r'<th scope="col"', strip)) == 13
    assert len(re.findall(r'<th scope="row"', strip)) == 2
    assert strip.count('aria-current="date"') == 1
