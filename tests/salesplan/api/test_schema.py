"""The API keeps to its own schema, whatever is sent: schemathesis makes it up from the schema."""

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_schema_conformance,
    status_code_conformance,
)

from accounts.api.services import make_token
from salesplan.api.v1 import schema
from tests.factories import ActionFactory, KpiFactory, ReadingFactory

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    negative_data_rejection,
]
API = schemathesis.openapi.from_dict(schema())
SERVER = WSGIHandler()
OPERATIONS = {f"{one.ok().method.upper()} {one.ok().path}": one.ok() for one in API.get_all_operations()}


@pytest.fixture
def rows(alice, plan):
    """Of every kind one, with the id 1 that examples often have."""
    action = ActionFactory(pk=1, objective__pk=1, objective__plan=plan)
    kpi = KpiFactory(pk=1, plan=plan)
    ReadingFactory(pk=1, kpi=kpi)
    return action


@pytest.fixture(autouse=True)
def one_connection():
    """A request would end its connection, and with it the transaction of the test."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.parametrize("name", OPERATIONS)
@pytest.mark.parametrize("mode", GenerationMode)
def test_answers_are_as_the_schema_says(name, mode, rows, alice, settings):
    settings.API_REQUESTS_PER_MINUTE = 10**6
    operation = OPERATIONS[name]
    _token, text = make_token(alice.memberships.get(), name="Tests", scope="write")

    @given(case=operation.as_strategy(generation_mode=mode))
    @examples(max_examples=15, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    def answered(case):
        with transaction.atomic():
            case.headers["Authorization"] = f"Bearer {text}"
            case.call_and_validate(app=SERVER, checks=CHECKS)
            transaction.set_rollback(True)

    answered()
