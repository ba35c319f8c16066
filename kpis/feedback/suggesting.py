"""Which themes an answer may be about: those one of whose words begins a word of it.

Nothing is learnt and nothing is set by itself: the word that was found is shown, and somebody agrees.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from kpis.feedback.models import Theme
from salesplan.lib.matching import plain

#: Shorter beginnings are found in half of all words.
SHORTEST = 3


@dataclass(frozen=True)
class Suggestion:
    theme: Theme
    #: The word of the answer that suggests it.
    word: str


def beginnings_of(theme: Theme) -> list[str]:
    """The theme's words as they are looked for; its name where it has none."""
    written = (theme.words or theme.name).replace(";", ",").split(",")
    return [word for word in (plain(" ".join(part.split())) for part in written) if len(word) >= SHORTEST]


def suggestions_for(text: str, themes: Iterable[Theme], *, known: Iterable[int] = ()) -> list[Suggestion]:
    """Themes that are not set yet (`known`), each with the first word that suggests it."""
    said, set_already = plain(text), set(known)
    found = []
    for theme in themes:
        if theme.pk not in set_already and (word := _found_in(said, beginnings_of(theme))):
            found.append(Suggestion(theme, word))
    return found


def _found_in(said: str, beginnings: list[str]) -> str:
    for beginning in beginnings:
        if match := re.search(rf"(?<!\w){re.escape(beginning)}\w*", said):
            return match[0]
    return ""
