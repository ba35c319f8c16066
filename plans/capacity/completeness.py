from typing import Any

from django.db.models import Func, OuterRef, StringAgg, Subquery, TextField, Value
from django.db.models.functions import Cast

from plans.capacity.hours import COLUMNS
from plans.capacity.models import Capacity
from plans.plan.completeness import Kept, Tally, register


class JSONList(Func):
    """Django's own JSONArray asks SQLite first whether it knows JSON, with the first query of each process."""

    function = "JSON_ARRAY"
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, function="JSON_BUILD_ARRAY", **context)


def _as_text() -> Subquery:
    """What a plan says of people's hours, each row a list in JSON: few and short, so one text holds them all."""
    row = Cast(JSONList(*COLUMNS), TextField())
    rows = Capacity.objects.filter(plan=OuterRef("pk")).order_by().values("plan")
    return Subquery(rows.annotate(text=StringAgg(row, Value(","))).values("text"))


register(Tally("capacities", Capacity.objects.all()), Kept("capacities", _as_text()))
