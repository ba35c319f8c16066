"""The schema of the API as a page for people."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from salesplan.api.v1 import schema


@dataclass(frozen=True)
class Field:
    name: str
    kind: str
    needed: bool
    says: str


@dataclass(frozen=True)
class Operation:
    id: str
    method: str
    path: str
    title: str
    says: str
    parameters: list[Field]
    body: list[Field]
    answer: list[Field]


def operations() -> dict[str, list[Operation]]:
    """By what they are about."""
    found = defaultdict(list)
    for path, methods in schema()["paths"].items():
        for method, operation in methods.items():
            found[operation["tags"][0]].append(_operation(path, method.upper(), operation))
    return dict(found)


def _operation(path: str, method: str, operation: dict[str, Any]) -> Operation:
    answered = next(response for status, response in operation["responses"].items() if status.startswith("2"))
    return Operation(
        id=operation["operationId"],
        method=method,
        path=path,
        title=operation["summary"],
        says=operation.get("description", ""),
        parameters=[
            Field(one["name"], _kind(one["schema"]), one.get("required", False), one.get("description", ""))
            for one in operation["parameters"]
        ],
        body=_fields(operation.get("requestBody")),
        answer=_fields(answered),
    )


def _fields(content: dict[str, Any] | None) -> list[Field]:
    if not content or "content" not in content:
        return []
    model = _model(next(iter(content["content"].values()))["schema"])
    needed = model.get("required", [])
    return [
        Field(name, _kind(one), name in needed, one.get("description", ""))
        for name, one in model.get("properties", {}).items()
    ]


def _model(kind: dict[str, Any]) -> dict[str, Any]:
    return schema()["components"]["schemas"][kind["$ref"].rpartition("/")[2]] if "$ref" in kind else kind


def _kind(kind: dict[str, Any]) -> str:
    """integer, text, date, "more" or "less", list of integer"""
    if "allOf" in kind:
        return _kind(kind["allOf"][0])
    if "anyOf" in kind:
        kinds = list(dict.fromkeys(_kind(one) for one in kind["anyOf"]))
        return " | ".join("null" if one == "null" else one for one in kinds)
    if "$ref" in kind:
        model = _model(kind)
        return _kind(model) if "enum" in model else kind["$ref"].rpartition("/")[2].removesuffix("Out")
    if "enum" in kind:
        return " | ".join(f'"{one}"' if isinstance(one, str) else str(one) for one in kind["enum"])
    if kind.get("type") == "array":
        return f"[{_kind(kind['items'])}]"
    return kind.get("format") or kind.get("type", "object")
