"""What a customer meets at the address of a survey."""

import datetime as dt
import re
import time

import pytest
from django.core.cache import cache
from django.core.signing import TimestampSigner, b62_encode
from django.urls import reverse
from django.utils import timezone

from kpis.feedback.public_forms import new_ticket
from kpis.models import Answer, Survey
from plans.models import Plan
from tests.factories import AnswerFactory, SegmentFactory, SurveyFactory

TODAY = timezone.localdate()


@pytest.fixture(autouse=True)
def fresh_limits(db):
    cache.clear()


@pytest.fixture
def survey(plan):
    return SurveyFactory(plan=plan, title="How was it?", language="en")


def ticket_of(page) -> str:
    return re.search(r'name="ticket" value="([^"]+)"', page.text)[1]


def read_slowly(survey, monkeypatch, *, seconds: float = 20) -> str:
    """A ticket of a page that was opened that long ago."""
    with monkeypatch.context() as earlier:
        earlier.setattr(TimestampSigner, "timestamp", lambda signer: b62_encode(int(time.time() - seconds)))
        return new_ticket(survey)


def send(client, survey, monkeypatch, **data):
    given = {"score": "9", "text": "Quick help.", "ticket": read_slowly(survey, monkeypatch)} | data
    return client.post(survey.answer_url, given)


def test_a_customer_answers_without_signing_in(client, survey, monkeypatch):
    response = send(client, survey, monkeypatch)
    thanks = client.get(response.url)

    answer = survey.answers.get()
    assert (answer.score, answer.scale, answer.text, answer.source) == (9, "nps", "Quick help.", "survey")
    assert (answer.on, answer.recorded_by) == (TODAY, None)
    assert "Thank you for your answer" in thanks.text


def test_the_history_names_nobody_even_when_a_colleague_tries_it(as_alice, survey, monkeypatch):
    send(as_alice, survey, monkeypatch)

    assert survey.answers.get().history.get().history_user is None


def test_nothing_in_the_answer_says_from_where_it_came(client, survey, monkeypatch):
    send(client, survey, monkeypatch)

    kept = {field.name for field in Answer._meta.get_fields()}
    assert not [name for name in kept if "ip" in name.split("_") or "address" in name or "agent" in name]


def test_the_page_speaks_the_language_of_the_survey_and_not_of_the_browser(client, survey):
    survey.language = "pl"
    survey.save()

    page = client.get(survey.answer_url, headers={"accept-language": "en"})

    assert '<html lang="pl"' in page.text
    assert page.headers["Content-Language"] == "pl"


def test_without_a_language_of_its_own_it_speaks_the_companys(client, survey):
    survey.language = ""
    survey.save()
    survey.plan.workspace.language = "pl"
    survey.plan.workspace.save()

    assert '<html lang="pl"' in client.get(survey.answer_url).text


def test_the_same_form_sent_twice_is_one_answer(client, survey, monkeypatch):
    ticket = read_slowly(survey, monkeypatch)

    for _ in range(2):
        client.cookies.clear()
        send(client, survey, monkeypatch, ticket=ticket)

    assert survey.answers.count() == 1


def test_a_browser_that_has_answered_is_told_so(client, survey, monkeypatch):
    send(client, survey, monkeypatch)

    page = client.get(survey.answer_url)
    again = send(client, survey, monkeypatch)

    assert "You have answered already" in page.text
    assert "You have answered already" in again.text
    assert survey.answers.count() == 1


def test_a_cookie_somebody_made_up_is_no_answer(client, survey):
    client.cookies[f"answered-{survey.pk}"] = "2026-01-01:nonsense"

    assert "How was it?" in client.get(survey.answer_url).text


def test_programs_that_fill_in_everything_are_thanked_and_forgotten(client, survey, monkeypatch):
    response = send(client, survey, monkeypatch, website="https://spam.example")

    assert response.status_code == 302
    assert survey.answers.count() == 0


def test_a_form_sent_at_once_is_asked_to_be_sent_again_and_loses_nothing(client, survey):
    ticket = ticket_of(client.get(survey.answer_url))

    page = client.post(survey.answer_url, {"score": "3", "text": "It took weeks.", "ticket": ticket})

    assert page.status_code == 422
    assert "That was too quick for us" in page.text
    assert "It took weeks." in page.text
    assert re.search(r'value="3"[^>]* checked', page.text)
    assert ticket_of(page) == ticket
    assert survey.answers.count() == 0


@pytest.mark.parametrize("ticket", ["", "nonsense", "x:y:z"])
def test_a_form_without_a_true_ticket_gets_a_new_one(client, survey, ticket):
    page = client.post(survey.answer_url, {"score": "3", "ticket": ticket})

    assert page.status_code == 422
    assert "This page was open for long" in page.text
    assert ticket_of(page) not in {"", ticket}


def test_a_ticket_of_another_survey_is_none(client, survey, plan, monkeypatch):
    other = SurveyFactory(plan=plan)

    page = send(client, survey, monkeypatch, ticket=read_slowly(other, monkeypatch))

    assert page.status_code == 422
    assert Answer.objects.count() == 0


def test_a_page_from_yesterday_is_sent_once_more(client, survey, monkeypatch):
    page = send(client, survey, monkeypatch, ticket=read_slowly(survey, monkeypatch, seconds=100_000))

    assert "This page was open for long" in page.text


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"score": ""}, "Choose one of the numbers."),
        ({"score": "11"}, "11 is not one of the available choices"),
        ({"score": "-1"}, "-1 is not one of the available choices"),
        ({"text": "x" * 2001}, "Please say it in 2000 characters at most."),
        ({"text": "a\x00b"}, "Null characters are not allowed."),
    ],
)
def test_what_cannot_be_taken_is_explained(client, survey, monkeypatch, given, said):
    page = send(client, survey, monkeypatch, **given)

    assert page.status_code == 422
    assert said in page.text
    assert survey.answers.count() == 0


def test_markup_is_kept_as_text(client, survey, as_bob, monkeypatch):
    send(client, survey, monkeypatch, text="<script>alert(1)</script>")

    page = as_bob.get(reverse("kpis:feedback", args=[survey.plan_id]))

    assert "&lt;script&gt;alert(1)" in page.text


def test_one_address_does_not_flood_a_survey(client, survey, monkeypatch, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"survey_answers": "2/h/ip"}
    for _ in range(2):
        client.cookies.clear()
        send(client, survey, monkeypatch)
    client.cookies.clear()

    page = send(client, survey, monkeypatch, text="What I had to say.")

    assert page.status_code == 429
    assert "What I had to say." in page.text
    assert survey.answers.count() == 2


def test_a_segment_is_asked_for_where_the_survey_wants_it(client, survey, monkeypatch):
    segment = SegmentFactory(plan=survey.plan, name="Hospitals")
    other = SegmentFactory(name="Banks of somebody else")
    assert "Hospitals" not in client.get(survey.answer_url).text
    survey.asks_segment = True
    survey.save()

    page = client.get(survey.answer_url)
    refused = send(client, survey, monkeypatch, segment=other.pk)
    send(client, survey, monkeypatch, segment=segment.pk)

    assert "Hospitals" in page.text
    assert "Banks of somebody else" not in page.text
    assert refused.status_code == 422
    assert survey.answers.get().segment == segment


@pytest.mark.parametrize(
    ("values", "status", "said"),
    [
        ({"is_paused": True}, 410, "This survey is paused"),
        ({"opens_on": TODAY + dt.timedelta(days=3)}, 200, "This survey is not open yet"),
        ({"closes_on": TODAY - dt.timedelta(days=1)}, 410, "This survey is closed"),
    ],
)
def test_a_survey_that_is_not_open_says_so_and_takes_nothing(client, survey, monkeypatch, values, status, said):
    Survey.objects.filter(pk=survey.pk).update(**values)

    page = client.get(survey.answer_url)
    sent = send(client, survey, monkeypatch)

    assert (page.status_code, sent.status_code) == (status, status)
    assert said in page.text
    assert survey.answers.count() == 0


def test_a_survey_closes_with_its_plan(client, survey):
    Plan.objects.filter(pk=survey.plan_id).update(status="closed")

    assert "This survey is closed" in client.get(survey.answer_url).text


def test_a_renewed_link_ends_the_one_that_is_out(client, as_alice, survey):
    out = survey.answer_url
    number = {"number": survey.link_number}

    for _ in range(2):  # pressed twice, it is renewed once
        as_alice.post(reverse("kpis:survey_renew", args=[survey.pk]), number)

    survey.refresh_from_db()
    assert survey.link_number == 2
    assert client.get(out).status_code == 404
    assert client.get(survey.answer_url).status_code == 200


@pytest.mark.parametrize("token", ["nothing", "abc-1.sig", "../x"])
def test_an_address_nobody_gave_out_leads_nowhere(client, db, token):
    page = client.get(f"/feedback/{token}/")

    assert page.status_code == 404


def test_the_page_asks_little_of_the_server(client, survey, django_assert_num_queries):
    AnswerFactory.create_batch(3, plan=survey.plan, survey=survey)

    # (1): the survey with its plan and company.
    with django_assert_num_queries(1):
        client.get(survey.answer_url)


def test_it_is_not_for_search_engines_nor_stored_on_the_way(client, survey):
    page = client.get(survey.answer_url)

    assert page.headers["X-Robots-Tag"] == "noindex"
    assert "no-store" in page.headers["Cache-Control"]
