"""One row of the action table as HTML.

Written here and not in the template: fifty rows of ten cells cost a Django template several times as much as all
else on the page. The template shows them with {{ row.html }}.
"""

from collections.abc import Iterable
from functools import lru_cache
from html import escape
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from plans.actions.dates import DateMark
from plans.actions.models import Action
from salesplan.templatetags.status import status

TITLE_CELL = '<td data-f="title">'
BOX = '<label class="pick"><input type="checkbox" name="ids" value="{pk}" form="picked" aria-label="{label}"></label>'
# Cells are bare, and known by their data-f: static/js/grid.js opens the editor of the one that is clicked or chosen by
# key. HTML closes a cell where the next one begins; the row is closed, for what stands after it is none of its cells.
CELLS = {
    "title": TITLE_CELL + '<a class="plain" href="{url}">{title}</a>{news}{waits}{talk}',
    "kind": '<td data-f="kind">{kind}',
    "who": '<td data-f="who"{note}>{who}',
    "start": '<td class="num" data-f="start">{start}',
    "due": '<td class="num" data-f="due">{due}',
    "kpis": '<td data-f="kpis">{kpis}',
    "status": '<td data-f="status">{status}{health}',
    "priority": '<td class="p{priority}" data-f="priority">{priority_label}',
    "effort": '<td data-f="effort">{effort}',
    "budget": '<td class="r num" data-f="budget">{budget}',
    "roi": '<td class="r num" data-f="roi">{roi}',
}
ROW = '<tr id="action-{pk}">' + "".join(CELLS.values()) + "</tr>\n"


def row_html(row: dict[str, Any]) -> SafeString:
    """Everything a person has typed passes through `escape`; the rest is ours."""
    values = _values(row) | {
        "note": f' title="{escape(row["who_note"])}"' if row["who_note"] else "",
        "who": _who(row),
        "kpis": _kpis(row),
        "budget": escape(row["budget"]),
        "roi": escape(row["roi"]),
    }
    return mark_safe(ROW.format(**values))  # noqa: S308 - every value is a number, our own markup, or escaped


def part_html(row: dict[str, Any], cells: Iterable[str]) -> SafeString:
    """Only some cells of a row, for a page that has the others; those that show nothing but the action itself."""
    part = '<tr id="action-{pk}" data-part>' + "".join(CELLS[cell] for cell in cells) + "</tr>\n"
    return mark_safe(part.format(**_values(row)))  # noqa: S308 - as above


def with_box(row: dict[str, Any]) -> SafeString:
    """The row with a box to tick, for browsers in which static/js/selection.js does not add one."""
    label = escape(_("Select %(action)s") % {"action": row["title"]})
    box = BOX.format(pk=row["pk"], label=label)
    return mark_safe(row["html"].replace(TITLE_CELL, TITLE_CELL + box, 1))  # noqa: S308 - as above


def out_of_band(html: str) -> SafeString:
    """The row in an answer that is about something else: it takes its own place in the table."""
    return mark_safe(html.replace("<tr ", '<tr hx-swap-oob="true" ', 1))  # noqa: S308 - as above


def _values(row: dict[str, Any]) -> dict[str, Any]:
    labels = _labels(get_language() or "")
    return {
        "pk": row["pk"],
        "url": row["url"],
        "title": escape(row["title"]),
        "waits": _waits(row["waits"]),
        "news": _news(row["news"]),
        "talk": _talk(row),
        "kind": labels["kind", row["kind"]],
        "start": escape(row["start"]),
        "due": _due(row),
        "status": status(row["status"]),
        "health": row["health_mark"],
        "priority": row["priority"],
        "priority_label": labels["priority", row["priority"]],
        "effort": row["hours"],
    }


@lru_cache(maxsize=8)
def _labels(language: str) -> dict[tuple[str, Any], str]:
    """The words of kinds and priorities; `language` is part of the key."""
    kinds = {("kind", value): escape(str(label)) for value, label in [("", ""), *Action.Kind.choices]}
    return kinds | {("priority", value): escape(str(label)) for value, label in Action.Priority.choices}


def _who(row: dict[str, Any]) -> str:
    more = f' <span class="mute3">+{row["supporters"]}</span>' if row["supporters"] else ""
    return escape(row["who"]) + more


def _waits(count: int) -> str:
    if not count:
        return ""
    words = ngettext("waits for %(count)d", "waits for %(count)d", count) % {"count": count}
    return f' <span class="waits">{escape(words)}</span>'


def _news(note: str) -> str:
    """A dot that says on pointing at it, and to those who listen, who has changed the row."""
    return f' <i class="news" role="img" title="{escape(note)}"></i>' if note else ""


def _talk(row: dict[str, Any]) -> str:
    """How many comments, with an icon from the stylesheet; nothing where nobody has said anything."""
    if not row["talk"]:
        return ""
    words = ngettext("%(count)d comment", "%(count)d comments", row["talk"]) % {"count": row["talk"]}
    return f' <a class="talks" href="{row["url"]}#talk" title="{escape(words)}">{row["talk"]}</a>'


def _due(row: dict[str, Any]) -> str:
    due, note = escape(row["due"]), escape(row["due_note"])
    if row["due_css"] == "over":
        due = f'<span class="c-over m">{due}</span> <span class="late">{note}</span>'
    elif row["due_css"]:
        due = f'{due} <span class="soon">{note}</span>'
    return due + _marks(row["due_marks"])


def _marks(marks: list[DateMark]) -> str:
    """The worst in a word; all of them on pointing at it, and on the page of the action."""
    if not marks:
        return ""
    reasons = escape("; ".join(mark.reason for mark in marks))
    return f' <span class="wrong" title="{reasons}">{escape(marks[0].word)}</span>'


def _kpis(row: dict[str, Any]) -> str:
    if not row["kpis"]:
        return ""
    first, *others = (escape(name) for name in row["kpis"])
    more = f'<span class="chip" title="{", ".join(others)}">+{len(others)}</span>' if others else ""
    return f'<span class="chip">{first}</span> {more}'
