"""Which answers one wants to see, as the address of the page says it."""

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from kpis.feedback.models import HAPPY, UNHAPPY, Answer
from salesplan.lib.forms import EARLIEST, LATEST, LocalDateInput
from salesplan.lib.htmx import HtmxHttpRequest
from salesplan.lib.matching import Asked

MOODS = {
    "unhappy": (_("Unhappy (0–6, 1–2)"), UNHAPPY),
    "neutral": (_("In between (7–8, 3)"), Q(score__isnull=False) & ~HAPPY & ~UNHAPPY),
    "happy": (_("Happy (9–10, 4–5)"), HAPPY),
    "none": (_("Without a score"), Q(score__isnull=True)),
}


def query_of(request: HtmxHttpRequest) -> QueryDict:
    """The query of the page one is on, also while a part of it is drawn again after a change."""
    if request.htmx and not request.GET:
        return QueryDict(urlsplit(request.htmx.current_url or "").query)
    return request.GET


class AnswerFilter(forms.Form):
    theme = forms.ChoiceField(required=False, label=_("Theme"))
    survey = forms.ChoiceField(required=False, label=_("Survey"))
    source = forms.ChoiceField(required=False, label=_("Source"), choices=[("", _("All")), *Answer.Source.choices])
    mood = forms.ChoiceField(
        required=False,
        label=_("Score"),
        choices=[("", _("All")), *((key, words) for key, (words, _q) in MOODS.items())],
    )
    since = forms.DateField(required=False, label=_("From"), widget=LocalDateInput)
    until = forms.DateField(required=False, label=_("Until"), widget=LocalDateInput)
    #: Where one comes from a value of a KPI: the answers it was computed from.
    kpi = forms.IntegerField(required=False, max_value=2**62, widget=forms.HiddenInput)
    q = forms.CharField(
        required=False, max_length=80, label=_("Text"), widget=forms.TextInput(attrs={"type": "search"})
    )

    def __init__(self, data: Any, *, themes: list[Any], surveys: list[Any]):
        super().__init__(data, auto_id="filter_%s")
        everything: Any = [("", _("All"))]
        fields: Any = self.fields
        fields["theme"].choices = [*everything, ("none", _("No theme yet")), *((t.pk, t.name) for t in themes)]
        fields["survey"].choices = [*everything, *((survey.pk, survey.title) for survey in surveys)]
        for name in ("since", "until"):
            fields[name].error_messages["invalid"] = _("There is no such day. Write it like 2026-09-30.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", _("This day comes before the first."))
        return cleaned

    def select(self, answers: QuerySet[Answer]) -> QuerySet[Answer]:
        """Those that pass; what cannot be read lets everything through, and says so beside its field."""
        self.is_valid()
        chosen = self.cleaned_data
        if theme := chosen.get("theme"):
            answers = answers.filter(themes=None) if theme == "none" else answers.filter(themes=int(theme))
        if survey := chosen.get("survey"):
            answers = answers.filter(survey=int(survey))
        if kpi := chosen.get("kpi"):
            answers = answers.filter(survey__kpi=kpi)
        if source := chosen.get("source"):
            answers = answers.filter(source=source)
        if mood := chosen.get("mood"):
            answers = answers.filter(MOODS[mood][1])
        answers = answers.filter(on__range=(chosen.get("since") or EARLIEST, chosen.get("until") or LATEST))
        for pattern in Asked(chosen.get("q") or "").anywhere:
            answers = answers.filter(Q(text__regex=pattern) | Q(customer__regex=pattern) | Q(place__regex=pattern))
        return answers

    @property
    def is_set(self) -> bool:
        return any(value for value in self.cleaned_data.values())
