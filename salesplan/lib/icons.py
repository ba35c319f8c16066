"""Icons come from one sprite, static/icons.svg, made by the set-up from the names used."""

from functools import cache

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString


@cache
def icon(name: str, css: str = "") -> SafeString:
    """Draw a Tabler icon. It is decoration: the word beside it, or the control's label, says the same."""
    return format_html(
        '<svg class="ti{}" aria-hidden="true"><use href="{}#{}"/></svg>',
        f" {css}" if css else "",
        static("icons.svg"),
        name,
    )
