"""Reads a change as people say it: "+15 % by year end", "500 w ciągu sześciu miesięcy", "-5 pt by 30 June".

Pure and in two languages at once. It never raises: what it cannot read, it says (`Change.unread`).
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from plans.objectives.calendar_words import NUMBER_WORD, whole_number
from plans.objectives.deadlines import Due, find_due
from salesplan.lib.forms import parse_number

LONGEST = 200


class Kind(StrEnum):
    """+15 % of the baseline; +10 percentage points; 500 more; a level to reach; or just a number."""

    PERCENT = "percent"
    POINTS = "points"
    BY = "by"
    TO = "to"
    PLAIN = "plain"


@dataclass(frozen=True)
class Change:
    """`amount` is never negative; `sign` is -1, 1, or 0 when nothing said which way."""

    kind: Kind = Kind.PLAIN
    amount: Decimal | None = None
    sign: int = 0
    due: Due | None = None
    #: Words of which nothing could be made.
    unread: str = ""


def parse_change(text: str) -> Change:
    plain = without_accents(text[:LONGEST])
    due, rest = find_due(plain)
    found = _FIGURE.search(rest)
    amount = _amount(found) if found else None
    if found is None or amount is None:
        return Change(due=due, unread=text.strip()[:LONGEST] if rest.strip() or not due else "")
    before, unit = rest[: found.start()], found["unit"] or ""
    return Change(_kind(before, unit, found, rest), amount, _sign(found, rest), due)


def without_accents(text: str) -> str:
    """Lower case, plain letters and plain spaces: "do końca roku" and "do konca roku" are one."""
    letters = unicodedata.normalize("NFKD", text.lower().replace("ł", "l"))
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return re.sub(r"\s+", " ", plain.replace("−", "-").replace("–", "-")).strip()


def _amount(found: re.Match) -> Decimal | None:
    if found["word"]:
        return Decimal(whole_number(found["word"]))
    if "e" in found["number"]:
        return None  # 1e30 is nothing one says of a sales target
    try:
        number = parse_number(found["number"])
    except ValueError:
        return None
    return number * _SCALES.get((found["scale"] or "")[:2].strip(), 1)


def _kind(before: str, unit: str, found: re.Match, rest: str) -> Kind:
    if _REACH.search(before):
        return Kind.TO
    if unit:
        return Kind.PERCENT if _PERCENT.fullmatch(unit) else Kind.POINTS
    return Kind.BY if found["sign"] or _BY.search(before) or _MORE.search(rest) else Kind.PLAIN


def _sign(found: re.Match, rest: str) -> int:
    if found["sign"]:
        return -1 if found["sign"] == "-" else 1
    if _LESS.search(rest):
        return -1
    return 1 if _BY.search(rest[: found.start()]) or _MORE.search(rest) else 0


_SCALES = {"k": 1_000, "th": 1_000, "ty": 1_000, "m": 1_000_000, "mi": 1_000_000, "ml": 1_000_000}
_PERCENT = re.compile(r"%|per ?cent|proc\w*\.?|pct")
_POINTS = (
    r"percentage points?|p\. ?p\.|pp\b|pts?\b|points?\b|pkt\b\.?(?: ?proc\w*\.?)?|punkt\w*(?: procent\w*)?|% points?"
)
_FIGURE = re.compile(
    r"(?P<sign>[+-])? ?(?:(?P<number>\d(?:[\d .,']*\d)?(?:e[+-]?\d+)?)|\b(?!an?\b)(?P<word>" + NUMBER_WORD + r"))"
    r" ?(?P<scale>k\b|m\b|tys\w*\.?|thousand|mln\b\.?|mio\b|million)?"
    rf" ?(?P<unit>{_POINTS}|{_PERCENT.pattern})?"
)
_REACH = re.compile(r"(?:\b(?:to|reach|do|osiagnac|poziom|poziomu)|=|->|→) ?$")
_BY = re.compile(r"\b(?:by|o) ?$")
_MORE = re.compile(r"\b(?:new|more|additional|extra|further|now(?:y|ych|e|i)|wiecej|dodatkow\w+)\b")
_LESS = re.compile(r"\b(?:less|fewer|reduc\w+|cut|lower|decrease|mniej|zmniejsz\w+|obniz\w+|ogranicz\w+)\b")
