"""Step 1 of the example: research, competitors, SWOT."""

import datetime as dt

from analysis.gallery.innovatech import market
from analysis.models import Axis, Competitor, Evidence, Finding, ResearchNote, Score, SwotItem, TowsStrategy
from plans.models import Action, Objective, Plan


def fill_situation(plan: Plan, *, today: dt.date) -> None:
    findings = fill_research(plan)
    fill_competitors(plan, today=today)
    fill_swot(plan, findings)


def fill_research(plan: Plan) -> list[Finding]:
    found = []
    for position, (title, kind, source, sample, body, findings) in enumerate(market.RESEARCH):
        note = ResearchNote.objects.create(
            plan=plan,
            position=position,
            title=str(title),
            kind=kind,
            source=str(source),
            sample=sample,
            body=str(body),
            on=plan.starts_on - dt.timedelta(days=90 - 20 * position),
        )
        for place, (statement, sort, evidence, meaning) in enumerate(findings):
            words = {"statement": str(statement), "evidence": str(evidence), "meaning": str(meaning)}
            found.append(Finding.objects.create(note=note, position=place, kind=sort, **words))
    return found


def fill_competitors(plan: Plan, *, today: dt.date) -> None:
    axes = [
        Axis.objects.create(plan=plan, position=place, name=str(name), low_label=str(low), high_label=str(high))
        for place, (name, low, high) in enumerate(market.AXES)
    ]
    for position, row in enumerate(market.COMPETITORS):
        name, is_us, strengths, weaknesses, offer, price, share, positioning, *scores = row
        company = Competitor.objects.create(
            plan=plan,
            position=position,
            name=str(name),
            is_us=is_us,
            strengths=str(strengths),
            weaknesses=str(weaknesses),
            offer=str(offer),
            price_index=price,
            market_share=share,
            positioning=str(positioning),
            checked_on=today - dt.timedelta(days=21 + position),
        )
        for axis, score in zip(axes, scores, strict=True):
            Score.objects.create(competitor=company, axis=axis, value=str(score))


def fill_swot(plan: Plan, findings: list[Finding]) -> None:
    points = []
    for position, (quadrant, text, weight, source, answer, accepted) in enumerate(market.SWOT):
        point = SwotItem.objects.create(
            plan=plan,
            position=position,
            quadrant=quadrant,
            text=str(text),
            weight=weight,
            accepted_because=str(accepted),
        )
        if source:
            Evidence.objects.create(item=point, source=str(source))
        if answer:
            point.actions.add(_action(plan, *answer))
        points.append(point)
    for place, point_number in ((0, 8), (5, 9), (3, 6)):
        Evidence.objects.create(item=points[point_number], finding=findings[place], position=1)
    for position, (title, reasoning, inner, outer, taken) in enumerate(market.TOWS):
        TowsStrategy.objects.create(
            plan=plan,
            position=position,
            title=str(title),
            reasoning=str(reasoning),
            internal=points[inner],
            external=points[outer],
            action=_action(plan, *taken) if taken else None,
        )


def _action(plan: Plan, objective: int, place: int) -> Action:
    of = Objective.objects.in_plan(plan)[objective]
    return Action.objects.filter(objective=of)[place]
