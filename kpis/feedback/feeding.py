"""A KPI that a survey feeds has the score of each of its periods, computed from the answers of that period.

What somebody typed stays, and so does every value of a KPI that no survey feeds any more: it is what was measured.
"""

import datetime as dt
from collections.abc import Collection, Iterable
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Count, Model
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.utils import timezone

from kpis.feedback.models import HAPPY, UNHAPPY, Answer, Survey
from kpis.feedback.scores import ENOUGH, Counts, score_of
from kpis.kpi.models import Kpi
from kpis.kpi.periods import last_day, period_of
from kpis.readings.models import Reading
from kpis.readings.services import enter_reading, lock_kpi
from plans.plan.signals import rows_rewritten

#: From so many answers a period's score is as sure as such figures get.
PLENTY = 100
CONFIDENCE = Reading.Confidence
#: Of an answer, what a score hangs from.
MEASURED = {"on", "scale", "score", "survey"}


@transaction.atomic
def feed_kpi(kpi: Kpi, *, at: dt.datetime, day: dt.date | None = None) -> None:
    """Set what the answers say for every period of `kpi`, or for the one that `day` belongs to."""
    lock_kpi(kpi)
    answers = Answer.objects.filter(survey__kpi=kpi, score__isnull=False)
    readings = Reading.objects.filter(kpi=kpi)
    if day:
        period = period_of(day, kpi.rhythm)
        answers = answers.filter(on__range=(period, last_day(period, kpi.rhythm)))
        readings = readings.filter(period=period)
    counts, scale = _counts_by_period(answers, kpi.rhythm)
    there = {reading.period: reading for reading in readings}
    for period in sorted({*counts, *there}):
        _set(kpi, period, scale, counts.get(period, Counts()), there.get(period), at=at)


def _counts_by_period(answers: Any, rhythm: str) -> tuple[dict[dt.date, Counts], str]:
    days = answers.order_by("on").values("on", "scale")
    days = days.annotate(n=Count("pk"), happy=Count("pk", filter=HAPPY), unhappy=Count("pk", filter=UNHAPPY))
    counts: dict[dt.date, Counts] = {}
    scale = ""
    for row in days:
        period = period_of(row["on"], rhythm)
        counts[period] = counts.get(period, Counts()).plus(Counts(row["n"], row["happy"], row["unhappy"]))
        scale = row["scale"]
    return counts, scale


def _set(kpi: Kpi, period: dt.date, scale: str, counts: Counts, reading: Reading | None, *, at: dt.datetime) -> None:
    if reading and reading.source != Reading.Source.SURVEY:
        return
    score = score_of(scale, counts)
    if score is None:
        if reading:
            reading.delete()
        return
    inputs = {name: Decimal(number) for name, number in counts._asdict().items()}
    if reading and reading.inputs == {name: str(number) for name, number in inputs.items()}:
        return
    enter_reading(
        kpi=kpi,
        period=period,
        value=round(Decimal(score.value), 1),
        inputs=inputs,
        by=None,
        at=at,
        confidence=_confidence(score.n),
        source=Reading.Source.SURVEY,
    )


def _confidence(n: int) -> str:
    return CONFIDENCE.LOW if n < ENOUGH else CONFIDENCE.MEDIUM if n < PLENTY else CONFIDENCE.HIGH


def kept_readings(survey: Survey) -> list[Reading]:
    """Values of its KPI in periods that have answers, which somebody typed and the answers therefore leave alone."""
    assert survey.kpi is not None  # noqa: S101 (asked of surveys that feed one)
    days = Answer.objects.filter(survey__kpi=survey.kpi, score__isnull=False).order_by().values_list("on").distinct()
    periods = {period_of(day, survey.kpi.rhythm) for (day,) in days}
    others = Reading.objects.filter(kpi=survey.kpi).exclude(source=Reading.Source.SURVEY)
    return [reading for reading in others.select_related("entered_by") if reading.period in periods]


@receiver(post_save, sender=Answer)
def feed_by_answer(
    instance: Answer, created: bool, update_fields: Collection[str] | None = None, **kwargs: Any
) -> None:
    """An answer that was changed may have left a period: all of them are looked at then."""
    counts = update_fields is None or MEASURED & set(update_fields)
    if instance.survey_id and counts:
        day = instance.on if created else None
        for kpi in Kpi.objects.filter(surveys=instance.survey_id):
            feed_kpi(kpi, at=timezone.now(), day=day)


@receiver(post_save, sender=Survey)
def feed_by_survey(instance: Survey, **kwargs: Any) -> None:
    if instance.kpi:
        feed_kpi(instance.kpi, at=timezone.now())


@receiver(rows_rewritten)
def feed_by_bin(plan_id: int, models: Collection[type[Model]], **kwargs: Any) -> None:
    """Answers have gone to the bin or come back."""
    if Answer in models:
        feed_all(Kpi.objects.filter(plan=plan_id, surveys__isnull=False).distinct())


def feed_all(kpis: Iterable[Kpi]) -> None:
    for kpi in kpis:
        feed_kpi(kpi, at=timezone.now())
