"""The text of a formula read into a tree, by a grammar of four rules and nothing else: no name of Python is known.

sum      product, then + or - and another, any number of times
product  factor, then * or / and another, any number of times
factor   + or - before a factor, or a value
value    a number, a KPI, a sum in parentheses, or min, max or abs of some sums
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from django.utils.translation import gettext as _

from kpis.kpi.expression import FUNCTIONS, Call, Minus, Node, Number, Pair, Term
from salesplan.lib.forms import parse_number

MOST_CHARACTERS = 8000
#: Numbers and names; and so the tree has a depth that can be walked.
MOST_PARTS = 60
MOST_NESTED = 20
MOST_DIGITS = 18

#: What people write instead of * / and -.
_SIGNS = {"×": "*", "·": "*", "÷": "/", ":": "/", "\u2212": "-", "\u2013": "-"}
_TOKEN = re.compile(
    r"\s*(?:"
    r"(?P<number>[0-9]+(?:[\u00a0\u202f' ][0-9]{3}(?![0-9]))*(?:[.,][0-9]+)*|\.[0-9]+)"
    r"|(?P<kpi>\[(?:[^\]]|\]\])*\](?!\]))"
    r"|(?P<id>\#[0-9]{1,18})"
    r"|(?P<word>[^\W\d_]+)"
    r"|(?P<sign>.)"
    r")",
    re.DOTALL,
)


class WrongFormula(ValueError):
    """`place` counts the characters from 1."""

    def __init__(self, problem: str, place: int):
        super().__init__(problem)
        self.problem, self.place = problem, place

    def __str__(self) -> str:
        return _("Character %(place)d: %(problem)s") % {"place": self.place, "problem": self.problem}


@dataclass(frozen=True, slots=True)
class Token:
    #: number, kpi, id, word, sign or end.
    kind: str
    text: str
    place: int


def read_typed(text: str, resolve: Callable[[str, int], int]) -> Node:
    """What somebody has typed. `resolve` finds the KPI of a name at a place, or raises WrongFormula."""
    if len(text) > MOST_CHARACTERS:
        raise WrongFormula(_("A formula has at most %(most)d characters.") % {"most": MOST_CHARACTERS}, MOST_CHARACTERS)
    return _Reading(text, resolve).read()


@lru_cache(maxsize=1024)
def read_stored(text: str) -> Node:
    """What `stored` has written: KPIs by their ids, a point as the decimal mark."""
    return _Reading(text, None).read()


class _Reading:
    """Without `resolve` KPIs are ids and numbers those of Python."""

    def __init__(self, text: str, resolve: Callable[[str, int], int] | None):
        self._resolve = resolve
        self._tokens = _tokens_of(text)
        self._at = 0
        self._nested = 0
        self._parts = 0

    def read(self) -> Node:
        node = self._sum()
        if self._next.kind != "end":
            raise self._misplaced()
        return node

    @property
    def _next(self) -> Token:
        return self._tokens[self._at]

    def _take(self) -> Token:
        token = self._next
        self._at += token.kind != "end"
        return token

    def _is(self, *signs: str) -> bool:
        return self._next.kind == "sign" and self._next.text in signs

    def _sum(self) -> Node:
        node = self._product()
        while self._is("+", "-"):
            node = Pair(self._take().text, node, self._product())
        return node

    def _product(self) -> Node:
        node = self._factor()
        while self._is("*", "/"):
            node = Pair(self._take().text, node, self._factor())
        return node

    def _factor(self) -> Node:
        if self._nested >= MOST_NESTED:
            raise WrongFormula(_("There is too much within each other here."), self._next.place)
        self._nested += 1
        node = self._signed() if self._is("+", "-") else self._value()
        self._nested -= 1
        return node

    def _signed(self) -> Node:
        sign = self._take().text
        return Minus(self._factor()) if sign == "-" else self._factor()

    def _value(self) -> Node:
        token = self._take()
        self._parts += token.kind in {"number", "kpi", "id"}
        if self._parts > MOST_PARTS:
            problem = _("A formula has at most %(most)d numbers and names.") % {"most": MOST_PARTS}
            raise WrongFormula(problem, token.place)
        if token.kind == "number":
            return Number(self._number(token))
        if token.kind == "kpi" and self._resolve:
            name = " ".join(token.text[1:-1].replace("]]", "]").split())
            return Term(self._resolve(name, token.place))
        if token.kind == "id" and not self._resolve:
            return Term(int(token.text[1:]))
        if token.kind == "word":
            return self._call(token)
        if token.kind == "sign" and token.text == "(":
            node = self._sum()
            self._close(token)
            return node
        self._at -= token.kind != "end"
        raise self._misplaced()

    def _number(self, token: Token) -> Decimal:
        try:
            number = parse_number(token.text) if self._resolve else Decimal(token.text)
        except ValueError:
            raise WrongFormula(_("“%(text)s” is not a number.") % {"text": token.text}, token.place) from None
        if sum(character.isdigit() for character in token.text) > MOST_DIGITS:
            raise WrongFormula(_("This number is too long."), token.place)
        return number

    def _call(self, word: Token) -> Node:
        name = word.text.casefold()
        if name not in FUNCTIONS:
            problem = _("“%(text)s” is unknown. Names of KPIs stand in [brackets]; functions are min, max and abs.")
            raise WrongFormula(problem % {"text": _shortened(word.text)}, word.place)
        if not self._is("("):
            raise WrongFormula(_("After “%(name)s” comes a parenthesis.") % {"name": name}, word.place)
        opening = self._take()
        values = [self._sum()]
        while self._is(";", ","):
            self._take()
            values.append(self._sum())
        self._close(opening)
        if name == "abs" and len(values) > 1:
            raise WrongFormula(_("abs takes one value."), word.place)
        if name != "abs" and len(values) == 1:
            problem = _("%(name)s compares several values: write a semicolon between them.")
            raise WrongFormula(problem % {"name": name}, word.place)
        return Call(name, tuple(values))

    def _close(self, opening: Token) -> None:
        if self._is(")"):
            self._take()
        elif self._next.kind == "end":
            raise WrongFormula(_("The parenthesis that opens here is not closed."), opening.place)
        else:
            raise self._misplaced()

    def _misplaced(self) -> WrongFormula:
        token = self._next
        if token.kind == "end":
            return WrongFormula(_("The formula ends too early: something is missing."), token.place)
        if token.text == "[":
            return WrongFormula(_("The bracket that opens here is not closed."), token.place)
        if token.text == "%":
            return WrongFormula(_("A formula knows no percent sign: multiply by 100 instead."), token.place)
        problem = _("“%(text)s” does not belong here.") % {"text": _shortened(token.text)}
        return WrongFormula(problem, token.place)


def _tokens_of(text: str) -> list[Token]:
    """Every character that is no space belongs to one of them."""
    text = text.rstrip()
    tokens = []
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or ""
        found = match[kind]
        tokens.append(Token(kind, _SIGNS.get(found, found), match.start(kind) + 1))
    return [*tokens, Token("end", "", len(text) + 1)]


def _shortened(text: str) -> str:
    return text if len(text) <= 30 else f"{text[:29]}…"
