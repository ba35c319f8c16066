"""Answers that come in a sheet."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from kpis.feedback.columns import guess_columns
from kpis.feedback.tasks import forget_feedback_sheets
from kpis.models import Answer, FeedbackSheet
from tests.factories import AnswerFactory, FeedbackSheetFactory, SegmentFactory, ThemeFactory

REVIEWS = """Date;Stars;Review;Author;Segment
2026-03-01;5;Quick and friendly;K. Nowak;Hospitals
2026-03-02;2;Two weeks for a quote;;Nobody
2026-03-03;9;Out of range;;
2099-01-01;4;From the future;;
2026-03-04;;;;
2026-03-05;4/5;;M. Weber;
"""


def bring(client, plan, content: str, name: str = "reviews.csv") -> FeedbackSheet:
    file = SimpleUploadedFile(name, content.encode())
    client.post(reverse("kpis:sheet_add", args=[plan.pk]), {"file": file})
    return FeedbackSheet.objects.latest("pk")


def carry_out(client, sheet):
    return client.post(reverse("kpis:sheet_import", args=[sheet.pk]))


@pytest.mark.parametrize(
    ("head", "columns"),
    [
        (["Date", "Stars", "Review", "Author", "Segment"], ["on", "score", "text", "customer", "segment"]),
        (["Data", "Ocena", "Treść opinii", "Klient", "Serwis"], ["on", "score", "text", "customer", "place"]),
        (["", "x", "Comment", "Comments"], ["", "", "text", ""]),
    ],
)
def test_columns_are_guessed_by_their_headings(head, columns):
    assert guess_columns(head) == columns


def test_a_sheet_is_shown_before_anything_happens(as_mia, plan):
    SegmentFactory(plan=plan, name="Hospitals")
    sheet = bring(as_mia, plan, REVIEWS)

    page = as_mia.get(reverse("kpis:sheet_detail", args=[sheet.pk]))

    assert [row.number for row in page.context["added"]] == [2, 3, 7]
    assert {row.number: row.reason for row in page.context["left_out"]} == {
        4: "“9” is no whole number from 1 to 5.",
        5: "This day is still to come.",
        6: "It has neither words nor a score.",
    }
    assert "There is no “Nobody” here." in page.text
    assert not Answer.objects.exists()


def test_it_is_imported_once_with_who_did_it(as_mia, mia, plan):
    segment = SegmentFactory(plan=plan, name="Hospitals")
    sheet = bring(as_mia, plan, REVIEWS.replace("2026-03-03;9", "2026-03-03;3"))

    for _ in range(2):
        carry_out(as_mia, sheet)

    best = Answer.objects.get(text="Quick and friendly")
    assert Answer.objects.count() == 4
    assert (best.score, best.scale, best.customer, best.segment) == (5, "csat", "K. Nowak", segment)
    assert (best.source, best.on, best.recorded_by) == ("review", dt.date(2026, 3, 1), mia)
    assert best.history.get().history_user == mia
    sheet.refresh_from_db()
    assert (sheet.state, sheet.added, sheet.rows) == ("done", 4, [])


def test_the_same_sheet_brought_again_adds_nothing(as_mia, plan):
    carry_out(as_mia, bring(as_mia, plan, REVIEWS))
    again = bring(as_mia, plan, REVIEWS)

    page = as_mia.get(reverse("kpis:sheet_detail", args=[again.pk]))

    assert page.context["added_count"] == 0
    assert "It is here already." in page.text


def test_scores_beyond_five_are_guessed_to_be_of_ten(as_mia, plan):
    sheet = bring(as_mia, plan, "Score,Comment\n9,Fine\n3,Slow\n")

    assert sheet.scale == "nps"


def test_columns_can_be_read_otherwise(as_mia, plan):
    sheet = bring(as_mia, plan, "A,B\n5,Fine\n")
    url = reverse("kpis:sheet_detail", args=[sheet.pk])
    about = {"source": "conversation", "scale": "nps", "day_first": ""}

    wrong = as_mia.post(url, about | {"column_0": "text", "column_1": "text"})
    none = as_mia.post(url, about | {"column_0": "", "column_1": ""})
    as_mia.post(url, about | {"column_0": "score", "column_1": "text"})
    carry_out(as_mia, sheet)

    assert "“A” holds this already." in wrong.text
    assert "Say which column holds what was said, or the score." in none.text
    answer = Answer.objects.get()
    assert (answer.score, answer.scale, answer.text, answer.source) == (5, "nps", "Fine", "conversation")


def test_days_that_could_be_two_are_asked_about(as_mia, plan):
    sheet = bring(as_mia, plan, "Date,Comment\n03/04/2026,Fine\n")

    carry_out(as_mia, sheet)
    before = Answer.objects.count()
    about = {"source": "review", "scale": "nps", "day_first": "True", "column_0": "on", "column_1": "text"}
    as_mia.post(reverse("kpis:sheet_detail", args=[sheet.pk]), about)
    carry_out(as_mia, sheet)

    assert before == 0
    assert Answer.objects.get().on == dt.date(2026, 4, 3)


def test_an_import_is_undone_but_for_what_was_worked_on_since(as_mia, plan):
    sheet = bring(as_mia, plan, REVIEWS)
    carry_out(as_mia, sheet)
    worked_on, theme = Answer.objects.get(text="Quick and friendly"), ThemeFactory(plan=plan)
    as_mia.post(reverse("kpis:answer_theme", args=[worked_on.pk]), {"put": theme.pk})
    mine = AnswerFactory(plan=plan)

    page = as_mia.post(reverse("kpis:sheet_undo", args=[sheet.pk]), follow=True)

    assert set(Answer.objects.all()) == {worked_on, mine}
    assert "1 answer stays: somebody has worked on it since." in page.text


def test_what_is_no_sheet_is_refused_in_words(as_mia, plan):
    file = SimpleUploadedFile("reviews.xlsx", b"nothing of the kind")

    page = as_mia.post(reverse("kpis:sheet_add", args=[plan.pk]), {"file": file})

    assert page.status_code == 422
    assert "This is no Excel workbook" in page.text


def test_readers_import_nothing(as_bob, plan):
    sheet = FeedbackSheetFactory(plan=plan)

    assert carry_out(as_bob, sheet).status_code == 403
    assert not Answer.objects.exists()


def test_sheets_are_forgotten_after_a_month(plan):
    old = FeedbackSheetFactory(plan=plan, created_at=timezone.now() - dt.timedelta(days=31))
    answer = AnswerFactory(plan=plan, sheet=old)
    FeedbackSheetFactory(plan=plan)

    forget_feedback_sheets.call()

    assert FeedbackSheet.objects.count() == 1
    answer.refresh_from_db()
    assert answer.sheet is None
