from collections.abc import Iterator

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from plans.notices.models import Kind, NoticeSettings

INBOX, DIGEST = "inbox", "digest"
#: The field of the settings that each column of the form is about.
COLUMNS = {INBOX: "not_in_inbox", DIGEST: "not_in_digest"}
LABELS = {INBOX: _("In my inbox: %(kind)s"), DIGEST: _("In the daily e-mail: %(kind)s")}


class NoticeSettingsForm(forms.ModelForm):
    """A box for each kind of notice and each place."""

    class Meta:
        model = NoticeSettings
        fields = ["digest", "checkin_mail"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for column, unwanted in COLUMNS.items():
            for kind in Kind:
                label = str(LABELS[column]) % {"kind": kind.label}
                wanted = kind not in getattr(self.instance, unwanted)
                self.fields[f"{column}_{kind}"] = forms.BooleanField(label=label, required=False, initial=wanted)

    def rows(self) -> Iterator[tuple[str, BoundField, BoundField]]:
        for kind in Kind:
            yield str(kind.label), self[f"{INBOX}_{kind}"], self[f"{DIGEST}_{kind}"]

    def save(self, commit: bool = True) -> NoticeSettings:
        for column, unwanted in COLUMNS.items():
            off = [kind.value for kind in Kind if not self.cleaned_data[f"{column}_{kind}"]]
            setattr(self.instance, unwanted, off)
        self.instance.save(update_fields=[*self.Meta.fields, *COLUMNS.values()])
        return self.instance
