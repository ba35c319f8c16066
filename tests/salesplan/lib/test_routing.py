"""Addresses found by their first word: the same views as when each is tried."""

import uuid

import pytest
from django.urls import Resolver404, get_resolver, path, resolve, reverse
from django.urls.converters import UUIDConverter
from django.urls.resolvers import URLResolver

from salesplan.lib.routing import FirstWordResolver, addresses_of

ANY = uuid.uuid4()


def apps():
    return [found for found in get_resolver().url_patterns if isinstance(found, FirstWordResolver)]


@pytest.mark.parametrize("resolver", apps(), ids=lambda resolver: resolver.namespace)
def test_every_address_leads_to_the_view_it_led_to_before(resolver):
    plain = URLResolver(resolver.pattern, resolver.urlconf_name, {}, resolver.app_name, resolver.namespace)

    for pattern in resolver.url_patterns:
        converters = pattern.pattern.converters.items()
        values = {name: ANY if isinstance(converter, UUIDConverter) else 7 for name, converter in converters}
        there = reverse(f"{resolver.namespace}:{pattern.name}", kwargs=values).lstrip("/")
        found, expected = resolver.resolve(there), plain.resolve(there)

        assert (found.func, found.kwargs, found.view_name, found.route, found.namespaces) == (
            expected.func,
            expected.kwargs,
            expected.view_name,
            expected.route,
            expected.namespaces,
        )


def test_an_address_without_a_known_first_word_is_tried_where_any_may_come_first():
    anywhere = addresses_of("tests.salesplan.lib.test_routing")

    assert anywhere.resolve("plans/").url_name == "plans"
    assert anywhere.resolve("plans").url_name == "whole"
    assert anywhere.resolve("12/").url_name == "number"
    assert anywhere.resolve("plans/12/").url_name == "plan"


@pytest.mark.parametrize("address", ["nowhere/", "plans/12/nowhere/", "kpis"])
def test_what_is_nowhere_is_not_found(address):
    with pytest.raises(Resolver404):
        resolve(f"/{address}")


def view(request):
    raise AssertionError


app_name = "anywhere"
urlpatterns = [
    path("plans/", view, name="plans"),
    path("plans", view, name="whole"),
    path("<int:number>/", view, name="number"),
    path("<str:word>/<int:pk>/", view, name="plan"),
]
