"""Editing a list where it stands: the menu of an item, and the link that adds one (docs/frontend.md)."""

from functools import cache

from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from salesplan.lib.icons import icon

register = template.Library()


@register.simple_tag(takes_context=True)
def item_menu(context, item, name="", deeds=""):
    """Offer to edit, duplicate, move and delete; or only some: deeds="duplicate delete".

    The form comes from <app>:<model>_edit, and the other addresses differ from it in the last word only.
    """
    if not context.get("can_edit"):
        return ""
    model = item._meta
    return format_html(
        _menu(get_language()),
        edit=reverse(f"{model.app_label}:{model.model_name}_edit", args=[item.pk]),
        id=f"{model.model_name}-{item.pk}",
        name=name or item,
        deeds=deeds,
    )


@cache
def _menu(language: str) -> str:
    """Render the template once: fifty menus of one page would cost more than the rest of it."""
    return render_to_string("frame/item_menu.html").strip()


@register.simple_tag(takes_context=True)
def item_grip(context, item, name=""):
    """Offer the handle by which an item is dragged, or moved with the arrow keys."""
    if not context.get("can_edit"):
        return ""
    label = _("Move %(name)s: drag, or use the arrow keys") % {"name": name or item}
    return format_html(
        '<button class="grip" type="button" data-grip aria-label="{}">{}</button>',
        label,
        icon("grip-vertical"),
    )


@register.simple_tag(takes_context=True)
def item_add(context, url_name, pk, label, slot="", **group):
    """Offer a link whose form opens in its place; without JavaScript it leads to the form's own page.

    {% item_add "plans:role_add" team.pk _("Add role") %}; where the new item goes to one of several
    lists, that list is named: {% item_add "analysis:swotpoint_add" plan.pk _("Add") quadrant="threat" %}.
    """
    if not context.get("can_edit"):
        return ""
    name = url_name.partition(":")[2].removesuffix("_add")
    return format_html(
        '<div class="item-add" id="{0}"><a class="add" href="{1}" hx-get="{1}" hx-target="#{0}" hx-swap="innerHTML">'
        "{3}{2}</a></div>",
        slot or "-".join([name, "add", str(pk), *map(str, group.values())]),
        reverse(url_name, args=[pk], query=group or None),
        label,
        icon("plus", "sm"),
    )


@register.simple_tag
def undo_url(message):
    """Find the address that takes a change back: messages.success(..., extra_tags=f"undo:{url}")."""
    tags = (message.extra_tags or "").split()
    return next((tag.removeprefix("undo:") for tag in tags if tag.startswith("undo:")), "")
