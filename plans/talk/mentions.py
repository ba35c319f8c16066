"""People named in a text: "@Mia Rossi" or "@mia@example.com", written in full."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils.html import format_html, urlize
from django.utils.safestring import SafeString, mark_safe

from plans.plan.models import Plan

#: Id, name and address.
type Person = tuple[int, str, str]
#: Where the name begins and ends in the text, and whose it is.
type Mention = list[int]


def find_mentions(text: str, people: Iterable[Person]) -> list[Mention]:
    """Of two people with the same name both are meant; their addresses tell them apart."""
    called: dict[str, list[int]] = defaultdict(list)
    names, addresses = set(), set()
    for pk, name, email in people:
        called[email.casefold()].append(pk)
        addresses.add(email)
        if name:
            called[name.casefold()].append(pk)
            names.add(name)
    if not called:
        return []
    # After an address no more of one may follow: "mia@example.com" is not in "mia@example.com.pl".
    pattern = rf"(?<![\w@])@(?:({_either(names)})(?!\w)|({_either(addresses)})(?![\w@]|[.-]\w))"
    return [
        [match.start(), match.end(), pk]
        for match in re.finditer(pattern, text, re.IGNORECASE)
        for pk in called.get(match.group()[1:].casefold(), ())
    ]


def _either(words: Iterable[str]) -> str:
    """The longest first, so that "Mia Rossi-Bianchi" is not taken for "Mia Rossi"; nothing matches no word."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) or r"(?!)"


def as_html(text: str, mentions: Sequence[Mention], plan: Plan) -> SafeString:
    """Plain text made safe: people, addresses of pages and breaks of lines are what they look like."""
    parts, done = [], 0
    for start, end, pk in mentions:
        if start >= done:
            parts += [_plain(text[done:start]), _mention(text[start:end], pk, plan)]
            done = end
    return mark_safe("".join([*parts, _plain(text[done:])]))  # noqa: S308 - each part is escaped


def _plain(text: str) -> str:
    return urlize(text, nofollow=True, autoescape=True).replace("\n", "<br>")


def _mention(name: str, pk: int, plan: Plan) -> str:
    """Leads to what she answers for."""
    url = reverse("plans:actions", args=[plan.pk], query={"view": "table", "who": f"person-{pk}"})
    return format_html('<a class="mention" href="{}">{}</a>', url, name)
