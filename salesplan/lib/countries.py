"""Countries whose public holidays are known, by their ISO code and by name."""

import unicodedata
from functools import lru_cache

from django.utils.translation import get_language


def country_choices() -> list[tuple[str, str]]:
    """(Code, name) in the reader's language, in alphabetical order."""
    return _choices(get_language() or "en")


@lru_cache(maxsize=8)
def _choices(language: str) -> list[tuple[str, str]]:
    # Both only where somebody chooses a country: each takes its time.
    from babel import Locale
    from holidays.registry import EntityLoader  # as above

    names = Locale.parse(language, sep="-").territories
    codes = [code for code in EntityLoader.get_country_codes(include_aliases=False) if code in names]
    return sorted(((code, names[code]) for code in codes), key=lambda choice: _alphabetical(choice[1]))


def _alphabetical(name: str) -> str:
    """Letters with signs stand among those without, as in English; but Ł is a letter of its own, after L."""
    plain = unicodedata.normalize("NFKD", name.casefold().replace("ł", "l~"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))
