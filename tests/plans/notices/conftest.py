import pytest

from tests.factories import ActionFactory, ObjectiveFactory
from tests.mailing import letters  # noqa: F401 - a fixture


@pytest.fixture
def action(plan, mia):
    """Mia answers for it, and so hears of it."""
    return ActionFactory(objective=ObjectiveFactory(plan=plan), title="Exhibit in Lyon", person=mia)
