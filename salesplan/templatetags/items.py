"""Editing a list where it stands: the menu of an item, and the link that adds one (docs/frontend.md)."""

from functools import cache

from django import template
from django.apps import apps
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from salesplan.lib.icons import icon

register = template.Library()


@register.simple_tag(takes_context=True)
def item_menu(context, item, name="", deeds=""):
    """Offer to edit, duplicate, move and delete; or only some: deeds="duplicate delete".

    The form comes from <app>:<model>_edit, and the other addresses differ from it in the last word only.
    What looks the same on every item, static/js/items.js adds to it: icons, and the button of the menu.
    """
    if not context.get("can_edit"):
        return ""
    model = item._meta
    return format_html(
        _menu(get_language()),
        edit=reverse(f"{model.app_label}:{model.model_name}_edit", args=[item.pk]),
        id=f"{model.model_name}-{item.pk}",
        name=format_html("<b>{}</b>", name or item),
        deeds=deeds,
    )


@cache
def _menu(language: str) -> str:
    """Render the template once: fifty menus of one page would cost more than the rest of it."""
    return render_to_string("frame/item_menu.html").strip()


@register.simple_tag(takes_context=True)
def item_grip(context, item, name=""):
    """Offer the handle by which an item is dragged, or moved with the arrow keys: made by static/js/items.js."""
    if not context.get("can_edit"):
        return ""
    return format_html('<button class="grip" data-grip="{}"></button>', name or item)


@register.simple_tag(takes_context=True)
def item_add(context, url_name, pk, label, slot="", **group):
    """Offer a link whose form opens in its place; without JavaScript it leads to the form's own page.

    {% item_add "plans:role_add" team.pk _("Add role") %}; where the new item goes to one of several
    lists, that list is named: {% item_add "analysis:swotpoint_add" plan.pk _("Add") quadrant="threat" %}.
    """
    if not context.get("can_edit"):
        return ""
    app, _colon, view = url_name.partition(":")
    name = view.removesuffix("_add")
    return format_html(
        '<div class="item-add" id="{}"><a class="add" href="{}"{}>{}{}</a></div>',
        slot or "-".join([name, "add", str(pk), *map(str, group.values())]),
        reverse(url_name, args=[pk], query=group or None),
        _main_key(app, name),
        icon("plus", "sm"),
        label,
    )


@cache
def _main_key(app: str, name: str) -> str:
    """What belongs to the plan itself is what its page adds at the press of C (static/js/keys.js)."""
    return mark_safe(' data-key="c"') if apps.get_model(app, name).PARENT == "plan" else ""


@register.simple_tag
def undo_url(message):
    """Find the address that takes a change back: messages.success(..., extra_tags=f"undo:{url}")."""
    tags = (message.extra_tags or "").split()
    return next((tag.removeprefix("undo:") for tag in tags if tag.startswith("undo:")), "")
