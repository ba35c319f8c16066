"""The filters of the action table; all of them live in the URL, which alone reproduces the view."""

import copy
import datetime as dt
from typing import Any

import django_filters as filters
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from plans.actions.dependencies import waiting
from plans.actions.health import disagreeing
from plans.actions.models import DUE_SOON_DAYS, Action
from plans.actions.news import changed_by_others
from plans.actions.spreading import works_in
from plans.actions.weeks import WEEK, monday_of, read_week, week_days, week_name, week_text
from plans.objectives.models import Objective
from plans.plan.models import Plan
from plans.team.models import Role
from salesplan.lib.forms import EARLIEST, LocalDateInput, LocalDecimalField, SeveralRows

WEEKS_OFFERED = 26


class Due(filters.ChoiceFilter):
    """Deadlines in the words people use for them."""

    CHOICES = (
        ("late", _("Overdue")),
        ("soon", _("Due within 7 days")),
        ("month", _("Due within 30 days")),
        ("none", _("Without a deadline")),
    )


class NumberFilter(filters.NumberFilter):
    field_class = LocalDecimalField


class ObjectivesField(SeveralRows, filters.ModelMultipleChoiceFilter.field_class):
    pass


class ObjectivesFilter(filters.ModelMultipleChoiceFilter):
    field_class = ObjectivesField


class ActionFilter(filters.FilterSet):
    """Filters by each column of the table, over the actions of one plan.

    Give it the plan and today's date; choices come from the plan alone, so that no name of another
    company can be read off a select. None of them reaches over rows of which an action has many, so nothing has to
    be made distinct, which would forbid a view to number its rows.
    """

    q = filters.CharFilter(label=_("Words"), method="by_words")
    objective = ObjectivesFilter(label=_("Objective"), queryset=lambda request: request.objectives, distinct=False)
    kind = filters.MultipleChoiceFilter(label=_("Kind"), choices=Action.Kind.choices, distinct=False)
    who = filters.MultipleChoiceFilter(label=_("Responsible"), method="by_responsible", choices=())
    status = filters.MultipleChoiceFilter(label=_("Status"), choices=Action.Status.choices, distinct=False)
    health = filters.MultipleChoiceFilter(label=_("Health"), choices=Action.Health.choices, distinct=False)
    disagrees = filters.ChoiceFilter(
        label=_("Status and health"),
        choices=[("yes", _("Where they disagree"))],
        method="by_disagreement",
        empty_label=_("Any"),
    )
    priority = filters.MultipleChoiceFilter(label=_("Priority"), choices=Action.Priority.choices, distinct=False)
    due = Due(label=_("Deadline"), choices=Due.CHOICES, method="by_due", empty_label=_("Any"))
    deadline_from = filters.DateFilter(
        label=_("Deadline from"), field_name="deadline", lookup_expr="gte", widget=LocalDateInput
    )
    deadline_to = filters.DateFilter(
        label=_("Deadline to"), field_name="deadline", lookup_expr="lte", widget=LocalDateInput
    )
    start_from = filters.DateFilter(
        label=_("Start from"), field_name="starts_on", lookup_expr="gte", widget=LocalDateInput
    )
    start_to = filters.DateFilter(label=_("Start to"), field_name="starts_on", lookup_expr="lte", widget=LocalDateInput)
    waiting = filters.ChoiceFilter(
        label=_("Waiting"),
        choices=[("yes", _("For actions that are not done"))],
        method="by_waiting",
        empty_label=_("Any"),
    )
    effort = filters.ChoiceFilter(
        label=_("Effort"),
        choices=[("known", _("Known")), ("unknown", _("Not known, and open"))],
        method="by_effort",
        empty_label=_("Any"),
    )
    week = filters.ChoiceFilter(label=_("Work in week"), choices=(), method="by_week", empty_label=_("Any"))
    kpi = filters.CharFilter(label=_("KPI"), method="by_kpi")
    changed = filters.ChoiceFilter(
        label=_("Changed"),
        choices=[("visit", _("By others since my last visit"))],
        method="by_news",
        empty_label=_("Any"),
    )
    changed_from = filters.DateFilter(label=_("Changed since"), method="by_change", widget=LocalDateInput)
    budget_from = NumberFilter(label=_("Budget from"), method="by_money")
    roi_from = NumberFilter(label=_("ROI from, %"), method="by_money")

    class Meta:
        model = Action
        fields: list[str] = []

    def __init__(self, data: Any, *, plan: Plan, today: dt.date):
        self.objectives = Objective.objects.in_plan(plan)
        self.plan, self.today = plan, today
        # As the library does it, but for the copies of its filters, a tenth of a page's time: most visits use none.
        self.data, self.is_bound, self.form_prefix = data, True, None
        self.queryset, self.request = Action.objects.in_plan(plan), self

    @cached_property
    def filters(self) -> dict[str, filters.Filter]:
        copies = copy.deepcopy(self.base_filters)
        for each in copies.values():
            each.model, each.parent = Action, self
        return copies

    @property
    def lets_all_through(self) -> bool:
        return not any(value for name in self.base_filters for value in self.data.getlist(name))

    @property
    def qs(self) -> QuerySet:
        """Most visits filter nothing, and need no form to find that out."""
        return self.queryset.all() if self.lets_all_through else super().qs

    def get_form_class(self):
        """Only a page that shows or uses the filter by people pays for its choices."""
        form_class = super().get_form_class()
        if "who" in self.data or "filters" in self.data:
            form_class.base_fields["who"].choices = responsible_choices(self.plan)
        if "week" in self.data or "filters" in self.data:
            form_class.base_fields["week"].choices = week_choices(self.data.get("week", ""), self.today)
        for field in form_class.base_fields.values():
            if getattr(field.widget, "allow_multiple_selected", False):
                field.widget.attrs |= {"data-choose": "", "data-placeholder": _("Any")}
        return form_class

    def labels_of(self, name: str) -> list[tuple[str, str]]:
        """The values of a filter in words."""
        if name == "objective":
            return [(str(pk), title) for pk, title in self.objectives.values_list("pk", "title")]
        return flat_choices(getattr(self.form.fields[name], "choices", ()))

    def by_words(self, actions: QuerySet, name: str, value: str) -> QuerySet:
        for word in value.split()[:8]:
            actions = actions.filter(Q(title__icontains=word) | Q(description__icontains=word))
        return actions

    def by_responsible(self, actions: QuerySet, name: str, values: list[str]) -> QuerySet:
        wanted = Q()
        for value in values:
            wanted |= responsible_condition(value)
        return actions.filter(wanted)

    def by_due(self, actions: QuerySet, name: str, value: str) -> QuerySet:
        if value == "none":
            return actions.filter(deadline=None)
        if value == "late":
            return actions.overdue(self.today)  # type: ignore[attr-defined]
        days = DUE_SOON_DAYS if value == "soon" else 30
        until = self.today + dt.timedelta(days=days)
        return actions.still_open().filter(deadline__range=(self.today, until))  # type: ignore[attr-defined]

    def by_waiting(self, actions: QuerySet, name: str, value: str) -> QuerySet:
        return waiting(actions)

    def by_effort(self, actions: QuerySet, name: str, value: str) -> QuerySet:
        if value == "known":
            return actions.filter(effort__isnull=False)
        return actions.still_open().filter(effort=None)  # type: ignore[attr-defined]

    def by_week(self, actions: QuerySet, name: str, value: str) -> QuerySet:
        """What causes the load of the week: open actions whose effort is spread over it."""
        monday = read_week(value)
        if monday is None:
            return actions
        worked_on = works_in(monday, self.today, self.plan.workspace.country)
        return actions.still_open().filter(worked_on, effort__gt=0)  # type: ignore[attr-defined]

    def by_disagreement(self, actions: QuerySet, name: str, value: str) -> QuerySet:
        return actions.filter(disagreeing())

    def by_kpi(self, actions: QuerySet, name: str, value: str) -> QuerySet:
        """By id, or by a word of the KPI's name; the table links KPIs by id."""
        match = Q(kpis__pk=int(value)) if value.isdecimal() and len(value) < 18 else Q(kpis__name__icontains=value)
        return actions.filter(Exists(Action.objects.filter(match, pk=OuterRef("pk"))))

    def by_news(self, actions: QuerySet, name: str, value: str) -> QuerySet:
        return changed_by_others(actions, self.plan)

    def by_change(self, actions: QuerySet, name: str, value: dt.date) -> QuerySet:
        return actions.filter(changed_at__gte=timezone.make_aware(dt.datetime.combine(max(value, EARLIEST), dt.time())))

    def by_money(self, actions: QuerySet, name: str, value: Any) -> QuerySet:
        limit = {"budget__gte": value} if name == "budget_from" else {"roi__gte": float(value) / 100}
        return Action.objects.filter(pk__in=actions.with_money().filter(**limit).values("pk"))  # type: ignore[attr-defined]


def week_choices(chosen: str, today: dt.date) -> list[tuple[str, str]]:
    """The weeks ahead, and the one that is chosen already, whichever it is."""
    mondays = {monday_of(today) + number * WEEK for number in range(WEEKS_OFFERED)}
    if monday := read_week(chosen):
        mondays.add(monday)
    return [(week_text(monday), f"{week_name(monday)}, {week_days(monday)}") for monday in sorted(mondays)]


def flat_choices(choices: Any) -> list[tuple[str, str]]:
    """Choices with the headings of their groups left out, and every value as text."""
    flat: list[tuple[str, str]] = []
    for value, label in choices:
        flat += flat_choices(label) if isinstance(label, list | tuple) else [(str(value), label)]
    return flat


def responsible_choices(plan: Plan) -> list[tuple[Any, Any]]:
    """Roles and people of this plan as the values that `who` and the responsible cell use."""
    roles = Role.objects.in_plan(plan).select_related("holder")
    people = User.objects.in_workspace(plan.workspace_id)
    return [
        ("none", _("Nobody yet")),
        (_("Roles"), [(f"role-{role.pk}", _role_label(role)) for role in roles]),
        (_("People"), [(f"person-{person.pk}", str(person)) for person in people]),
    ]


def _role_label(role: Role) -> str:
    return f"{role.title} ({role.held_by})" if role.held_by else role.title


def responsible_condition(value: str) -> Q:
    """A person answers for what she was given herself and for what a role she holds was given."""
    kind, _dash, pk = value.partition("-")
    if kind == "role":
        return Q(role=int(pk))
    if kind == "person":
        return Q(person=int(pk)) | Q(role__holder=int(pk))
    return Q(role=None, person=None)
