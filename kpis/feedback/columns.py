"""What a column of a sheet of answers may hold, and which column probably holds what."""

import re

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FIELDS: dict[str, str | Promise] = {
    "text": _("What was said"),
    "score": _("Score"),
    "on": _("Date"),
    "customer": _("Customer"),
    "place": _("Where"),
    "segment": _("Segment"),
}
#: How sheets of portals, call centres and people call them, in English and in Polish.
WORDS = {
    "score": "score rating stars star nps csat grade points ocena gwiazdki oceny punkty nota",
    "on": "date day when created published time data dzień kiedy utworzono dodano",
    "customer": "customer client name author user reviewer company klient nazwa imię autor firma użytkownik",
    "place": "where place portal site platform channel source gdzie miejsce serwis kanał źródło",
    "segment": "segment group type grupa typ",
    "text": "text review comment comments answer feedback opinion said message content treść opinia komentarz tekst"
    " odpowiedź wiadomość uwagi recenzja",
}


def guess_columns(head: list[str]) -> list[str]:
    """For each heading a field or nothing; no field twice."""
    found = [""] * len(head)
    for name, words in WORDS.items():
        for place, heading in enumerate(head):
            said = set(re.split(r"[\W_]+", heading.casefold()))
            if name not in found and not found[place] and said & set(words.split()):
                found[place] = name
    return found
