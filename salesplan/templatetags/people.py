"""People as initials in a circle; the name stands beside it or in its tooltip."""

from functools import lru_cache

from django import template
from django.utils.html import format_html

register = template.Library()


@register.simple_tag
@lru_cache(maxsize=1024)
def avatar(name, css=""):
    """Draw a person's initials. `css`: "a" in the accent colour, "lg" larger."""
    return format_html(
        '<span class="av{}" title="{}" aria-hidden="true">{}</span>',
        f" {css}" if css else "",
        name,
        initials(str(name)),
    )


@register.filter
def initials(name):
    words = name.split() or ["?"]
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()
