import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from plans.imports.services import take_in
from plans.models import SheetImport
from plans.plan.models import Plan
from tests.factories import ObjectiveFactory


@pytest.fixture(autouse=True)
def at_once(settings):
    """Tasks are done when they are queued."""
    settings.TASKS = {"default": {"BACKEND": "django.tasks.backends.immediate.ImmediateBackend"}}


@pytest.fixture
def objective(plan):
    return ObjectiveFactory(plan=plan, title="Increase sales")


def as_csv(*rows: list[str]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def bring(client, plan, content: bytes, name="actions.csv"):
    """The answer to the upload."""
    return client.post(reverse("plans:import_add", args=[plan.pk]), {"file": SimpleUploadedFile(name, content)})


def sheet_of(plan: Plan, *rows: list[str], by=None, **fields) -> SheetImport:
    sheet = take_in(plan, [list(row) for row in rows], name="actions.csv", by=by)
    for name, value in fields.items():
        setattr(sheet, name, value)
    sheet.save()
    return sheet


def start(client, sheet: SheetImport) -> SheetImport:
    client.post(reverse("plans:import_start", args=[sheet.pk]))
    sheet.refresh_from_db()
    return sheet


def undo(client, sheet: SheetImport) -> SheetImport:
    client.post(reverse("plans:import_undo", args=[sheet.pk]))
    sheet.refresh_from_db()
    return sheet
