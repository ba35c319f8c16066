"""The structure a sales organisation can start from: five teams and who works in them (S3.1)."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class SeatPattern:
    key: str
    title: str | Promise
    responsibilities: str | Promise
    #: The key of the superior.
    reports_to: str = ""


@dataclass(frozen=True)
class TeamPattern:
    name: str | Promise
    purpose: str | Promise
    seats: tuple[SeatPattern, ...]


STRUCTURE = (
    TeamPattern(
        _("Sales management"),
        _("Sets the course and sees that the objectives are met"),
        (
            SeatPattern(
                "sales_director",
                _("Sales director"),
                _(
                    "- Owns the strategy across sales and marketing\n"
                    "- Leads all sales teams\n"
                    "- Answers for the sales objectives"
                ),
            ),
            SeatPattern(
                "product_manager",
                _("Product manager"),
                _(
                    "- Develops new products and brings them to market\n"
                    "- Carries what customers need from sales to research and development"
                ),
                "sales_director",
            ),
        ),
    ),
    TeamPattern(
        _("Sales"),
        _("Finds customers, wins them and keeps in touch"),
        (
            SeatPattern(
                "sales_manager",
                _("Sales manager"),
                _("- Leads the sales team\n- Sets targets for the team and for each person in it"),
                "sales_director",
            ),
            SeatPattern(
                "representatives",
                _("Sales representatives"),
                _("- Find prospects, negotiate and close\n- Are the customer's first contact"),
                "sales_manager",
            ),
            SeatPattern(
                "assistants",
                _("Sales assistants"),
                _("- Take paperwork off the representatives\n- Prepare and coordinate customer meetings"),
                "sales_manager",
            ),
        ),
    ),
    TeamPattern(
        _("Marketing"),
        _("Makes the offer known and brings in enquiries"),
        (
            SeatPattern(
                "marketing_director",
                _("Marketing director"),
                _("- Draws up the marketing strategy and carries it out\n- Agrees it with the sales director"),
                "sales_director",
            ),
            SeatPattern(
                "digital_manager",
                _("Digital manager"),
                _("- Runs everything that happens online: website, search, advertising, social media"),
                "marketing_director",
            ),
            SeatPattern(
                "communications_manager",
                _("Communications manager"),
                _("- Speaks for the company inside and outside\n- Looks after press and public relations"),
                "marketing_director",
            ),
        ),
    ),
    TeamPattern(
        _("CRM and customer service"),
        _("Keeps customers satisfied and loyal"),
        (
            SeatPattern(
                "crm_manager",
                _("CRM manager"),
                _(
                    "- Runs the customer database: every contact is recorded and evaluated\n"
                    "- Turns what it shows into satisfaction and loyalty"
                ),
                "sales_director",
            ),
            SeatPattern(
                "customer_service",
                _("Customer service"),
                _("- Helps customers before and after they buy"),
                "crm_manager",
            ),
        ),
    ),
    TeamPattern(
        _("Events"),
        _("Brings people and products together"),
        (
            SeatPattern(
                "events_manager",
                _("Events manager"),
                _("- Plans trade fairs, webinars and customer evenings"),
                "sales_director",
            ),
            SeatPattern(
                "events_coordinator",
                _("Events coordinator"),
                _("- Arranges the logistics\n- Keeps everyone who contributes to an event in step"),
                "events_manager",
            ),
        ),
    ),
)
