"""docs/permissions.md says what the code does."""

from itertools import dropwhile, takewhile
from pathlib import Path

from django.apps import apps
from django.utils.translation import override

from accounts.roles import DEEDS, Role

PAGE = Path(__file__).parents[2] / "docs" / "permissions.md"


def table_under(heading: str) -> list[list[str]]:
    """The cells of the first table under a heading, head and rows."""
    lines = PAGE.read_text().split(heading, 1)[1].splitlines()
    from_table = dropwhile(lambda line: not line.startswith("|"), lines)
    rows = list(takewhile(lambda line: line.startswith("|"), from_table))
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in (rows[0], *rows[2:])]


def test_the_table_of_roles_is_the_one_in_code():
    head, *rows = table_under("# Who may do what")

    with override("en"):
        assert head[1:] == [str(role.label) for role in Role]
    written = {deed: {role for role, cell in zip(Role, cells, strict=True) if cell == "yes"} for deed, *cells in rows}
    assert written == {deed: set(who) for deed, who in DEEDS.items()}


def test_the_rows_each_role_may_change_are_those_of_the_models():
    _head, *rows = table_under("## Which rows each role may change")
    written = {model: who for models, who in rows for model in models.split(", ")}

    with override("en"):
        actual = {
            model.__name__: ", ".join(str(role.label) for role in Role if role in model.WRITERS)
            for model in apps.get_models()
            if hasattr(model, "WRITERS")
        }
    assert written == actual
