"""The body of the overview as people outside get it: nothing in it leads into the app, or could change anything."""

import datetime as dt
import re
from html.parser import HTMLParser

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from kpis.dashboard.page import KEPT_SECONDS, overview_body, overview_stamp
from plans.plan.models import Plan
from salesplan.lib.memory import memory

#: Relative to the address of the link, so that one body serves all links of a plan and holds no token.
PLOTS = "plots/"
#: Around the one button that stays: it asks for a plot again.
TRY_AGAIN = "chart-fail"
#: What one acts with is left out with all that is in it.
LEFT_OUT = {"form", "dialog", "button", "input", "select", "textarea", "script"}
ACTS = {"data-dialog", "hx-post", "hx-put", "hx-patch", "hx-delete"}
#: What a line that leads somewhere asks one to do there.
VERB = "go"
VOID = {"input", "br", "hr", "img", "wbr", "source"}
#: An attribute that leads to an address of ours, but for drawings of icons.
_LEADS_INSIDE = re.compile(rf"""\s[\w:@.-]+=(["'])/(?!{re.escape(settings.STATIC_URL.strip("/"))}/)[^"']*\1""")
#: Classes that say how a link looks.
_LOOKS_OF_LINKS = re.compile(r"(?<=[\s\"])(?:plain|lnk|why)(?:\s+|(?=\"))")


def outward_body(plan: Plan, today: dt.date) -> SafeString:
    """Kept beside the body it is made of."""
    key, stamp = f"overview-outward-{plan.pk}-{get_language()}", overview_stamp(plan, today)
    kept_stamp, body = memory.get(key, (None, ""))
    if kept_stamp != stamp:
        body = outward(overview_body(plan, today), plots=reverse("kpis:dashboard_plots", args=[plan.pk]))
        memory.set(key, (stamp, body), KEPT_SECONDS)
    return mark_safe(body)  # noqa: S308  of HTML that was escaped when it was made, nothing is added


def outward(body: str, *, plots: str) -> str:
    """`plots` is the address of the plots inside the app."""
    writer = _Outward(plots)
    writer.feed(body)
    writer.close()
    return "".join(writer.parts)


class _Outward(HTMLParser):
    """Gives back what it reads, but for what leads inside."""

    def __init__(self, plots: str):
        super().__init__(convert_charrefs=False)
        self.plots = plots
        self.parts: list[str] = []
        #: The class of the element that was opened last.
        self.before = ""
        #: The open elements of what is left out.
        self.left_out: list[str] = []
        #: What each open link has become.
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        before, self.before = self.before, given.get("class") or ""
        known = before == TRY_AGAIN or (given.get("href") or "").startswith(self.plots)
        if self.left_out or (_is_act(tag, given) and not known):
            if tag not in VOID:
                self.left_out.append(tag)
            return
        text = self._starttag()
        if tag == "a":
            self.links.append("a" if " href=" in text else "span")
            if self.links[-1] == "span":
                text = _LOOKS_OF_LINKS.sub("", text.replace("<a", "<span", 1))
        self.parts.append(text)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """<rect … /> of a drawing"""
        if not self.left_out:
            self.parts.append(self._starttag())

    def _starttag(self) -> str:
        text = (self.get_starttag_text() or "").replace(f'="{self.plots}', f'="{PLOTS}')
        return _LEADS_INSIDE.sub("", text)

    def handle_endtag(self, tag: str) -> None:
        if self.left_out:
            if tag == self.left_out[-1]:
                self.left_out.pop()
        else:
            self.parts.append(f"</{self.links.pop() if tag == 'a' else tag}>")

    def handle_data(self, data: str) -> None:
        self._text(data)

    def handle_entityref(self, name: str) -> None:
        self._text(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._text(f"&#{name};")

    def _text(self, text: str) -> None:
        if not self.left_out:
            self.parts.append(text)


def _is_act(tag: str, given: dict[str, str | None]) -> bool:
    """A link that is called by what one does there is one, unless its words are worth reading without it."""
    classes = (given.get("class") or "").split()
    if tag == "a":
        return "data-outside" not in given and not {"btn", "lnk"}.isdisjoint(classes)
    return tag in LEFT_OUT or not ACTS.isdisjoint(given) or (tag == "details" and "menu" in classes) or VERB in classes
