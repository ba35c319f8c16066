import datetime as dt
from typing import NamedTuple

import pytest
from django.test import Client
from django.urls import reverse

from kpis.models import SharedLink
from kpis.sharing.models import digest_of
from tests.factories import SharedLinkFactory

TOKEN = "b7Qx-what-nobody-guesses"


class Outside(NamedTuple):
    """Somebody without an account, who was given an address."""

    client: Client

    def asks(self, name="shared", token=TOKEN, **query):
        return self.client.get(reverse(f"kpis:{name}", args=[token], query=query or None))


@pytest.fixture
def outside(db):
    return Outside(Client())


@pytest.fixture
def link(plan, mark) -> SharedLink:
    return SharedLinkFactory(plan=plan, made_by=mark, digest=digest_of(TOKEN), ends_on=dt.date(2099, 12, 31))
