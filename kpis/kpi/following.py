"""Copies of computed KPIs are computed from the copies of what the originals are computed from."""

from kpis.kpi.expression import stored, with_terms
from kpis.kpi.models import Kpi
from kpis.kpi.parsing import read_stored
from plans.items.copying import Copies, register_following


def follow(copies: Copies) -> None:
    """What was not copied along, in one plan, stays what it is."""
    pairs = {pk: copy for (model, pk), copy in copies.items() if model is Kpi}
    ids = {pk: copy.pk for pk, copy in pairs.items()}
    for copy in pairs.values():
        if isinstance(copy, Kpi) and copy.is_computed:
            expression = stored(with_terms(read_stored(copy.expression), ids))
            if expression != copy.expression:
                copy.expression = expression
                copy.save(update_fields=["expression"])


register_following(follow)
