"""How large a sheet may be, and how it is said that one cannot be read."""

MOST_BYTES = 10_000_000
MOST_ROWS = 10_000
MOST_COLUMNS = 60
MOST_LETTERS = 10_000


class Unreadable(Exception):
    """Says in a sentence for people why a file cannot be read, and what to do about it."""
