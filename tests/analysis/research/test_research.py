import pytest
from django.urls import reverse

from analysis.models import Finding, ResearchNote
from plans.models import BinnedItem
from tests.factories import FindingFactory, ResearchNoteFactory


def note_data(**changes) -> dict:
    return {"title": "Customer survey", "kind": "survey", "source": "", "on": "", "sample": "", "body": ""} | changes


def finding_data(**changes) -> dict:
    return {"statement": "Buyers want speed", "kind": "need", "evidence": "61%", "meaning": ""} | changes


def test_research_is_written_down_in_place(as_alice, plan, htmx):
    data = note_data(sample="312", on="2025-11-03", body="Sent to **all** customers")

    response = as_alice.post(reverse("analysis:researchnote_add", args=[plan.pk]), data, headers=htmx("research-board"))

    note = ResearchNote.objects.get()
    assert (note.sample, note.on.isoformat()) == (312, "2025-11-03")
    assert "<strong>all</strong>" in response.text
    assert "n = 312" in response.text


def test_a_reader_cannot_add_research(as_bob, plan):
    response = as_bob.post(reverse("analysis:researchnote_add", args=[plan.pk]), note_data())

    assert response.status_code == 403
    assert ResearchNote.objects.count() == 0


@pytest.mark.parametrize(
    "wrong", [{"title": ""}, {"sample": "-3"}, {"sample": "1e30"}, {"on": "2026-02-31"}, {"title": "x" * 10_000}]
)
def test_wrong_research_is_explained_and_nothing_is_saved(as_alice, plan, htmx, wrong):
    url = reverse("analysis:researchnote_add", args=[plan.pk])

    response = as_alice.post(url, note_data(**wrong), headers=htmx("research-board"))

    assert response.status_code == 422
    assert list(response.context["form"].errors) == list(wrong)
    assert ResearchNote.objects.count() == 0


def test_a_finding_stands_under_its_note(as_alice, plan, htmx):
    note = ResearchNoteFactory(plan=plan)

    response = as_alice.post(
        reverse("analysis:finding_add", args=[note.pk]), finding_data(), headers=htmx("research-board")
    )

    assert Finding.objects.get().note == note
    assert [finding.statement for finding in response.context["notes"].rows[0].shown] == ["Buyers want speed"]


def test_a_wrong_finding_keeps_what_was_typed(as_alice, plan, htmx):
    note = ResearchNoteFactory(plan=plan)
    url = reverse("analysis:finding_add", args=[note.pk])

    response = as_alice.post(url, finding_data(statement="", evidence="61% say so"), headers=htmx("research-board"))

    assert response.status_code == 422
    assert "61% say so" in response.text
    assert Finding.objects.count() == 0


def test_a_reader_cannot_change_a_finding(as_bob, plan):
    finding = FindingFactory(note__plan=plan)

    response = as_bob.post(reverse("analysis:finding_edit", args=[finding.pk]), finding_data())

    finding.refresh_from_db()
    assert response.status_code == 403
    assert finding.statement == "Buyers compare three suppliers"


def test_html_emoji_and_right_to_left_text_are_shown_as_they_are(as_alice, plan):
    ResearchNoteFactory(plan=plan, title="<b>Bold</b> 🎯 سوق", body="<script>alert(1)</script>")

    page = as_alice.get(reverse("analysis:research", args=[plan.pk])).text

    assert "&lt;b&gt;Bold&lt;/b&gt; 🎯 سوق" in page
    assert "<script>alert" not in page


def test_findings_are_filtered_by_kind(as_alice, plan):
    note = ResearchNoteFactory(plan=plan)
    FindingFactory(note=note, kind="need", statement="Speed")
    FindingFactory(note=note, kind="fact", statement="NPS 52")
    ResearchNoteFactory(plan=plan, title="Without findings")

    response = as_alice.get(reverse("analysis:research", args=[plan.pk]), {"kind": "need"})

    assert [note.title for note in response.context["notes"].rows] == ["Customer survey"]
    assert [finding.statement for finding in response.context["notes"].rows[0].shown] == ["Speed"]


def test_the_filter_stays_while_a_finding_is_edited(as_alice, plan, htmx):
    finding = FindingFactory(note__plan=plan, kind="need")
    FindingFactory(note=finding.note, kind="fact", statement="NPS 52")
    page = "http://testserver" + reverse("analysis:research", args=[plan.pk]) + "?kind=need"

    response = as_alice.post(
        reverse("analysis:finding_edit", args=[finding.pk]),
        finding_data(),
        headers=htmx("research-board") | {"HX-Current-URL": page},
    )

    assert response.context["kind"] == "need"
    assert "NPS 52" not in response.text


def test_an_unknown_kind_shows_everything(as_alice, plan):
    FindingFactory(note__plan=plan)

    response = as_alice.get(reverse("analysis:research", args=[plan.pk]), {"kind": "<x>"})

    assert response.context["kind"] == ""
    assert len(response.context["notes"].rows[0].shown) == 1


def test_deleted_research_comes_back_with_its_findings(as_alice, plan):
    finding = FindingFactory(note__plan=plan)
    as_alice.post(reverse("analysis:researchnote_delete", args=[finding.note_id]))
    assert Finding.objects.count() == 0

    as_alice.post(reverse("plans:item_restore", args=[BinnedItem.objects.get().pk]))

    assert Finding.objects.get().statement == finding.statement


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_with_one_note_and_with_three(as_alice, plan, rows, django_assert_num_queries):
    for _index in range(rows):
        FindingFactory.create_batch(rows, note=ResearchNoteFactory(plan=plan))
    url = reverse("analysis:research", args=[plan.pk])

    with django_assert_num_queries(8):  # session, user, plan, findings, notes, completeness, workspaces, week
        as_alice.get(url)
