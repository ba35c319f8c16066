"""A formula over other KPIs as a tree: which KPIs it names, how it is written, and what comes of it.

Decimals throughout. How a text becomes a tree is in kpis/kpi/parsing.py.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Context, Decimal, DivisionByZero, InvalidOperation, Overflow, localcontext
from enum import StrEnum

from salesplan.lib.fields import QuantityField

#: More digits than any stored value has; what outgrows it is out of range.
CONTEXT = Context(prec=40, Emax=60, Emin=-60, traps=[DivisionByZero, InvalidOperation, Overflow])
#: As precise as a value is stored.
PLACES = Decimal("0.0001")
#: Between the values of a function: a comma may be a decimal mark.
BETWEEN = "; "

FUNCTIONS: dict[str, Callable[..., Decimal]] = {"abs": abs, "max": max, "min": min}
#: How tightly a sign binds.
_BINDS = {"+": 1, "-": 1, "*": 2, "/": 2}
_MINUS_BINDS, _WHOLE = 3, 4


@dataclass(frozen=True, slots=True)
class Number:
    """Never below zero: a sign is a `Minus`."""

    value: Decimal


@dataclass(frozen=True, slots=True)
class Term:
    """The value of another KPI."""

    kpi: int


@dataclass(frozen=True, slots=True)
class Minus:
    of: "Node"


@dataclass(frozen=True, slots=True)
class Pair:
    sign: str
    left: "Node"
    right: "Node"


@dataclass(frozen=True, slots=True)
class Call:
    name: str
    of: tuple["Node", ...]


type Node = Number | Term | Minus | Pair | Call


class Lack(StrEnum):
    """Why numbers that are all there give no value."""

    ZERO = "zero"
    RANGE = "range"


class NoResult(Exception):
    def __init__(self, lack: Lack):
        super().__init__(lack)
        self.lack = lack


def result_of(node: Node, values: Mapping[int, Decimal]) -> Decimal:
    """To be stored and shown; NoResult where it would divide by zero or be larger than a value can be."""
    try:
        with localcontext(CONTEXT):
            result = _evaluate(node, values).quantize(PLACES)
    except (DivisionByZero, InvalidOperation, Overflow):
        raise NoResult(Lack.RANGE) from None
    if abs(result) >= QuantityField.LIMIT:
        raise NoResult(Lack.RANGE)
    return result


def _evaluate(node: Node, values: Mapping[int, Decimal]) -> Decimal:
    match node:
        case Number(value):
            return value
        case Term(kpi):
            return values[kpi]
        case Minus(of):
            return -_evaluate(of, values)
        case Call(name, of):
            return FUNCTIONS[name](*(_evaluate(each, values) for each in of))
        case Pair(sign, left, right):
            return _combine(sign, _evaluate(left, values), _evaluate(right, values))


def _combine(sign: str, left: Decimal, right: Decimal) -> Decimal:
    if sign == "/":
        if not right:
            raise NoResult(Lack.ZERO)
        return left / right
    if sign == "*":
        return left * right
    return left + right if sign == "+" else left - right


def terms_of(node: Node) -> dict[int, None]:
    """The KPIs it names, each once, in the order they are named."""
    return dict.fromkeys(_terms(node))


def _terms(node: Node) -> Iterable[int]:
    match node:
        case Term(kpi):
            yield kpi
        case Minus(of):
            yield from _terms(of)
        case Call(_, of):
            for each in of:
                yield from _terms(each)
        case Pair(_, left, right):
            yield from _terms(left)
            yield from _terms(right)


def with_terms(node: Node, kpis: Mapping[int, int]) -> Node:
    """The same over other KPIs; what `kpis` does not know stays."""
    match node:
        case Term(kpi):
            return Term(kpis.get(kpi, kpi))
        case Minus(of):
            return Minus(with_terms(of, kpis))
        case Call(name, of):
            return Call(name, tuple(with_terms(each, kpis) for each in of))
        case Pair(sign, left, right):
            return Pair(sign, with_terms(left, kpis), with_terms(right, kpis))
    return node


def written(node: Node, *, term: Callable[[int], str], number: Callable[[Decimal], str]) -> str:
    """With no more parentheses than it needs to be read as the same again."""

    def write(node: Node, least: int) -> str:
        text, binds = spell(node)
        return f"({text})" if binds < least else text

    def spell(node: Node) -> tuple[str, int]:
        match node:
            case Number(value):
                return number(value), _WHOLE
            case Term(kpi):
                return term(kpi), _WHOLE
            case Minus(of):
                return f"-{write(of, _MINUS_BINDS)}", _MINUS_BINDS
            case Call(name, of):
                return f"{name}({BETWEEN.join(write(each, 0) for each in of)})", _WHOLE
            case Pair(sign, left, right):
                binds = _BINDS[sign]
                return f"{write(left, binds)} {sign} {write(right, binds + 1)}", binds

    return write(node, 0)


def stored(node: Node) -> str:
    """As it is kept: KPIs by their ids, so that a new name is a new name in the formula too."""
    return written(node, term=lambda kpi: f"#{kpi}", number=lambda value: f"{value:f}")
