"""How it went so far: what became of each action, and what was spent. Days count from today, backwards below zero."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Course:
    """The steps of an action's status, each with its day; `due` moves the deadline to a day of its own."""

    steps: tuple[tuple[int, str], ...] = ()
    due: int | None = None


#: By the place of the objective in the plan and of the action in the objective.
COURSES: dict[tuple[int, int], Course] = {
    (0, 0): Course(((-200, "in_progress"),)),
    (0, 1): Course(((-205, "in_progress"),)),
    (0, 2): Course(((-190, "in_progress"), (-95, "done"))),
    (0, 3): Course(((-110, "in_progress"), (-12, "at_risk"))),
    (0, 4): Course(((-160, "in_progress"),)),
    (0, 5): Course(((-185, "in_progress"), (-58, "done"))),
    (1, 0): Course(((-180, "in_progress"),), due=-48),
    (1, 1): Course(((-150, "in_progress"), (-17, "blocked")), due=-17),
    (1, 2): Course(((-60, "in_progress"),), due=5),
    (1, 3): Course(((-160, "in_progress"), (-25, "at_risk"))),
    (1, 4): Course(((-70, "in_progress"),)),
    (2, 0): Course(((-100, "in_progress"),), due=24),
    (2, 1): Course(((-210, "in_progress"),)),
    (2, 2): Course(((-170, "in_progress"),)),
    (3, 0): Course(((-140, "in_progress"),)),
    (4, 0): Course(((-205, "in_progress"), (-20, "done"))),
    (4, 1): Course(((-190, "in_progress"), (-130, "done"))),
}

#: What waits for what, both by their places as above: for something blocked, for what ends too late, for what is done.
WAITS: tuple[tuple[tuple[int, int], tuple[int, int]], ...] = (
    ((1, 2), (1, 1)),
    ((2, 3), (2, 0)),
    ((2, 3), (0, 4)),
    ((1, 4), (0, 2)),
)


@dataclass(frozen=True)
class Spending:
    """What was ordered and what of it is paid, with the reason of the largest orders."""

    committed: int
    spent: int
    note: str | Promise = ""


SPENDING: dict[str, Spending] = {
    "ads": Spending(46_000, 33_400, _("Search and display, three quarters")),
    "content": Spending(14_500, 12_900, _("Film crew for four videos")),
    "training": Spending(10_000, 10_000, _("Two days for twelve people")),
    "seo": Spending(4_200, 3_150, _("Audit and one year of the tool")),
    "fairs": Spending(27_500, 18_600, _("Stand in Hannover, deposit for Lyon")),
    "programme": Spending(6_000, 3_800, _("Set-up of the programme")),
    "webinars": Spending(3_200, 2_700, _("Platform and speakers")),
    "social": Spending(19_400, 15_250, _("Two of three campaigns")),
    "blog": Spending(3_600, 3_100, _("Texts of eight months")),
    "influencers": Spending(9_000, 6_000, _("First two collaborations")),
}

#: From line, to line, amount, reason, day.
TRANSFERS = (
    ("influencers", "fairs", 3_000, _("Larger stand in Hannover: last year's was full by noon"), -150),
    ("blog", "seo", 1_000, _("Licence for the search audit"), -175),
)

#: Milestones reached: objective, milestone, day.
REACHED = ((4, 0, -150), (4, 1, -45))
