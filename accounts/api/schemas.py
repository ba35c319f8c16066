"""Kinds of values of the API: stricter than a page, which reads what people write. Heavy: loaded with the API alone."""

import datetime as dt
import re
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from ninja import Schema
from pydantic import BeforeValidator, ConfigDict, Field, PlainSerializer, WithJsonSchema
from pydantic_core import PydanticCustomError

from salesplan.lib.forms import EARLIEST, LATEST, OUT_OF_REACH

NUMBER = r"^-?[0-9]{1,14}([.][0-9]{1,4})?$"
DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"


class Out(Schema):
    """What is answered."""


class In(Schema):
    """What is sent: a field nobody knows is a mistake, not a wish to be ignored."""

    model_config = ConfigDict(extra="forbid")


def _number(value: Any) -> Decimal:
    """A number of JSON, or its digits as text, with a point: what people write in their language stays with pages."""
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        value = f"{Decimal(value):f}" if abs(Decimal(value).adjusted()) < 40 else ""
    if not isinstance(value, str) or not re.fullmatch(NUMBER, value.rstrip("\n") if value == value.strip() else ""):
        raise PydanticCustomError(
            "number", str(_("Write a number with at most 14 digits before the point and 4 after it."))
        )
    try:
        return Decimal(value)
    except InvalidOperation:  # digits of other scripts
        raise PydanticCustomError("number", "number") from None


def _day(value: Any) -> dt.date:
    try:
        day = dt.date.fromisoformat(value if isinstance(value, str) and re.fullmatch(DAY, value) else "")
    except ValueError:
        raise PydanticCustomError("day", str(_("There is no such day. Write it like 2026-09-30."))) from None
    if not EARLIEST <= day <= LATEST:
        raise PydanticCustomError("day", str(OUT_OF_REACH))
    return day


def _moment(value: Any) -> dt.datetime:
    """In an address a plus is often left as it is, and arrives as a space."""
    text = value.replace(" ", "+") if isinstance(value, str) else ""
    try:
        moment = dt.datetime.fromisoformat(text if re.match(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T", text) else "")
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None or not EARLIEST <= moment.date() <= LATEST:
        raise PydanticCustomError(
            "moment", str(_("Write a moment with its offset from UTC, like 2026-09-30T08:00:00Z."))
        )
    return moment


def plain(number: Decimal) -> str:
    """Without needless zeros: "12.5", "1200"."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


Id = Annotated[int, Field(strict=True, ge=1, le=2**63 - 1)]
QueryId = Annotated[int, Field(ge=1, le=2**63 - 1)]
Text = Annotated[str, Field(strict=True, max_length=10_000)]
Flag = Annotated[bool, Field(strict=True)]
Number = Annotated[
    Decimal,
    BeforeValidator(_number),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "number", "exclusiveMinimum": -(10**14), "exclusiveMaximum": 10**14},
                {"type": "string", "pattern": NUMBER},
            ]
        }
    ),
]
NumberOut = Annotated[Decimal, PlainSerializer(plain), WithJsonSchema({"type": "string", "pattern": NUMBER})]
Day = Annotated[dt.date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
Moment = Annotated[dt.datetime, BeforeValidator(_moment), WithJsonSchema({"type": "string", "format": "date-time"})]


def choices_of(choices: type[models.Choices]) -> WithJsonSchema:
    """Said where they are used: several kinds of rows have a "Status", and the schema has one name for each."""
    kind = "integer" if issubclass(choices, int) else "string"
    return WithJsonSchema({"type": kind, "enum": choices.values})


class FieldError(Out):
    field: str = Field(description="As in the request; empty when it is about the whole. readings.3.value in bulk.")
    code: str
    message: str


class Clash(Out):
    field: str
    theirs: str
    mine: str


class ProblemOut(Out):
    type: str
    title: str
    status: int
    detail: str
    errors: list[FieldError]
    clashes: list[Clash] | None = Field(None, description="With 409: what both have changed.")
    current: dict[str, Any] | None = Field(None, description="With 409 and 412: the row as it is now.")
