"""A connection that the server has dropped is noticed before a request uses it, and made anew.

On SQLite there is no connection to lose: the same request is answered all the same.
"""

import pytest
from django.db import close_old_connections, connection
from django.urls import reverse

from plans.models import Plan

pytestmark = pytest.mark.django_db(transaction=True)


def drop_connection():
    """As a restart of the server would."""
    if connection.vendor != "postgresql":
        return
    other = connection.copy()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        pid = cursor.fetchone()[0]
    try:
        with other.cursor() as cursor:
            # Waits, at most these milliseconds, until the server has done it.
            cursor.execute("SELECT pg_terminate_backend(%s, 10000)", [pid])
            assert cursor.fetchone()[0]
    finally:
        other.close()


def test_a_page_is_answered_after_the_database_server_has_dropped_the_connection(as_alice, plan):
    address = reverse("plans:actions", args=[plan.pk])
    assert as_alice.get(address).status_code == 200
    drop_connection()

    close_old_connections()  # what Django does as each request starts; the test client leaves it out

    assert as_alice.get(address).status_code == 200


def test_a_connection_closed_behind_our_back_is_made_anew(plan):
    connection.ensure_connection()
    if connection.vendor == "postgresql":
        connection.connection.close()

    close_old_connections()

    assert Plan.objects.filter(pk=plan.pk).exists()


def test_asking_whether_a_connection_is_alive_costs_no_query(db, django_assert_num_queries):
    connection.ensure_connection()

    with django_assert_num_queries(0):
        assert connection.is_usable()
