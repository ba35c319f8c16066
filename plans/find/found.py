from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class Found:
    """One line of what was found: a place to go to, or something to do.

    With `field` it is done by posting `field=value` to `url`, and `stays` says that one comes back to where one is;
    with `opens` a dialog of the page shows what is at `url`.
    """

    title: str
    url: str = ""
    icon: str = "arrow-right"
    note: str = ""
    #: The keys that do the same, one after the other.
    keys: tuple[str, ...] = ()
    field: str = ""
    value: str = ""
    stays: bool = False
    opens: str = ""


@dataclass(frozen=True)
class Group:
    label: str | Promise
    found: list[Found]
    #: How well the best of them matches (salesplan.lib.matching); groups that match better come first.
    rank: int = 0
