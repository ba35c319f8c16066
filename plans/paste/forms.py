"""What comes with a block of cells: the cells themselves, and where they go."""

import uuid
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from plans.actions.bulk_views import MOST
from plans.actions.models import Action
from plans.actions.table import sort_actions
from plans.objectives.models import Objective
from plans.paste.block import MOST_LETTERS, MOST_ROWS, read_block
from plans.paste.columns import LABELS, TYPED
from plans.paste.proposals import Pasted
from plans.paste.targets import Targets, ids_below
from plans.plan.models import Plan

#: So many actions of the view can be chosen as the first one.
MOST_OFFERED = 500
ANSWER = "answer-"


class PasteForm(forms.Form):
    """`ordered` are the actions of the view in its order; without one, those of the plan."""

    text = forms.CharField(
        label=_("Cells"), strip=False, widget=forms.Textarea(attrs={"rows": 8, "class": "form-control"})
    )
    cell = forms.ChoiceField(
        label=_("First column"), initial="title", widget=forms.Select(attrs={"class": "form-select"})
    )
    #: On the page: an action, the first to be changed, or an objective, at whose end new ones are added.
    where = forms.CharField(label=_("First row"), required=False)
    objective = forms.ModelChoiceField(Objective.objects.none(), required=False)
    uid = forms.UUIDField(initial=uuid.uuid4, required=False)
    ids = forms.CharField(required=False)
    #: With which versions the actions were shown.
    seen = forms.CharField(required=False)
    covered = forms.CharField(required=False)
    fill = forms.BooleanField(required=False)
    day_first = forms.NullBooleanField(required=False)
    leave_new = forms.BooleanField(required=False)

    def __init__(self, *args: Any, plan: Plan, ordered: QuerySet[Action] | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.plan = plan
        self.ordered = sort_actions(Action.objects.in_plan(plan), "") if ordered is None else ordered
        self.rows: list[list[str]] = []
        self.fields["cell"].choices = list(LABELS.items())
        self.fields["cell"].widget.choices = [(cell, label) for cell, label in LABELS.items() if cell in TYPED]
        self.fields["objective"].queryset = Objective.objects.in_plan(plan)

    @property
    def places(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """The first actions of the view, and the end of each objective."""
        by_objective: dict[int, list[tuple[str, str]]] = {}
        for pk, title, objective in self.ordered.values_list("pk", "title", "objective_id")[:MOST_OFFERED]:
            by_objective.setdefault(objective, []).append((f"action-{pk}", title))
        objectives = Objective.objects.in_plan(self.plan).order_by("position", "pk").values_list("pk", "title")
        new = str(_("New actions at the end"))
        return [(title, [*by_objective.get(pk, []), (f"objective-{pk}", new)]) for pk, title in objectives]

    def clean_text(self) -> str:
        text = self.cleaned_data["text"]
        self.rows = read_block(text) if len(text) <= MOST_LETTERS else []
        if not 0 < len(self.rows) <= MOST_ROWS:
            raise forms.ValidationError(
                _("Paste at most %(rows)s rows and %(letters)s characters at once; more comes in by importing a sheet.")
                % {"rows": MOST_ROWS, "letters": MOST_LETTERS}
            )
        return text

    def clean_ids(self) -> list[int]:
        ids = list(dict.fromkeys(numbers(self.cleaned_data["ids"])))
        if len(ids) > MOST:
            raise forms.ValidationError(_("Change at most %(count)d actions at once.") % {"count": MOST})
        return ids

    def clean(self) -> dict[str, Any]:
        """Where the lines go: the actions that are shown, and below them those that the view has yet to show."""
        cleaned = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        kind, _dash, pk = cleaned["where"].partition("-")
        if kind == "action":
            cleaned["ids"] = numbers(pk)
        elif kind == "objective" and pk.isdecimal():
            cleaned["objective"] = self.fields["objective"].queryset.filter(pk=pk).first()
        if not cleaned["ids"] and not cleaned["objective"]:
            raise forms.ValidationError(_("Choose where the first row goes."))
        ids, height = cleaned["ids"], len(self.rows)
        if cleaned["fill"]:
            cleaned["fill"] = height == 1
        elif ids and len(ids) < height and not cleaned["seen"]:
            cleaned["ids"] = ids + ids_below(self.ordered, ids[-1], count=height - len(ids), without=ids)
        if not cleaned["fill"]:
            cleaned["ids"] = cleaned["ids"][:height]
        return cleaned

    def pasted(self) -> Pasted:
        cleaned = self.cleaned_data
        cells = list(LABELS)[list(LABELS).index(cleaned["cell"]) :]
        return Pasted(
            self.rows,
            cells,
            covered=_places(cleaned["covered"]),
            fill=cleaned["fill"],
            day_first=cleaned["day_first"],
            answers={name.removeprefix(ANSWER): self.data[name] for name in self.data if name.startswith(ANSWER)},
            add=not cleaned["leave_new"],
        )

    @property
    def width(self) -> int:
        """Of the block, without columns that are empty."""
        return max(place + 1 for row in self.rows for place, text in enumerate(row) if text.strip() or not place)

    def moved_on(self, targets: Targets) -> list[str]:
        """Titles of the actions that are no longer as they were shown."""
        seen = dict(pair.split(":", 1) for pair in self.cleaned_data["seen"].split(",") if ":" in pair)
        if not seen:
            return []
        there = zip(self.cleaned_data["ids"], targets.actions, strict=True)
        return [str(action) for pk, action in there if seen.get(str(pk)) != targets.state_of(action)]


def numbers(text: str) -> list[int]:
    """7,9,12 as a browser sends it; what is no number is none."""
    return [int(part) for part in text.split(",") if part.isdecimal() and len(part) < 18]


def _places(text: str) -> set[tuple[int, int]]:
    """0.1,0.2: the second and third cell of the first line."""
    pairs = [part.split(".") for part in text.split(",")]
    known = (pair for pair in pairs if len(pair) == 2 and all(part.isdecimal() and len(part) < 10 for part in pair))
    return {(int(line), int(cell)) for line, cell in known}
