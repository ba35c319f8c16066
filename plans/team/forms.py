from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from plans.items.forms import ItemForm
from plans.team.models import Communication, Role, Team
from plans.team.queries import circle
from salesplan.lib.forms import SeveralRowsField


class TeamForm(ItemForm):
    class Meta:
        model = Team
        fields = ["name", "purpose"]


class WithTeam:
    """Two teams may both have a coordinator: the team stands beside the title."""

    def label_from_instance(self, obj: Role) -> str:
        return f"{obj.title} ({obj.team})"


class RoleChoice(WithTeam, forms.ModelChoiceField):
    pass


class RolesChoice(WithTeam, SeveralRowsField):
    pass


class RoleForm(ItemForm):
    reports_to = RoleChoice(
        Role.objects.none(), label=_("Reports to"), required=False, empty_label=_("Nobody in this plan")
    )

    class Meta:
        model = Role
        fields = ["title", "holder", "holder_name", "reports_to", "responsibilities"]
        help_texts = {"responsibilities": _("One per line, beginning with a dash, makes a list.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        others = Role.objects.in_plan(self.plan).select_related("team").order_by("team__position", "position", "pk")
        self.fields["reports_to"].queryset = others  # type: ignore[attr-defined]
        self.fields["holder"].empty_label = _("Nobody yet")  # type: ignore[attr-defined]

    def layout(self):
        return Layout(
            Row(Column("title"), Column("reports_to")), Row(Column("holder"), Column("holder_name")), "responsibilities"
        )

    def clean_reports_to(self) -> Role | None:
        superior = self.cleaned_data["reports_to"]
        if superior and self.instance.pk and (path := circle(self.instance, superior, plan=self.plan)):
            message = _("The line of reporting would run in a circle: %(path)s.")
            raise forms.ValidationError(message, params={"path": " → ".join(path)}, code="circle")
        return superior

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("holder") and cleaned.get("holder_name"):
            self.add_error("holder_name", _("Choose a member or write a name, not both."))
        return cleaned


class CommunicationForm(ItemForm):
    organiser = RoleChoice(
        Role.objects.none(), label=_("Organised by"), required=False, empty_label=_("Not decided yet")
    )
    participants = RolesChoice(
        Role.objects.none(),
        label=_("Participants"),
        required=False,
        widget=forms.SelectMultiple(attrs={"data-choose": True, "size": 6}),
    )

    class Meta:
        model = Communication
        fields = ["name", "purpose", "rhythm", "channel", "organiser", "participants", "agenda"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        roles = Role.objects.in_plan(self.plan).select_related("team").order_by("team__position", "position", "pk")
        for name in ("organiser", "participants"):
            self.fields[name].queryset = roles  # type: ignore[attr-defined]

    def layout(self):
        return Layout(
            "name",
            "purpose",
            Row(Column("rhythm"), Column("channel"), Column("organiser")),
            "participants",
            "agenda",
        )
