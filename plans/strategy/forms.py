from crispy_forms.layout import Div, Field, Layout
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from plans.items.forms import ItemForm
from plans.plan.models import Plan
from plans.strategy.models import SalesCycle, SalesStage, Story
from salesplan.lib.forms import LocalDecimalField

PERCENT = {
    "invalid": _("Write a percentage, for example 25."),
    "max_decimal_places": _("At most two decimals."),
    "max_digits": _("At most 100: no more can go on than came in."),
    "max_whole_digits": _("At most 100: no more can go on than came in."),
}


class StageForm(ItemForm):
    class Meta:
        model = SalesStage
        fields = ["methods", "owner", "exit_criteria", "conversion", "days"]
        field_classes = {"conversion": LocalDecimalField}
        error_messages = {"conversion": PERCENT}

    def layout(self):
        return Layout("methods", "exit_criteria", "owner", _pair("conversion", "days"))


class StageNumbersForm(ItemForm):
    """A stage's line in the pipeline."""

    class Meta:
        model = SalesStage
        fields = ["conversion", "days"]
        field_classes = {"conversion": LocalDecimalField}
        error_messages = {"conversion": PERCENT}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, bound in self.fields.items():
            css = "form-control is-invalid" if name in self.errors else "form-control"
            bound.widget.attrs |= {"class": css, "aria-label": f"{self.instance}: {bound.label}"}


class CycleForm(ItemForm):
    class Meta:
        model = SalesCycle
        fields = ["objective", "deal_size", "needed"]


class StoryForm(ItemForm):
    class Meta:
        model = Story
        fields = ["title", "anecdote", "product", "persona", "stage"]

    def layout(self):
        return Layout("title", "anecdote", "product", _pair("persona", "stage"))


class PipelineForms:
    """What the pipeline is computed from: the sales cycle, and a line for each stage up to closing."""

    def __init__(self, data: QueryDict | None, plan: Plan, cycle: SalesCycle, stages: list[SalesStage]):
        self.cycle = CycleForm(data, plan=plan, instance=cycle, prefix="cycle")
        counted = [stage for stage in stages if stage.kind != SalesStage.Kind.FOLLOW_UP]
        self.stages = [StageNumbersForm(data, plan=plan, instance=stage, prefix=stage.kind) for stage in counted]

    @property
    def all(self) -> list[ItemForm]:
        return [self.cycle, *self.stages]

    def is_valid(self) -> bool:
        """Every form is asked, so that each says what is wrong with it."""
        return not [form for form in self.all if not form.is_valid()]

    def forget_what_is_wrong(self) -> None:
        """Let a wrong value count as none, for the preview."""
        for form in self.all:
            for name in form.errors.keys() & set(form._meta.fields):
                setattr(form.instance, name, None)

    def save(self) -> None:
        for form in self.all:
            if form.has_changed() or form.instance.pk is None:
                form.save()

    @property
    def conflicts(self) -> list:
        return [form.conflict for form in self.all if form.conflict]

    @property
    def errors(self) -> list[str]:
        """Each with the name of what it is about, for the result beside the fields."""
        found = []
        for form in self.all:
            about = "" if form is self.cycle else f"{form.instance}: "
            found += [f"{about}{error}" for name in form.fields for error in form.errors.get(name, [])]
        return found


def _pair(*names: str) -> Div:
    return Div(*(Field(name, wrapper_class="col-sm-6") for name in names), css_class="row gx-3")
