"""What customers of the example say, and what was changed because of it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from analysis.gallery.innovatech.record import at_nine
from kpis.feedback.services import change_because, measure_survey
from kpis.models import Answer, Survey, Theme
from plans.models import Action, Plan, Segment

SURVEYED_DAYS = 180


@dataclass(frozen=True)
class Said:
    """`score` is one of ten from a survey, one of five from a review; `theme` is the place of its theme, if any."""

    score: int
    text: str | Promise = ""
    theme: int | None = None


@dataclass(frozen=True)
class Told:
    """Written down by somebody of the cast, so many days ago."""

    days: int
    who: str
    source: str
    place: str | Promise
    customer: str
    text: str | Promise
    score: int | None = None
    theme: int | None = None


THEMES = (
    (gettext_lazy("Waiting for quotes"), gettext_lazy("quote, offer, wait, week")),
    (gettext_lazy("Support"), gettext_lazy("support, help, engineer, call")),
    (gettext_lazy("Price"), gettext_lazy("price, expensive, cost")),
    (gettext_lazy("Onboarding"), gettext_lazy("training, start, manual")),
)
#: What was answered to the survey, the older first.
SURVEYED = (
    Said(6, gettext_lazy("The quote took two weeks, by then we had another."), 0),
    Said(9, gettext_lazy("An engineer was here the next morning."), 1),
    Said(8),
    Said(3, gettext_lazy("Five calls, and every time I told my case from the beginning."), 1),
    Said(7, gettext_lazy("Good product, but the price went up twice in a year."), 2),
    Said(10, gettext_lazy("The audit found what we had looked for in vain."), None),
    Said(5, gettext_lazy("We waited nine days for an offer."), 0),
    Said(9),
    Said(8, gettext_lazy("The first weeks were hard without training."), 3),
    Said(10, gettext_lazy("Reliable for six years."), None),
    Said(4, gettext_lazy("Nobody could say what the second module costs."), 2),
    Said(9, gettext_lazy("Quick help by phone."), 1),
    Said(7),
    Said(10, gettext_lazy("Our quote came the same day. That was new."), 0),
    Said(8, gettext_lazy("The manual is only there in English."), 3),
    Said(9, gettext_lazy("One person to call, at last."), 1),
    Said(10),
    Said(6, gettext_lazy("Expensive beside what others ask."), 2),
    Said(9, gettext_lazy("The offer was there in two days and easy to read."), 0),
    Said(10, gettext_lazy("Our account manager knows our business."), None),
)
REPEATED = (10, 8, 9, 7, 9, 6, 10, 8, 9, 10, 5, 9, 8, 10, 7, 9, 3, 10, 9, 8, 10, 9)
RECORDED = (
    Told(
        61, "member", "review", "Google", "K. Nowak", gettext_lazy("Competent, though slow before the contract."), 3, 0
    ),
    Told(44, "member", "review", "Capterra", "M. Weber", gettext_lazy("The best support in this class."), 5, 1),
    Told(23, "member", "review", "Google", "J. Kowalska", gettext_lazy("New quote portal: finally quick."), 5, 0),
    Told(
        30,
        "manager",
        "conversation",
        gettext_lazy("Trade fair"),
        "Nordlicht GmbH",
        gettext_lazy("They would renew for three years if training for new people were included."),
        None,
        3,
    ),
    Told(
        9,
        "manager",
        "conversation",
        gettext_lazy("Renewal call"),
        "Zielony Dom sp. z o.o.",
        gettext_lazy("They compare our price with Nextia every year, and stay for the service."),
        None,
        2,
    ),
)


def fill_feedback(
    plan: Plan, actions: Mapping[tuple[int, int], Action], cast: Mapping[str, User], *, today: dt.date
) -> None:
    themes = [
        Theme.objects.create(plan=plan, name=str(name), words=str(words), position=place)
        for place, (name, words) in enumerate(THEMES)
    ]
    survey = Survey.objects.create(
        plan=plan,
        title=_("How do you like working with us?"),
        intro=_("Two questions, half a minute. What you say decides what we change next."),
        opens_on=today - dt.timedelta(days=SURVEYED_DAYS + 10),
        asks_segment=True,
    )
    _answer_survey(survey, themes, today=today)
    for told in RECORDED:
        _record(plan, told, themes, cast, today=today)
    slow = change_because(themes[0], action=actions[0, 5], by=cast["manager"])
    slow.result = _("Quotes leave within two days; the last four answers praise it.")
    slow.save()
    called = Answer.objects.filter(plan=plan, score=3, survey=survey).earliest("pk")
    change_because(called, action=actions[1, 1], by=cast["manager"])


def measure_feedback(plan: Plan) -> None:
    """The survey becomes a KPI when those that people enter have been handed over."""
    measure_survey(Survey.objects.get(plan=plan))


def _answer_survey(survey: Survey, themes: list[Theme], *, today: dt.date) -> None:
    segments = [None, *Segment.objects.in_plan(survey.plan_id)]
    said = [*SURVEYED, *(Said(score) for score in REPEATED)]
    for place, one in enumerate(said):
        share = place % len(SURVEYED) / len(SURVEYED)
        on = today - dt.timedelta(days=round(SURVEYED_DAYS * (1 - share)) - place * 5 % 8)
        answer = Answer(
            plan_id=survey.plan_id,
            survey=survey,
            source=Answer.Source.SURVEY,
            on=min(on, today),
            scale=survey.scale,
            score=one.score,
            text=str(one.text),
            segment=segments[place * 7 % len(segments)],
        )
        answer._history_user, answer._history_date = None, at_nine(answer.on)
        _save(answer, one.theme, themes)


def _record(plan: Plan, told: Told, themes: list[Theme], cast: Mapping[str, User], *, today: dt.date) -> None:
    answer = Answer(
        plan=plan,
        source=told.source,
        on=today - dt.timedelta(days=told.days),
        scale="csat" if told.score else "",
        score=told.score,
        text=str(told.text),
        place=str(told.place),
        customer=told.customer,
        recorded_by=cast[told.who],
    )
    answer._history_user, answer._history_date = cast[told.who], at_nine(answer.on)
    _save(answer, told.theme, themes)


def _save(answer: Answer, theme: int | None, themes: list[Theme]) -> None:
    answer.save()
    if theme is not None:
        answer.themes.add(themes[theme])
