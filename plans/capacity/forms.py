from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from plans.capacity.hours import name_key
from plans.capacity.models import Capacity, TimeAway
from plans.items.forms import ItemForm
from plans.team.models import Role
from salesplan.lib.numbers import format_number


class CapacityForm(ItemForm):
    name = forms.ChoiceField(
        label=_("Or person (name)"), required=False, help_text=_("Somebody who holds a role and does not sign in.")
    )

    class Meta:
        model = Capacity
        fields = ["person", "name", "hours"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        names = {*Role.objects.in_plan(self.plan).values_list("holder_name", flat=True), self.instance.name}
        self.fields["name"].choices = [("", "–"), *((name, name) for name in sorted(names - {""}, key=str.casefold))]
        self.fields["person"].empty_label = "–"
        usual = format_number(self.plan.workspace.hours_per_week)
        self.fields["hours"].help_text = _("Empty: what is usual in the company, %(hours)s.") % {"hours": usual}

    def layout(self):
        return Layout(Row(Column("person"), Column("name"), Column("hours")))

    def clean(self):
        cleaned = super().clean()
        person, name = cleaned.get("person"), cleaned.get("name")
        if bool(person) == bool(name) and not {"person", "name"} & set(self.errors):
            self.add_error("name", _("Choose a member or a name."))
        elif others := self._others(person, name or ""):
            message = _("%(person)s has hours in this plan already: change them there.") % {"person": others[0]}
            self.add_error("person" if person else "name", message)
        return cleaned

    def _others(self, person, name: str) -> list[Capacity]:
        """Rows about the same person: a name is the same in capitals."""
        rows = Capacity.objects.in_plan(self.plan).exclude(pk=self.instance.pk).select_related("person")
        if person:
            return list(rows.filter(person=person))
        return [row for row in rows.filter(person=None) if name and name_key(row.name) == name_key(name)]


class TimeAwayForm(ItemForm):
    class Meta:
        model = TimeAway
        fields = ["starts_on", "ends_on", "hours"]

    def layout(self):
        return Layout(Row(Column("starts_on"), Column("ends_on"), Column("hours")))
