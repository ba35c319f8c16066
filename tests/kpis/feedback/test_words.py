from kpis.feedback.scores import CSAT, NPS, Counts, score_of
from kpis.feedback.words import interval_words, thin_words, value_words


def test_nps_is_said_with_its_doubt():
    score = score_of(NPS, Counts(total=120, happy=62, unhappy=24))

    assert (value_words(score), interval_words(score)) == ("NPS 32", "95 % between 17 and 45, n = 120")
    assert thin_words(score) == ""


def test_csat_is_a_share():
    assert value_words(score_of(CSAT, Counts(total=40, happy=30, unhappy=4))) == "CSAT 75%"


def test_few_answers_are_said_to_be_few():
    assert thin_words(score_of(NPS, Counts(12, 6, 2))) == "Only 12 answers: read it as a hint."
    assert thin_words(score_of(NPS, Counts(1, 1, 0))) == "Only one answer: read it as a hint."
