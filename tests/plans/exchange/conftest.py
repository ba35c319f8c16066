import csv
import io

import pytest
from django.urls import reverse

from tests.factories import ObjectiveFactory


@pytest.fixture
def objective(plan):
    return ObjectiveFactory(plan=plan, title="Increase sales")


def download(client, plan, ending, query="") -> bytes:
    response = client.get(reverse(f"plans:actions_{ending}", args=[plan.pk]) + query)
    assert response.status_code == 200
    return b"".join(response.streaming_content)


def read_csv(content: bytes, separator=",") -> list[dict[str, str]]:
    text = content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=separator))
