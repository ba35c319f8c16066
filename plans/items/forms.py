"""The form of any item of a plan: what it offers and what it checks."""

import uuid
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.db import models
from django.db.models import Max

from accounts.models import User
from plans.plan.merging import MergingForm
from plans.plan.models import Plan, PlanItem
from plans.plan.records import LinkChanges, changes_of_links
from salesplan.lib.forms import localise_fields


class ItemForm(MergingForm):
    """Edits one item. Every choice comes from the item's own plan and workspace, whatever was posted.

    What happens when two people edit one row: plans.plan.merging.
    """

    uid = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, plan: Plan, parent: models.Model | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.plan = plan
        if self.instance.pk is None:
            self.instance.plan = plan
            if self.instance.PARENT != "plan" and parent is not None:
                setattr(self.instance, self.instance.PARENT, parent)
            self.initial.setdefault("uid", uuid.uuid4())
        # Two forms may be open on one page: a label must find its own field.
        self.auto_id = f"id_{self.instance._meta.model_name}_{self.instance.pk or 'new'}_%s"
        self._limit_choices()
        localise_fields(self.fields, currency=plan.currency)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.render_hidden_fields = True
        # A page of its own asks for it; elsewhere the page is there already, with all its styles and scripts.
        self.helper.include_media = False
        if layout := self.layout():
            self.helper.layout = layout

    def layout(self):
        """A crispy Layout of what one sees; all fields in their order when there is none."""
        return None

    def _limit_choices(self) -> None:
        for choice in self.fields.values():
            queryset = getattr(choice, "queryset", None)
            if queryset is None:
                continue
            if issubclass(queryset.model, PlanItem):
                choice.queryset = queryset.model.objects.filter(plan=self.plan)
            elif queryset.model is User:
                choice.queryset = User.objects.in_workspace(self.plan.workspace_id)

    # Saving

    def save(self, commit: bool = True) -> Any:
        """The row, of the form's own model."""
        item = self.instance
        if item.pk is None:
            item.uid = self.cleaned_data.get("uid") or uuid.uuid4()
            last = item.siblings().aggregate(last=Max("position"))["last"]
            item.position = 0 if last is None else last + 1
        elif self.cleaned_data.get("version") is not None:
            item.version = self._current.version
        item.changed_links = self.links_changed()
        return super().save(commit)

    def links_changed(self) -> LinkChanges:
        """The links to many that the form sets, where they are not as they were; they are saved after the row."""
        before, after = {}, {}
        for name in {field.name for field in self.instance._meta.many_to_many} & set(self.fields):
            before[name] = [row.pk for row in self.initial.get(name) or ()]
            after[name] = [row.pk for row in self.cleaned_data[name]]
        return changes_of_links(before, after)

    def already_saved(self) -> Any:
        """The row this very form has added before, when it is sent twice."""
        try:
            uid = uuid.UUID(str(self.data.get(self.add_prefix("uid"), "")))
        except ValueError:
            return None
        return type(self.instance)._default_manager.filter(plan=self.plan, uid=uid).first()
