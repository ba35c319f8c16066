"""What a customer fills in; what tells people from programs is part of it, so nobody else is asked."""

import uuid
from typing import Any

from django import forms
from django.core import signing
from django.core.signing import TimestampSigner
from django.utils.translation import gettext_lazy as _

from kpis.feedback.models import Survey
from kpis.feedback.scores import NPS, RANGES
from plans.targeting.models import Segment

#: Faster than this nobody has read the question; slower, and the page is from another day.
FASTEST, SLOWEST = 3, 24 * 3600
LONGEST = 2000


class PublicAnswerForm(forms.Form):
    score = forms.TypedChoiceField(
        coerce=int, widget=forms.RadioSelect, error_messages={"required": _("Choose one of the numbers.")}
    )
    text = forms.CharField(
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": _("Please say it in %(limit_value)d characters at most.")},
    )
    segment = forms.ModelChoiceField(
        Segment.objects.none(),
        required=False,
        label=_("What describes you best?"),
        empty_label=_("I would rather not say"),
    )
    #: A signed number: when the page was made, and for this one answer.
    ticket = forms.CharField(widget=forms.HiddenInput, required=False)
    #: No person sees it, and programs like to fill in addresses.
    website = forms.CharField(required=False, widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}))

    def __init__(self, data: Any = None, *, survey: Survey):
        super().__init__(data, auto_id="answer_%s", initial={"ticket": new_ticket(survey)})
        self.survey = survey
        first, last = RANGES[survey.scale]
        fields: Any = self.fields
        fields["score"].choices = [(number, str(number)) for number in range(first, last + 1)]
        fields["score"].label, fields["text"].label = survey.asked
        fields["segment"].queryset = Segment.objects.in_plan(survey.plan_id)
        if not survey.asks_segment:
            del fields["segment"]
        self.needs_new_ticket = False

    @property
    def ends(self) -> tuple[str, str]:
        """What the first and the last number mean."""
        if self.survey.scale == NPS:
            return str(_("not at all likely")), str(_("extremely likely"))
        return str(_("very dissatisfied")), str(_("very satisfied"))

    @property
    def is_a_program(self) -> bool:
        return bool(self.data.get("website"))

    @property
    def ticket_to_send(self) -> str:
        return new_ticket(self.survey) if self.needs_new_ticket or not self.is_bound else self.data.get("ticket", "")

    def clean_ticket(self) -> uuid.UUID:
        """The uid of the answer, once the page has been looked at for a moment."""
        signer = _signer(self.survey)
        try:
            ticket = self.cleaned_data["ticket"]
            uid = uuid.UUID(signer.unsign(ticket, max_age=SLOWEST))
        except (signing.BadSignature, ValueError):
            self.needs_new_ticket = True
            raise forms.ValidationError(_("This page was open for long. Please press “Send” once more.")) from None
        if _is_younger(signer, ticket, FASTEST):
            raise forms.ValidationError(_("That was too quick for us. Please press “Send” once more."))
        return uid


def new_ticket(survey: Survey) -> str:
    return _signer(survey).sign(uuid.uuid4().hex)


def _signer(survey: Survey) -> TimestampSigner:
    return TimestampSigner(salt=f"kpis.feedback.{survey.uid.hex}")


def _is_younger(signer: TimestampSigner, ticket: str, seconds: int) -> bool:
    try:
        signer.unsign(ticket, max_age=seconds)
    except signing.SignatureExpired:
        return False
    return True
