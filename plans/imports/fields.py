"""What a column of a sheet may hold, and which column probably holds what."""

import re
from functools import cache

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FIELDS: dict[str, str | Promise] = {
    "objective": _("Objective"),
    "title": _("Action"),
    "kind": _("Kind"),
    "responsible": _("Responsible"),
    "supporters": _("Supporters"),
    "starts_on": _("Start"),
    "deadline": _("Deadline"),
    "kpis": _("KPIs"),
    "status": _("Status"),
    "priority": _("Priority"),
    "effort": _("Effort"),
    "expected_return": _("Expected return"),
    "description": _("Description"),
    "uid": _("Row ID"),
    "version": _("Version"),
}
DATES = ("starts_on", "deadline")

#: What other tools and people call them, in small letters.
OTHER_WORDS = {
    "objective": "goal target epic project cel projekt",
    "title": "task title name subject summary activity todo zadanie nazwa tytuł temat czynność",
    "kind": "type category typ kategoria",
    "responsible": "owner assignee assigned who person lead właściciel osoba kto wykonawca przypisany",
    "starts_on": "begin from od początek rozpoczęcie",
    "deadline": "due end until finish do koniec zakończenie",
    "kpis": "kpi metric metrics measure wskaźnik wskaźniki miernik",
    "status": "state progress stan postęp",
    "priority": "importance urgency ważność",
    "effort": "hours estimate estimated workload godziny pracochłonność nakład szacunek",
    "expected_return": "return revenue zwrot przychód",
    "description": "details note notes comment comments opis szczegóły uwagi komentarz",
    "supporters": "supporter support helpers wsparcie",
}


def guess_columns(head: list[str]) -> list[str]:
    """For each heading a field or nothing: by the words of both languages, then by those of other tools."""
    found = [""] * len(head)
    for match in (lambda words, heading: heading in words, lambda words, heading: bool(words & set(heading.split()))):
        for name in FIELDS:
            for place, heading in enumerate(map(_plain, head)):
                if name not in found and not found[place] and match(_words_for(name), heading):
                    found[place] = name
    return found


def _plain(heading: str) -> str:
    """Budget (EUR) is the budget; Due date and due_date are the same."""
    text = re.sub(r"\(.*?\)", " ", heading.casefold())
    return " ".join(re.split(r"[\W_]+", text)).strip()


@cache
def _words_for(name: str) -> set[str]:
    words = set(OTHER_WORDS.get(name, "").split())
    for code, _language in settings.LANGUAGES:
        with translation.override(code):
            words.add(_plain(str(FIELDS[name])))
    return words
