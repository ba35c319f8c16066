from crispy_forms.layout import Div, Field, Layout
from django.forms.widgets import Script
from django.urls import reverse
from django.utils.translation import gettext as _

from plans.goalposts.forms import GoalpostForm
from plans.items.forms import ItemForm
from plans.objectives.models import Direction, Measure, Milestone, Objective
from plans.objectives.outcome import Outcome, outcome_of
from plans.plan.models import Plan
from salesplan.lib.money import currency_symbol

#: What the preview needs to know; the rest of the form stays out of its address.
FIGURES = ["ambition", "baseline", "unit", "measure", "direction", "starts_on", "target", "deadline"]
BAND = ["band_low", "band_high"]


class ObjectiveForm(GoalpostForm, ItemForm):
    """The change as one says it fills the target and the deadline, unless these were typed by hand."""

    class Media:
        css = {"all": ["css/objectives.css"]}
        js = [Script("js/objectives.js", type="module")]

    class Meta:
        model = Objective
        fields = [
            "title",
            "aim",
            "segment",
            "measure",
            "unit",
            "direction",
            *("baseline", "starts_on", "ambition", "target", "deadline", *BAND),
            *("owner", "description", "why_achievable", "why_relevant"),
        ]

    def __init__(self, *args, plan: Plan, **kwargs):
        super().__init__(*args, plan=plan, **kwargs)
        if self.instance.pk is None:
            self.initial.update(starts_on=plan.starts_on, aim=plan.aim, unit=currency_symbol(plan.currency))
        self.fields["ambition"].widget.attrs["placeholder"] = _("+15 % by year end")
        self.outcome = Outcome()

    def layout(self):
        return Layout(
            "title",
            _row(("aim", 6), ("segment", 6)),
            _row(("measure", 5), ("unit", 3), ("direction", 4)),
            _row(("baseline", 3), ("ambition", 6), ("starts_on", 3)),
            self._preview(),
            _row(("target", 4), ("deadline", 4), ("owner", 4)),
            Div(_row(("band_low", 4), ("band_high", 4)), css_class="band-fields"),
            "moved_because",
            "description",
            _row(("why_achievable", 6), ("why_relevant", 6)),
        )

    def _preview(self) -> Div:
        return Div(
            css_class="preview",
            hx_get=reverse("plans:objective_preview", args=[self.plan.pk]),
            hx_trigger="load, input from:closest form delay:300ms, change from:closest form",
            hx_include="closest form",
            hx_params=",".join(FIGURES + BAND),
            hx_target="this",
            hx_swap="innerHTML",
            hx_sync="this:queue last",
            aria_live="polite",
        )

    # What follows from what was typed

    def clean(self):
        cleaned = super().clean()
        before, self.outcome = self._outcome(self.instance), self._outcome(self._draft(cleaned))
        if self.outcome.problem:
            self.add_error("ambition", self.outcome.problem)
        for name in ("baseline", "target", "deadline"):
            if self._follows(name, before):
                found = getattr(self.outcome, name)
                cleaned[name] = cleaned.get(name) if found is None else found
        self._check(cleaned)
        return cleaned

    def _draft(self, cleaned: dict) -> Objective:
        known = {name: cleaned[name] for name in FIGURES if cleaned.get(name) is not None}
        return Objective(plan=self.plan, **known)

    def _outcome(self, objective: Objective) -> Outcome:
        start = objective.starts_on or self.plan.starts_on
        return outcome_of(objective, starts_on=start, plan_end=self.plan.ends_on)

    def _follows(self, name: str, before: Outcome) -> bool:
        """Whether the field follows the change: it is empty, or untouched and was computed from the change before."""
        if name in self.errors:
            return False
        if self.cleaned_data.get(name) is None:
            return True
        computed = getattr(before, name) is not None and getattr(before, name) == getattr(self.instance, name)
        return name not in self.changed_data and computed

    # What cannot be

    def _check(self, cleaned: dict) -> None:
        if cleaned.get("direction") == Direction.WITHIN:
            self._check_band(cleaned)
        elif cleaned.get("target") is not None and cleaned["target"] == cleaned.get("baseline"):
            self.add_error("target", _("The target equals the baseline: nothing would have to change."))
        start, deadline = cleaned.get("starts_on"), cleaned.get("deadline")
        if start and deadline and deadline <= start:
            self.add_error("deadline", _("The deadline must come after the start."))
        if cleaned.get("measure") == Measure.MILESTONES and (cleaned.get("target") or 0) % 1:
            self.add_error("target", _("Milestones are counted whole."))

    def _check_band(self, cleaned: dict) -> None:
        low, high = cleaned.get("band_low"), cleaned.get("band_high")
        for name, value in (("band_low", low), ("band_high", high)):
            if value is None and name not in self.errors:
                self.add_error(name, _("A band needs both of its ends."))
        if low is not None and high is not None and high <= low:
            self.add_error("band_high", _("The band must end above where it begins."))


class PreviewForm(ObjectiveForm):
    """Only the figures, and nothing is going to be saved."""

    class Meta(ObjectiveForm.Meta):
        fields = FIGURES + BAND

    def _post_clean(self):
        """Leave the database's rules alone: a half-typed form breaks them all the time."""


class MilestoneForm(ItemForm):
    class Meta:
        model = Milestone
        fields = ["title", "due_on", "done_on"]

    def layout(self):
        return Layout(_row(("title", 6), ("due_on", 3), ("done_on", 3)))


def _row(*fields: tuple[str, int]) -> Div:
    return Div(*(Field(name, wrapper_class=f"col-md-{width}") for name, width in fields), css_class="row gx-3")
