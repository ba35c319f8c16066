from django import forms
from django.utils.translation import gettext_lazy as _

from plans.raci.models import Responsibility
from plans.raci.queries import Row, Thing
from plans.raci.services import Change
from plans.team.models import Role

PARTS = [("", "–"), *Responsibility.Kind.choices]


class PartForm(forms.Form):
    """One cell: the part chosen, and the part the reader saw before."""

    kind = forms.ChoiceField(
        choices=PARTS,
        required=False,
        error_messages={"invalid_choice": _("Choose R, A, C or I, or leave the cell empty.")},
    )
    was = forms.ChoiceField(choices=PARTS, required=False)
    instead = forms.BooleanField(required=False)


def written(rows: list[Row]) -> str:
    """What the matrix says, for the page to remember: changes are told from what the reader saw."""
    return " ".join(f"{cell.role.pk}-{row.thing.pk}-{cell.kind}" for row in rows for cell in row.cells if cell.kind)


def read_changes(data, *, roles: list[Role], things: list[Thing]) -> list[Change]:
    """The cells of the posted matrix that differ from what the reader saw. Anything else in `data` is ignored."""
    seen = dict(mark.rsplit("-", 1) for mark in data.get("seen", "").split() if mark.count("-") == 2)
    changes = []
    for thing in things:
        for role in roles:
            name = f"{role.pk}-{thing.pk}"
            kind, before = data.get(name), seen.get(name, "")
            if kind is not None and kind != before and kind in dict(PARTS):
                changes.append(Change(role, thing, kind, before))
    return changes
