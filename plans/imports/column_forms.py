"""Which column of a sheet holds what: the part of the form that any import asks."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

#: How many values of a column are shown, to recognise it by.
SAMPLES = 3


class SheetColumnsForm(forms.Form):
    """`sheet` has `rows`, the first of them its headings, and `columns`, which name of FIELDS each column holds.

    NEEDED are those of which there must be one, and NEEDED_WORDS what is said when there is none.
    """

    FIELDS: Mapping[str, Any]
    NEEDED: frozenset[str]
    NEEDED_WORDS: Any

    def __init__(self, *args, sheet: Any, **kwargs):
        super().__init__(*args, **kwargs)
        self.sheet = sheet
        for place, heading in enumerate(sheet.rows[0]):
            self.fields[f"column_{place}"] = forms.ChoiceField(
                label=heading or _("Column %(number)s") % {"number": place + 1},
                choices=[("", _("Leave out")), *self.FIELDS.items()],
                required=False,
                initial=sheet.columns[place],
            )

    @property
    def columns(self) -> list[dict[str, Any]]:
        """Each column with its field of the form and the first values that stand in it."""
        rows = self.sheet.rows[1:]
        return [
            {"field": self[f"column_{place}"], "samples": [row[place] for row in rows if row[place]][:SAMPLES]}
            for place in range(len(self.sheet.rows[0]))
        ]

    @property
    def chosen(self) -> list[str]:
        """What each column holds, as it was said."""
        return [self.cleaned_data[f"column_{place}"] for place in range(len(self.sheet.rows[0]))]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        taken: dict[str, str] = {}
        for place, heading in enumerate(self.sheet.rows[0]):
            name = cleaned.get(f"column_{place}")
            if name and name in taken:
                other = taken[name]
                self.add_error(f"column_{place}", _("“%(heading)s” holds this already.") % {"heading": other})
            elif name:
                taken[name] = heading
        if not self.NEEDED & taken.keys():
            self.add_error(None, self.NEEDED_WORDS)
        return cleaned
