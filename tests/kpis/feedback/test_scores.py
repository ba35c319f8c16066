"""Intervals against published numbers, and against what they promise."""

import random

import pytest

from kpis.feedback.scores import CSAT, NPS, Counts, score_of


@pytest.mark.parametrize(
    ("happy", "total", "low", "high"),
    # Newcombe, Statistics in Medicine 17 (1998), table I, method 3.
    [(81, 263, 25.53, 36.62), (15, 148, 6.24, 16.05), (0, 20, 0.0, 16.11), (1, 29, 0.61, 17.18)],
)
def test_the_interval_of_csat_is_wilsons(happy, total, low, high):
    score = score_of(CSAT, Counts(total, happy, 0))

    assert (round(score.low, 2), round(score.high, 2)) == (low, high)


def test_nps_is_promoters_less_detractors():
    score = score_of(NPS, Counts(total=120, happy=62, unhappy=24))

    assert (round(score.value, 1), score.n) == (31.7, 120)


def test_the_interval_of_nps_is_an_adjusted_wald_interval_worked_by_hand():
    """12 and 4 of 20: 12.75 / 23 and 4.75 / 23, so the middle is 0.3478, the variance 0.6399, the error 0.1668."""
    score = score_of(NPS, Counts(total=20, happy=12, unhappy=4))

    assert (round(score.value, 1), round(score.low, 1), round(score.high, 1)) == (40.0, 2.1, 67.5)


@pytest.mark.parametrize("counts", [Counts(1, 1, 0), Counts(2, 0, 2), Counts(1, 0, 0), Counts(5, 5, 0)])
def test_a_handful_of_equal_answers_is_not_certain_and_holds_its_own_figure(counts):
    score = score_of(NPS, counts)

    assert -100 <= score.low <= score.value <= score.high <= 100
    assert score.high - score.low > 50
    assert score.is_thin


def test_without_answers_nothing_is_measured():
    assert (score_of(NPS, Counts()), score_of(CSAT, Counts())) == (None, None)


@pytest.mark.parametrize(
    ("promoters", "detractors", "n"), [(0.5, 0.2, 40), (0.7, 0.05, 25), (0.3, 0.4, 120), (0.9, 0.02, 30)]
)
def test_about_nineteen_of_twenty_samples_hold_the_true_nps(promoters, detractors, n):
    draw = random.Random(n)  # noqa: S311 (a simulation that must always be the same)
    held = sum(_holds(draw, promoters, detractors, n) for _ in range(2000))

    assert 0.93 <= held / 2000 <= 0.985


def _holds(draw: random.Random, promoters: float, detractors: float, n: int) -> bool:
    said = draw.choices(["happy", "unhappy", "neutral"], [promoters, detractors, 1 - promoters - detractors], k=n)
    score = score_of(NPS, Counts(n, said.count("happy"), said.count("unhappy")))
    return score.low <= 100 * (promoters - detractors) <= score.high
