"""Every tag and filter of Salesplan under one name, which settings.py loads for all templates."""

from django import template

from salesplan.templatetags import figures, items, people, pictures, status, text

register = template.Library()
for module in (figures, items, pictures, people, status, text):
    register.tags.update(module.register.tags)
    register.filters.update(module.register.filters)
