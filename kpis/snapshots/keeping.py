"""A state as it is kept in a snapshot, and read back."""

from functools import cache
from typing import TYPE_CHECKING, Any

from kpis.snapshots.models import FORMAT
from kpis.snapshots.state import PlanState

if TYPE_CHECKING:
    from pydantic import TypeAdapter


def as_json(state: PlanState) -> Any:
    return _adapter().dump_python(state, mode="json")


def from_json(kept: Any, *, written_as: int) -> PlanState:
    if written_as != FORMAT:
        raise ValueError(f"No snapshot is written as format {written_as}.")
    return _adapter().validate_python(kept)


@cache
def _adapter() -> "TypeAdapter[PlanState]":
    from pydantic import TypeAdapter  # a third of a second, for pages that few open

    return TypeAdapter(PlanState)
