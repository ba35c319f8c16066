"""One line of a check-in as HTML: a form that saves itself.

Written here and not in the template, as the rows of the action table are: a dozen such lines cost a Django template
more than all else on the page.
"""

from dataclasses import dataclass
from functools import lru_cache
from html import escape

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kpis.checkin.rows import Box, Row
from kpis.kpi.models import Kpi
from kpis.readings.models import Reading
from salesplan.lib.icons import icon
from salesplan.lib.money import currency_symbol, format_quantity
from salesplan.lib.numbers import format_number
from salesplan.templatetags.pictures import spark

LINE = (
    '<form class="ci-r {state}{computed}" id="kpi-{pk}" method="post" action="{url}"{live}'
    ' aria-labelledby="kpi-{pk}-name" autocomplete="off" novalidate data-ci-row>{hidden}'
    '<div class="ci-n">{title}'
    '<span class="s12 mute3">{about}</span></div>'
    '<div class="ci-s">{spark}</div>'
    '<div class="ci-i">{boxes}</div>'
    '<div class="ci-d num">{standing}</div>'
    '<div class="ci-c"><span class="ci-cl s13 mute">{Confidence}</span>'
    '<div class="conf3" role="radiogroup" aria-labelledby="kpi-{pk}-name ci-sure">{confidences}</div></div>'
    '<div class="ci-t"><label class="addn" for="kpi{pk}_note">{icon}</label>'
    '<textarea class="ci-note" aria-labelledby="kpi-{pk}-name ci-note" id="kpi{pk}_note" name="note" rows="1"'
    ' maxlength="1000" placeholder="{Add_note}" enterkeyhint="next"{disabled}>{note}</textarea></div>'
    '<div class="ci-x">{saved}{save}{skip}</div>{wrong}</form>\n'
)
TITLE = '<a class="m plain" id="kpi-{pk}-name" href="{url}" tabindex="-1">{name}</a>'
BARE_TITLE = '<span class="m" id="kpi-{pk}-name">{name}</span>'
HIDDEN = '<input type="hidden" name="{}" value="{}">'
BOX = (
    '{label}<div class="inp"><input class="num" id="{id}" name="{name}" value="{value}" inputmode="decimal"'
    ' autocomplete="off" enterkeyhint="next"{attributes} data-ci-number>{unit}</div>'
)
LABEL = '<label class="ci-l s12 mute3" for="{}">{}</label>'
CONFIDENCE = (
    '<label><input type="radio" name="confidence" id="kpi{pk}_{value}" value="{value}"{attributes}>{word}</label>'
)
DELTA = '<span class="delta {}"{}>{}{}</span>'
SKIP = (
    '<a class="lnk s12 ci-sk" href="{url}?{query}" data-skip-line>{word}'
    '<span class="visually-hidden"> {name}</span></a>'
)
UNSKIP = (
    '<button class="lnk s12" type="submit" formaction="{url}" hx-post="{url}">{word}'
    '<span class="visually-hidden"> {name}</span></button>'
)
ASIDE = '<span class="s12 mute3">{}</span>'


@dataclass(frozen=True)
class Place:
    """The page a line stands on, which its answer must be drawn for."""

    #: "plan" on the page of one plan, else empty.
    scope: str
    #: 2026-W34
    week: str
    #: Of the forms, against forged requests; empty where the scripts of the page send it.
    token: str
    #: Where the page itself takes its lines, and lets nobody go on to the KPI; else each goes to its KPI's own address.
    enter_url: str = ""


def line_html(row: Row, place: Place) -> SafeString:
    """Everything a person has typed passes through `escape`; the rest is ours."""
    kpi, words = row.kpi, _words(get_language() or "")
    url = place.enter_url or reverse("kpis:reading_enter", args=[kpi.pk])
    hidden = {
        "period": row.period.isoformat(),
        "version": row.reading.version if row.reading else "",
        "scope": place.scope,
        "week": place.week,
    }
    if place.token:
        hidden["csrfmiddlewaretoken"] = place.token
    if place.enter_url:
        hidden["kpi"] = kpi.pk
    return mark_safe(  # noqa: S308 - as above
        LINE.format(
            Confidence=words["Confidence"],
            Add_note=words["Add_note"],
            icon=icon("message-plus", "sm"),
            pk=kpi.pk,
            url=url,
            live=f' hx-post="{url}"' if row.is_open else "",
            state=row.state,
            computed=" computed" if kpi.formula else "",
            hidden="".join(HIDDEN.format(name, value) for name, value in hidden.items()),
            title=_title(kpi, place),
            about=escape(_about(row, place)),
            spark=spark(row.progress.entered, label=kpi.name),
            boxes="".join(_box(row, box) for box in row.boxes),
            standing=_standing(row, words),
            confidences="".join(_confidence(row, value, words[value]) for value in Reading.Confidence.values),
            note=escape(row.note),
            disabled=_disabled(row),
            saved=_saved(row, words),
            save=words["save"] if row.is_open else "",
            skip=_skip(row, place, words),
            wrong=_wrong(row) if row.is_wrong else "",
        )
    )


@lru_cache(maxsize=8)
def _words(language: str) -> dict[str, str]:
    """What all lines say, and the marks that say it; `language` is part of the key."""
    texts = {
        "Confidence": _("Confidence"),
        "Add_note": _("What changed? What next?"),
        "check": _("Check value"),
        "none": _("no value yet"),
        "waits": _("computed once all numbers are in"),
        "zero": _("no value: it would divide by zero"),
        "next": _("next"),
        "saved": _("Saved"),
        "unsaved": _("Not saved"),
        "save": _("Save"),
        "skip": _("Skip"),
        "unskip": _("Take back"),
        "skipped": _("skipped: %(reason)s"),
        "locked_word": _("Locked"),
    }
    words = {name: escape(text) for name, text in texts.items()}
    marks = {
        "next": '<span class="ci-k saved hide-m"><kbd>Enter</kbd> {next}</span>',
        "saved": '<span class="saved">{tick}{saved}</span>',
        "unsaved": '<span class="saved c-over">{unsaved}</span>',
        "locked": "{lock}{locked_word}",
        "save": '<button type="submit" class="btn btn-o sm ci-save">{save}</button>',
    }
    drawn = {
        name: mark.format(**words, tick=icon("check", "sm c-done"), lock=icon("lock", "sm"))
        for name, mark in marks.items()
    }
    levels = {value: escape(str(label)) for value, label in Reading.Confidence.choices}
    return words | drawn | levels


def _title(kpi: Kpi, place: Place) -> str:
    pattern = BARE_TITLE if place.enter_url else TITLE
    return pattern.format(pk=kpi.pk, url=kpi.get_absolute_url(), name=escape(kpi.name))


def _about(row: Row, place: Place) -> str:
    """August 2026, Mia Rossi, target 50 by 31 Dec"""
    who = str(row.kpi.owner or _("nobody")) if place.scope else row.what
    aim = row.aim_words or row.kpi.get_rhythm_display()
    return ", ".join(filter(None, [row.label, who, str(aim)]))


def _box(row: Row, box: Box) -> str:
    pk, formula = row.kpi.pk, row.kpi.formula
    attributes = _disabled(row)
    if not formula:
        last = "" if row.last is None else format_number(row.last)
        attributes += f' placeholder="{last}" aria-labelledby="kpi-{pk}-name"'
    if row.is_wrong:
        attributes += f' aria-invalid="true" aria-describedby="kpi-{pk}-wrong"'
    name_id = f"kpi{pk}_{box.name}"
    return BOX.format(
        label=LABEL.format(name_id, escape(str(box.label))) if formula else "",
        id=name_id,
        name=box.name,
        value=escape(box.value),
        attributes=attributes,
        unit="" if formula else f"<span>{escape(currency_symbol(row.kpi.unit))}</span>",
    )


def _standing(row: Row, words: dict[str, str]) -> str:
    """How the value stands against its pace, or what was last."""
    last = ASIDE.format(escape(row.last_words))
    if row.is_skipped:
        return f'<span class="s13 mute">{words["skipped"] % {"reason": escape(row.skipped)}}</span>'
    if row.is_wrong:
        return DELTA.format("dn", "", icon("alert-circle"), words["check"]) + last
    if not row.is_done:
        waits = words["waits"] if row.kpi.formula else words["none"]
        return f'<span class="s13 mute3">{escape(row.last_words) or waits}</span>'
    progress, value, delta = row.progress, "", ""
    if row.kpi.formula and row.reading:
        if row.reading.value is None:
            return f'<span class="s12 mute3" title="{escape(progress.rule)}">{words["zero"]}</span>'
        value = f'<span class="m">{escape(format_quantity(row.reading.value, row.kpi.unit))}</span>'
    if progress.words:
        rule = f' title="{escape(progress.rule)}"'
        delta = DELTA.format(progress.css, rule, icon(progress.icon), escape(progress.words))
    return value + delta + (ASIDE.format(escape(progress.pace_words)) if progress.pace_words else last)


def _confidence(row: Row, value: str, word: str) -> str:
    checked = " checked" if value == row.confidence else ""
    return CONFIDENCE.format(pk=row.kpi.pk, value=value, word=word, attributes=checked + _disabled(row))


def _saved(row: Row, words: dict[str, str]) -> str:
    if row.is_wrong:
        return words["unsaved"]
    if row.locked:
        return f'<span class="saved mute3" title="{escape(row.locked)}">{words["locked"]}</span>'
    if row.is_done:
        return words["saved"]
    if row.is_skipped:
        return ""
    return words["next"] if row.may_enter else ""


def _skip(row: Row, place: Place, words: dict[str, str]) -> str:
    """The way to skip a line that is open, and back."""
    if place.enter_url or not row.is_open or row.reading:
        return ""
    pk, name = row.kpi.pk, escape(row.kpi.name)
    if row.is_skipped:
        return UNSKIP.format(url=reverse("kpis:reading_unskip", args=[pk]), word=words["unskip"], name=name)
    query = f"period={row.period}&amp;week={place.week}&amp;scope={place.scope}"
    return SKIP.format(url=reverse("kpis:reading_skip", args=[pk]), query=query, word=words["skip"], name=name)


def _wrong(row: Row) -> str:
    context = {"form": None if row.refusal else row.form, "kpi": row.kpi, "refusal": row.refusal}
    return render_to_string("kpis/checkin/wrong.html", context)


def _disabled(row: Row) -> str:
    return "" if row.is_open else " disabled"
