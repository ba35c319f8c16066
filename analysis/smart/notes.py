"""One thing the SMART check says: what speaks for the objective, or a gap and where it is mended."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import ngettext

from analysis.smart.facts import Facts


@dataclass(frozen=True)
class Note:
    text: str
    #: Something to look at; `missing`: without it the letter has no answer at all.
    gap: bool = False
    missing: bool = False
    verb: str = ""
    url: str = ""

    @property
    def field(self) -> str:
        """The field of the objective's form that mends it, if one does."""
        anchor = self.url.partition("#id_objective_")[2]
        return anchor.partition("_")[2]


def good(text: str) -> Note:
    return Note(text)


def check(text: str, verb: str, url: str) -> Note:
    return Note(text, gap=True, verb=verb, url=url)


def lacks(text: str, verb: str, url: str) -> Note:
    return Note(text, gap=True, missing=True, verb=verb, url=url)


def few(notes: list[Note], *, shown: int = 2) -> list[Note]:
    """All that is to be mended; of what is well the first ones, and how many more there are."""
    well = [note for note in notes if not note.gap]
    rest = len(well) - shown
    if rest <= 1:
        return notes
    words = ngettext("%(count)d more KPI is well too.", "%(count)d more KPIs are well too.", rest)
    return [*well[:shown], good(words % {"count": rest}), *(note for note in notes if note.gap)]


def field_url(facts: Facts, field: str) -> str:
    """The field of the objective's form."""
    pk = facts.objective.pk
    return reverse("plans:objective_change", args=[pk]) + f"#id_objective_{pk}_{field}"


def page_url(facts: Facts, name: str) -> str:
    return reverse(name, args=[facts.plan.pk])


def milestones_url(facts: Facts) -> str:
    return facts.objective.get_absolute_url() + "#milestones"
