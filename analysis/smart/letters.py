"""What each letter of SMART looks at."""

from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from analysis.smart.facts import Facts
from analysis.smart.notes import Note, check, few, field_url, good, lacks, milestones_url, page_url
from kpis.kpi.pace import OFF_TRACK
from kpis.kpi.progress import KpiProgress
from kpis.kpi.words import coarse
from plans.objectives.models import Direction, Measure, Objective
from plans.objectives.wording import COUNTED, figures_in_words
from salesplan.lib.money import currency_symbol, format_quantity

#: Growth over last year's sales beyond which one should say why it can be done.
BOLD_GROWTH = Decimal("0.5")


def specific(facts: Facts) -> list[Note]:
    objective = facts.objective
    notes = [_title(facts)]
    if objective.segment:
        notes.append(good(_("For the segment %(segment)s.") % {"segment": objective.segment}))
    elif objective.description:
        notes.append(good(_("Says what exactly is meant.")))
    else:
        text = _("It does not say for whom or where.")
        notes.append(check(text, _("Choose a segment"), field_url(facts, "segment")))
    if not objective.unit:
        notes.append(check(_("It has no unit."), _("Add the unit"), field_url(facts, "unit")))
    if len([note for note in notes if note.gap]) == len(notes):
        text = _("A title alone is a wish: what exactly, for whom, counted in what?")
        notes = [lacks(text, _("Describe it"), field_url(facts, "description"))]
    return notes


def _title(facts: Facts) -> Note:
    if len(facts.objective.title.split()) >= 3:
        return good(_("The title says what changes."))
    text = _("The title is short: say what changes, such as “Increase core product sales”.")
    return check(text, _("Say it in full"), field_url(facts, "title"))


def measurable(facts: Facts) -> list[Note]:
    notes = [_figures(facts), *few([_reading(progress) for progress in facts.kpis])]
    if not facts.kpis:
        notes.append(lacks(_("No KPI measures it."), _("Add a KPI"), page_url(facts, "kpis:kpis")))
    return notes


def _figures(facts: Facts) -> Note:
    objective = facts.objective
    if objective.direction == Direction.WITHIN:
        if objective.band_low is None or objective.band_high is None:
            return lacks(_("The band has no ends."), _("Enter the band"), field_url(facts, "band_low"))
    elif objective.target is None:
        return lacks(_("It has no target."), _("Enter the target"), field_url(facts, "target"))
    elif objective.baseline is None and objective.measure not in COUNTED:
        return check(_("It has no baseline."), _("Enter the baseline"), field_url(facts, "baseline"))
    return good(_("It goes %(figures)s.") % {"figures": figures_in_words(objective)})


def _reading(progress: KpiProgress) -> Note:
    url, fresh = progress.kpi.get_absolute_url(), progress.freshness
    name = {"kpi": progress.kpi.name, "days": fresh.days}
    if progress.last_period is None:
        return check(_("%(kpi)s has no reading yet.") % name, _("Enter the first one"), url)
    words = ngettext("%(kpi)s was last read %(days)s day ago.", "%(kpi)s was last read %(days)s days ago.", fresh.days)
    if fresh.stale:
        return check(words % name, _("Enter a reading"), url)
    return good(words % name if fresh.days else _("%(kpi)s is up to date.") % name)


def achievable(facts: Facts) -> list[Note]:
    notes = [*_speed(facts), *_growth(facts), *_capacity(facts)]
    if facts.objective.why_achievable:
        notes.insert(0, good(_("It says why it can be reached.")))
    elif not any(not note.gap for note in notes):
        text = _("Nothing says that it can be reached.")
        return [lacks(text, _("Say why"), field_url(facts, "why_achievable")), *notes]
    return notes


def _speed(facts: Facts) -> list[Note]:
    """What was achieved so far against what the track asks for by then."""
    return few(
        [
            _pace(progress, progress.value, progress.pace.expected)
            for progress in facts.kpis
            if progress.value is not None and progress.pace.expected
        ]
    )


def _pace(progress: KpiProgress, actual: Decimal, expected: Decimal) -> Note:
    words = _("%(kpi)s stands at %(actual)s, where %(expected)s was asked for.") % {
        "kpi": progress.kpi.name,
        "actual": format_quantity(coarse(actual), progress.kpi.unit),
        "expected": format_quantity(coarse(expected), progress.kpi.unit),
    }
    if progress.status == OFF_TRACK:
        return check(words, _("Open the KPI"), progress.kpi.get_absolute_url())
    return good(words)


def _growth(facts: Facts) -> list[Note]:
    """A total of money against the sales of the last year in the company profile."""
    objective, profile = facts.objective, facts.profile
    if not (profile and profile.annual_sales and objective.target and _is_sales(objective, facts)):
        return []
    growth = objective.target / profile.annual_sales - 1
    words = _("That is %(percent)s of last year's sales.") % {
        "percent": format_quantity(100 * (1 + growth), "%", decimals=0)
    }
    if growth > BOLD_GROWTH and not objective.why_achievable:
        return [check(words, _("Say why it can be reached"), field_url(facts, "why_achievable"))]
    return [good(words)]


def _is_sales(objective: Objective, facts: Facts) -> bool:
    money = {facts.plan.currency, currency_symbol(facts.plan.currency)}
    return objective.measure == Measure.TOTAL and objective.unit in money


def _capacity(facts: Facts) -> list[Note]:
    total = len(facts.actions)
    if not total:
        return [check(_("No action carries it."), _("Add actions"), page_url(facts, "plans:actions"))]
    answered = sum(bool(action.role_id or action.person_id) for action in facts.actions)
    funded = sum(action.has_budget for action in facts.actions)
    counts = {"total": total, "answered": answered, "funded": funded}
    words = _("Of %(total)s actions %(answered)s have somebody responsible and %(funded)s a budget.") % counts
    if answered == total and funded:
        return [good(words)]
    verb, page = (_("Name who answers"), "plans:actions") if answered < total else (_("Give a budget"), "plans:budget")
    return [check(words, verb, page_url(facts, page))]


def relevant(facts: Facts) -> list[Note]:
    objective = facts.objective
    notes = [_aim(facts), _swot(facts)]
    if objective.why_relevant:
        return [note for note in notes if not note.gap] + [good(_("It says why it matters now."))]
    if all(note.gap for note in notes):
        text = _("Neither the plan's aim nor the SWOT asks for it.")
        return [lacks(text, _("Say why it matters"), field_url(facts, "why_relevant")), *notes]
    return notes


def _aim(facts: Facts) -> Note:
    aim = {"aim": facts.objective.get_aim_display()}
    if facts.objective.aim == facts.plan.aim:
        return good(_("It serves the plan's main aim, %(aim)s.") % aim)
    text = _("It serves %(aim)s, which is not the plan's main aim.") % aim
    return check(text, _("Say why it matters"), field_url(facts, "why_relevant"))


def _swot(facts: Facts) -> Note:
    if facts.answered:
        return good(_("Its actions answer “%(point)s”.") % {"point": facts.answered[0]})
    if facts.unanswered:
        text = _("No action of it answers the SWOT, such as “%(point)s”.") % {"point": facts.unanswered[0]}
    else:
        text = _("No action of it answers a point of the SWOT.")
    return check(text, _("Make a point a priority"), page_url(facts, "analysis:swot"))


def time_bound(facts: Facts) -> list[Note]:
    objective, plan = facts.objective, facts.plan
    if not objective.deadline:
        return [lacks(_("It has no deadline."), _("Set the deadline"), field_url(facts, "deadline"))]
    day = {"day": date_format(objective.deadline)}
    if not plan.starts_on <= objective.deadline <= plan.ends_on:
        text = _("It ends on %(day)s, outside the plan.") % day
        return [check(text, _("Change the deadline"), field_url(facts, "deadline")), *_checkpoints(facts)]
    notes = [good(_("It ends on %(day)s.") % day), *_checkpoints(facts)]
    if not objective.starts_on:
        notes.append(check(_("It has no start."), _("Set the start"), field_url(facts, "starts_on")))
    return notes


def _checkpoints(facts: Facts) -> list[Note]:
    """Days before the deadline on which one can see whether it will hold."""
    end = facts.objective.deadline
    days = {row.due_on for row in facts.milestones} | {row.deadline for row in facts.actions}
    early = sorted(day for day in days if day and end and day < end)
    if not early:
        text = _("Nothing is due before its last day.")
        return [check(text, _("Add a milestone"), milestones_url(facts))]
    shown = ", ".join(date_format(day, "MONTH_DAY_FORMAT") for day in early[:3])
    return [good(_("Checkpoints on the way: %(days)s.") % {"days": shown})]
