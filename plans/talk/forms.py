from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from plans.items.forms import ItemForm
from plans.talk.models import Comment
from plans.talk.services import write_comment


class CommentForm(ItemForm):
    class Meta:
        model = Comment
        fields = ["text"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        text = self.fields["text"]
        text.widget.attrs |= {
            "data-mentions": reverse("plans:plan_people", args=[self.plan.pk]),
            "rows": 3,
            "class": "form-control",
        }
        text.help_text = _("Name a colleague with @, and she is told.")
        text.error_messages["required"] = _("Write something first.")

    def clean_text(self) -> str:
        """Breaks of lines are one sign, so that places in the text count the same everywhere."""
        text = "\n".join(self.cleaned_data["text"].splitlines())
        if not text.strip():
            raise forms.ValidationError(self.fields["text"].error_messages["required"])
        return text

    def save(self, commit: bool = True) -> Comment:
        return write_comment(super().save(commit=False))
