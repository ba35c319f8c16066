from crispy_forms.layout import Column, Layout, Row

from analysis.research.models import Finding, ResearchNote
from plans.items.forms import ItemForm


class ResearchNoteForm(ItemForm):
    class Meta:
        model = ResearchNote
        fields = ["title", "kind", "source", "on", "sample", "body"]

    def layout(self):
        return Layout(
            Row(Column("title", css_class="col-md-8"), Column("kind", css_class="col-md-4")),
            Row(
                Column("source", css_class="col-md-6"),
                Column("on", css_class="col-md-3"),
                Column("sample", css_class="col-md-3"),
            ),
            "body",
        )


class FindingForm(ItemForm):
    class Meta:
        model = Finding
        fields = ["statement", "kind", "evidence", "meaning"]

    def layout(self):
        return Layout(
            Row(Column("statement", css_class="col-md-9"), Column("kind", css_class="col-md-3")),
            "evidence",
            "meaning",
        )
