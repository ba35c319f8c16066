"""Questions across the models of feedback."""

from typing import Any, cast

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from kpis.feedback.models import HAPPY, UNHAPPY, Answer, Improvement, Survey, Theme
from kpis.feedback.scores import CSAT, NPS, RANGES, Counts, Score, mood_of, score_of
from plans.plan.models import Plan

SCORES = {
    f"{scale}_{name}": Count("pk", filter=Q(scale=scale, score__isnull=False) & condition, distinct=True)
    for scale in (NPS, CSAT)
    for name, condition in (("total", Q()), ("happy", HAPPY), ("unhappy", UNHAPPY))
}


def figures_of(answers: QuerySet[Answer]) -> tuple[int, list[Score]]:
    """How many answers there are, and the score on each scale that was used; one query."""
    counted: dict[str, int] = answers.order_by().aggregate(number=Count("pk", distinct=True), **SCORES)
    return counted["number"], scores_in(counted)


def scores_in(counted: dict[str, Any], prefix: str = "") -> list[Score]:
    counts = {scale: Counts(*(counted[f"{prefix}{scale}_{name}"] for name in Counts._fields)) for scale in (NPS, CSAT)}
    return [score for scale, one in counts.items() if (score := score_of(scale, one))]


def themes_of(plan: Plan) -> list[Any]:
    """Each with its `answer_count`, how many of these gave a score (`scored`) and were `unhappy`; most named first."""
    of_answer = Q(answers__score__isnull=False)
    unhappy = _of_answers(UNHAPPY)
    return list(
        Theme.objects.in_plan(plan)
        .annotate(
            answer_count=Count("answers", distinct=True),
            scored=Count("answers", filter=of_answer, distinct=True),
            unhappy=Count("answers", filter=unhappy, distinct=True),
            is_answered=Exists(Improvement.objects.filter(theme=OuterRef("pk"))),
        )
        .order_by("-answer_count", "name")
    )


def _of_answers(condition: Q) -> Q:
    """The same condition asked of a theme's answers."""
    children: list[Any] = [
        _of_answers(child) if isinstance(child, Q) else (f"answers__{child[0]}", child[1])
        for child in cast(list[Any], condition.children)
    ]
    return Q(*children, _connector=condition.connector, _negated=condition.negated)


def surveys_of(plan: Plan) -> list[Survey]:
    """Each with its `score`, `answer_count` and KPI."""
    counts = {
        f"n_{name}": Count("answers", filter=Q(answers__score__isnull=False) & _of_answers(condition))
        for name, condition in (("total", Q()), ("happy", HAPPY), ("unhappy", UNHAPPY))
    }
    surveys: list[Any] = list(
        Survey.objects.in_plan(plan)
        .annotate(answer_count=Count("answers"), **counts)
        .select_related("kpi")
        .order_by("position", "pk")
    )
    for survey in surveys:
        survey.plan = plan
        survey.score = score_of(survey.scale, Counts(survey.n_total, survey.n_happy, survey.n_unhappy))
    return surveys


def scores_by_answer(survey: Survey) -> tuple[Score | None, list[tuple[int, int, float]]]:
    """The score of a survey, and for each answer how many gave it and their share in percent, the best first."""
    given = Answer.objects.filter(survey=survey, score__isnull=False).order_by().values_list("score")
    numbers = dict(given.annotate(Count("pk")))
    counts = Counts()
    for score, number in numbers.items():
        mood = mood_of(survey.scale, score)
        counts = counts.plus(Counts(number, number * (mood == "happy"), number * (mood == "unhappy")))
    first, last = RANGES[survey.scale]
    bars = [
        (score, numbers.get(score, 0), 100 * numbers.get(score, 0) / (counts.total or 1))
        for score in range(last, first - 1, -1)
    ]
    return score_of(survey.scale, counts), bars
