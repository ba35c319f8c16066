"""Small pictures inside rows, as SVG without script or style. Their numbers are always printed beside them."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from salesplan.lib import icons

register = template.Library()

RING_LENGTH = 33.9  # the circumference at radius 5.4
SPARK_WIDTH, SPARK_HEIGHT = 100, 30

type Point = tuple[int, float]


@register.simple_tag
def icon(name, css=""):
    """Draw an icon: {% icon "alert-triangle" %}, {% icon "x" "sm" %}."""
    return icons.icon(name, css)


@register.simple_tag
def ring(done, total):
    """Draw how much of a step is done: a ring that closes, then a tick."""
    words = _("%(done)s of %(total)s complete") % {"done": done, "total": total}
    if total and done >= total:
        return format_html('{}<span class="visually-hidden">{}</span>', icons.icon("check", "tick"), words)
    return format_html(
        '<svg class="ring" viewBox="0 0 14 14" role="img" aria-label="{}">'
        '<circle class="t" cx="7" cy="7" r="5.4"/>'
        '<circle class="v" cx="7" cy="7" r="5.4" stroke-dasharray="{} 40"/></svg>',
        words,
        f"{RING_LENGTH * done / total if total else 0:.1f}",
    )


@register.simple_tag
def bar(spent=0, committed=0, planned=0, max=0):
    """Draw spent inside committed inside planned, all on the scale of the largest row."""
    if not max:
        return SafeString("")
    return format_html(
        '<svg class="bar" aria-hidden="true"><rect class="f-3" width="{}" height="14"/>'
        '<rect class="f-2" width="{}" height="14"/><rect class="f-1" width="{}" y="4" height="6"/></svg>',
        *(_percent(value, max) for value in (planned, committed, spent)),
    )


@register.simple_tag
def meter(value, max, css=""):
    """Draw one share of a whole, such as a return among returns or a load of a capacity."""
    return format_html(
        '<svg class="meter {}" aria-hidden="true"><rect class="f-3" width="100%" height="8" rx="1"/>'
        '<rect class="f-2" width="{}" height="8" rx="1"/></svg>',
        css,
        _percent(value, max),
    )


def _percent(value, whole) -> str:
    return f"{min(100, 100 * (value or 0) / whole):.1f}%" if whole else "0%"


@register.simple_tag
def spark(values, pace=(), label=""):
    """Draw the last values as a line, the expected ones dotted. A missing value is None: the line skips it."""
    line, dotted = spark_points(values, pace)
    if not line and not dotted:
        return SafeString("")
    return format_html(
        '<svg class="spark" viewBox="0 0 {} {}" role="img" aria-label="{}">'
        '{}<polyline class="ln" points="{}"/>{}</svg>',
        SPARK_WIDTH,
        SPARK_HEIGHT,
        label or _("Trend of the last values"),
        SafeString(f'<polyline class="pace" points="{join_points(dotted)}"/>') if len(dotted) > 1 else "",
        join_points(line),
        SafeString(f'<circle class="dot" cx="{line[-1][0]}" cy="{line[-1][1]:g}" r="2.6"/>') if line else "",
    )


def spark_points(values, pace=()) -> tuple[list[Point], list[Point]]:
    """Where the line of the values goes and that of the pace, on one scale."""
    values, pace = list(values), list(pace or ())
    known = [float(value) for value in (*values, *pace) if value is not None]
    if not known:
        return [], []
    lowest, span = min(known), (max(known) - min(known)) or 1
    return _points(values, lowest, span), _corners(_points(pace, lowest, span))


def _points(values, lowest, span) -> list[Point]:
    """Keep a missing value's place, but draw no point there."""
    step = (SPARK_WIDTH - 6) / max(len(values) - 1, 1)
    return [
        (round(2 + step * index), round(SPARK_HEIGHT - 3 - (SPARK_HEIGHT - 6) * (float(value) - lowest) / span, 1))
        for index, value in enumerate(values)
        if value is not None
    ]


def _corners(points: list[Point]) -> list[Point]:
    """Leave out what lies on the way: most paces are one straight line."""
    if len(points) < 3:
        return points
    (x0, y0), (x1, y1) = points[0], points[-1]
    straight = all(abs(y0 + (y1 - y0) * (x - x0) / (x1 - x0) - y) < 0.5 for x, y in points)
    return [points[0], points[-1]] if straight else points


def join_points(points) -> str:
    return " ".join(f"{x},{y:g}" for x, y in points)
