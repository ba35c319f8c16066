"""A segment and a persona to start from, in the words one would really write (S4.1, S4.2)."""

from django.utils.translation import gettext_lazy as _

from plans.targeting.models import Criterion, Segment

SEGMENT = {
    "name": _("Mid-size manufacturers in the region"),
    "description": _(
        "Family-owned manufacturers that replace old machines or software step by step and want one supplier who "
        "answers the phone."
    ),
    "size": 1_200,
    "size_unit": _("companies"),
    "size_source": _("Chamber of commerce register, 50 to 249 employees"),
    "priority": Segment.Priority.FIRST,
}

CRITERIA = (
    {
        "attribute": Criterion.Attribute.AGE,
        "kind": Criterion.Kind.RANGE,
        "low": 35,
        "high": 55,
        "unit": _("years"),
    },
    {"attribute": Criterion.Attribute.REGION, "kind": Criterion.Kind.CHOICE, "options": _("North\nCentre")},
    {
        "attribute": Criterion.Attribute.HABITS,
        "kind": Criterion.Kind.TEXT,
        "text": _("Asks for three quotes, decides within two months"),
    },
    {
        "attribute": Criterion.Attribute.OWN,
        "own_name": _("Employees"),
        "kind": Criterion.Kind.RANGE,
        "low": 50,
        "high": 249,
    },
)

PERSONA = {
    "name": _("Clara, head of operations"),
    "tagline": _("44, runs production and purchasing in a company of 120 people"),
    "quote": _("I do not need the best machine. I need the one that runs on Monday."),
    "challenges": _("- Every stop of the line costs a day\n- No specialist of her own to judge technical claims"),
    "goals": _("- Fewer suppliers, fewer surprises\n- An investment she can defend before the owner"),
    "preferences": _("- Numbers and references instead of brochures\n- A visit on site, then everything by e-mail"),
    "buying_behaviour": _(
        "- Compares three suppliers, asks two customers of each\n"
        "- Decides in the third quarter, when next year's budget is drawn up"
    ),
}
