"""Who answers for an action, read from plain values of its row."""

from typing import Any

#: What `responsible` needs of a row.
WHO = (
    "role_id",
    "role__title",
    "role__holder_name",
    "role__holder__name",
    "role__holder__email",
    "person_id",
    "person__name",
    "person__email",
)


def responsible(row: dict[str, Any]) -> tuple[str, str]:
    """Who answers for the action, and the role she does it in."""
    if row["person_id"]:
        return row["person__name"] or row["person__email"], ""
    holder = row["role__holder__name"] or row["role__holder__email"] or row["role__holder_name"]
    return (holder, row["role__title"]) if holder else (row["role__title"] or "", "")
