"""What people type when they look for something, as patterns that find it whatever the accents and capitals.

A pattern means the same to Python, to SQLite (which asks Python) and to PostgreSQL, so a name is found in the database
by `name__regex=...` and in memory by `re.search`. Each letter stands for all its forms in the Latin alphabets of
Europe: "lojalnosc" finds "Lojalność", and "Łódź" finds "lodz". Letters written as two ("ß", "æ") stand for themselves.
"""

import re
import string
import unicodedata
from dataclasses import dataclass
from functools import cache, cached_property

#: Longer than any name, and short enough for a pattern.
LONGEST = 80
MOST_WORDS = 6
#: Latin-1 and Latin Extended-A.
LETTERS = [chr(code) for code in range(0xC0, 0x180)]
#: They are not a plain letter with a sign put to it.
STROKES = {"ł": "l", "đ": "d", "ø": "o", "ħ": "h", "ŧ": "t", "ı": "i"}
#: What stands before a word, where not even the line begins. The hyphen comes last: it is no range.
SEPARATORS = "[ \u00a0/(&+.,:;'\"“”„«»’–—_-]"


def plain(text: str) -> str:
    """Without accents, in small letters."""
    bare = unicodedata.normalize("NFKD", text.lower())
    return "".join(STROKES.get(letter, letter) for letter in bare if not unicodedata.combining(letter))


@cache
def _forms() -> dict[str, str]:
    """All the ways each plain letter is written, as a bracket of a pattern."""
    forms = {letter: letter + letter.upper() for letter in string.ascii_lowercase}
    for letter in LETTERS:
        base = plain(letter)
        if base in forms:
            forms[base] += letter
    return {base: f"[{written}]" for base, written in forms.items()}


@cache
def _pattern(word: str) -> str:
    return "".join(_forms().get(letter) or _either_case(letter) for letter in word)


def _either_case(letter: str) -> str:
    capital = letter.upper()
    return f"[{letter}{capital}]" if len(capital) == 1 and capital != letter else letter


@dataclass(frozen=True)
class Asked:
    """The words somebody looks for; all of them must be there, in any order."""

    text: str

    @cached_property
    def words(self) -> list[str]:
        return re.findall(r"[^\W_]+", plain(self.text[:LONGEST]))[:MOST_WORDS]

    @property
    def anywhere(self) -> list[str]:
        """A pattern for each word. One letter says too little to be looked for within words."""
        return [_pattern(word) if len(word) > 1 else _at_start(word) for word in self.words]

    @property
    def at_starts(self) -> list[str]:
        """The same where a word begins."""
        return [_at_start(word) for word in self.words]

    def rank(self, name: str) -> int | None:
        """0 where every word begins a word of the name, 1 where it is somewhere within; None where one is missing."""
        if not all(re.search(pattern, name) for pattern in self.anywhere):
            return None
        return 0 if all(re.search(pattern, name) for pattern in self.at_starts) else 1


def _at_start(word: str) -> str:
    return f"(^|{SEPARATORS}){_pattern(word)}"
