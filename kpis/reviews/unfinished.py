"""What is still open in a review that is about to be closed."""

from dataclasses import dataclass

from kpis.reviews.models import AgendaItem, Decision, Review
from kpis.reviews.queries import items_of
from kpis.reviews.words import Section, title_of


@dataclass(frozen=True)
class Unfinished:
    """Points nobody has talked or written about, and decisions nobody sees to or that have no day."""

    items: list[AgendaItem]
    decisions: list[Decision]

    @property
    def mark(self) -> str:
        """Changes with whatever is open."""
        parts = [*(f"i{item.pk}" for item in self.items), *(f"d{one.pk}.{one.version}" for one in self.decisions)]
        return " ".join(parts)


def unfinished_in(review: Review) -> Unfinished:
    decisions = Decision.objects.in_plan(review.plan_id).filter(item__review=review)
    rows = list(decisions.select_related("item", "owner").order_by("item__position", "position", "pk"))
    decided = {decision.item_id for decision in rows}
    items = [item for item in items_of(review) if not item.is_touched and item.pk not in decided]
    for item in items:
        item.title = title_of(item)
    return Unfinished(
        [item for item in items if item.section != Section.OTHER],
        [one for one in rows if one.owner_id is None or one.due_on is None],
    )
