"""Innovatech Solutions on paper: what its plan intends. The article's budget and action rows are among it (S6)."""

from django.utils.translation import gettext_lazy as _

from analysis.gallery.blueprint import ActionPattern as Do
from analysis.gallery.blueprint import Blueprint, LinePattern, ObjectivePattern
from analysis.gallery.blueprint import KpiPattern as Kpi
from plans.plan.models import Aim

KEY = "innovatech"

SALES = ObjectivePattern(
    title=_("Increase sales by 20 %"),
    aim=Aim.SALES,
    measure="total",
    unit="money",
    change=_("+20 % by the end of the plan"),
    baseline=1_670_000,
    target=2_004_000,
    description=_(
        "Invoiced sales of the data platform and its services to mid-size firms in Benelux, France and Germany."
    ),
    relevant=_(
        "Mid-size firms are leaving legacy suites this year; whoever is in their shortlist now stays for years."
    ),
    kpis=(
        Kpi("sales", _("Invoiced sales"), "money", 2_004_000, 1_670_000, measure="total", on_dashboard=True),
        Kpi("traffic", _("Website traffic growth"), "%", 25, 0),
        Kpi("rate", _("Website conversion rate"), "%", 3.5, 2.6, on_dashboard=True),
        Kpi("leads", _("Qualified leads"), _("leads"), 2_600, measure="total"),
        Kpi("conversion", _("Lead conversion rate"), "%", 15, 11, formula="lead_conversion"),
        Kpi("roi", _("Advertising ROI"), "%", 180, 90, formula="ad_roi", rhythm="monthly"),
        Kpi("cost", _("Cost per qualified lead"), "money", 55, 84, direction="less"),
        Kpi("demos", _("Demo requests"), _("requests"), 1_400, measure="total"),
    ),
    actions=(
        Do(
            _("Launch an online advertising campaign"),
            "advertising",
            "marketing_director",
            0.05,
            0.75,
            ("traffic", "rate"),
            "ads",
            50_000,
            195_000,
            2,
            effort=60,
        ),
        Do(
            _("Run monthly product webinars"),
            "digital",
            "digital_manager",
            0.05,
            0.97,
            ("demos",),
            "webinars",
            5_000,
            25_500,
            effort=90,
        ),
        Do(
            _("Train the sales team in solution selling"),
            "prospecting",
            "sales_director",
            0.1,
            0.37,
            ("conversion",),
            "training",
            10_000,
            34_000,
        ),
        Do(
            _("Exhibit at the Hannover and Lyon trade fairs"),
            "networking",
            "events_manager",
            0.3,
            0.88,
            ("leads", "cost"),
            "fairs",
            30_000,
            78_000,
            2,
            effort=140,
        ),
        Do(
            _("Publish six customer case videos"),
            "advertising",
            "communications_manager",
            0.15,
            0.83,
            ("leads",),
            "content",
            20_000,
            48_000,
            effort=110,
        ),
        Do(_("Send every quote within 48 hours"), "digital", "assistants", 0.1, 0.5, ("conversion",)),
    ),
)

RETENTION = ObjectivePattern(
    title=_("Retain existing customers"),
    aim=Aim.LOYALTY,
    measure="ratio",
    unit="%",
    change=_("from 82 % to 90 % in twelve months"),
    baseline=82,
    target=90,
    description=_(
        "Customers with a running contract at the start of a month who still have one at its end, over twelve months."
    ),
    relevant=_("Retention fell from 86 % to 82 % in two years, and winning a customer back costs five times as much."),
    kpis=(
        Kpi(
            "retention",
            _("Customer retention rate"),
            "%",
            90,
            82,
            formula="retention",
            rhythm="monthly",
            on_dashboard=True,
        ),
        Kpi("repeat", _("Repeat sales growth"), "%", 10, 0),
        Kpi("response", _("Time to first answer"), _("hours"), 4, 11, direction="less"),
        Kpi("nps", _("Recommendation score (NPS)"), _("points"), 45, 31, rhythm="quarterly"),
    ),
    actions=(
        Do(
            _("Roll out a loyalty programme"),
            "promotion",
            "crm_manager",
            0.1,
            0.5,
            ("retention", "repeat"),
            "programme",
            15_000,
            87_000,
            1,
            effort=30,
        ),
        Do(
            _("Move support tickets into the CRM"),
            "digital",
            "crm_manager",
            0.2,
            0.58,
            ("response",),
            priority=2,
            effort=36,
        ),
        Do(
            _("Call the forty accounts with falling usage"),
            "after_sales",
            "customer_service",
            0.45,
            0.68,
            ("retention",),
            effort=28,
        ),
        Do(
            _("Hold quarterly reviews with the top 25 accounts"),
            "after_sales",
            "sales_manager",
            0.2,
            0.8,
            ("retention", "nps"),
            effort=72,
        ),
        Do(_("Offer an audit with every renewal"), "cross_selling", "sales_manager", 0.4, 0.95, ("repeat",), effort=80),
    ),
)

SHARE = ObjectivePattern(
    title=_("Grow market share to 10 %"),
    aim=Aim.BRAND,
    measure="level",
    unit="%",
    change=_("from 8 % to 10 % by the end of the plan"),
    baseline=8,
    target=10,
    description=_("Share of the Benelux market for data platforms in mid-size firms, by the yearly sector report."),
    relevant=_("Below ten per cent the large integrators leave us off their lists."),
    kpis=(
        Kpi("share", _("Market share"), "%", 10, 8, rhythm="monthly", on_dashboard=True),
        Kpi("organic", _("Organic sessions"), _("visits"), 18_000, 12_400),
        Kpi("reach", _("Social reach"), _("people"), 6_000_000, measure="total"),
    ),
    actions=(
        Do(
            _("Rebuild the product pages for search"),
            "digital",
            "digital_manager",
            0.3,
            0.72,
            ("organic",),
            "seo",
            5_000,
            28_000,
            2,
            effort=90,
        ),
        Do(
            _("Publish a weekly blog on sector use cases"),
            "advertising",
            "communications_manager",
            0.05,
            0.97,
            ("organic",),
            "blog",
            4_000,
            22_000,
            effort=96,
        ),
        Do(
            _("Run three social media campaigns"),
            "advertising",
            "digital_manager",
            0.15,
            0.83,
            ("reach",),
            "social",
            25_000,
            72_500,
            effort=130,
        ),
        Do(
            _("Test five influencer collaborations"),
            "advertising",
            "communications_manager",
            0.7,
            0.9,
            ("reach",),
            "influencers",
            17_000,
            36_000,
            4,
        ),
    ),
)

PARTNERS = ObjectivePattern(
    title=_("Open the partner channel"),
    aim=Aim.MARKET,
    measure="total",
    unit="money",
    change=_("84,000 by the end of the plan"),
    baseline=0,
    target=84_000,
    description=_(
        "Sales invoiced through regional resellers: the five per cent that the ambition asks for beyond our own sales."
    ),
    relevant=_("Resellers look for a second vendor; nine of them said so in interviews."),
    kpis=(
        Kpi("partner_sales", _("Sales through partners"), "money", 84_000, measure="total", rhythm="monthly"),
        Kpi("partners", _("Partners signed"), _("partners"), 8, measure="total", rhythm="monthly"),
    ),
    actions=(
        Do(
            _("Sign eight regional resellers"),
            "networking",
            "sales_manager",
            0.25,
            0.92,
            ("partners", "partner_sales"),
            effort=120,
        ),
        Do(
            _("Set the partner price list and margin rules"),
            "networking",
            "product_manager",
            0.55,
            0.72,
            ("partner_sales",),
            priority=2,
            effort=48,
        ),
    ),
)

LAUNCHES = ObjectivePattern(
    title=_("Launch three modules of the platform"),
    aim=Aim.TEAM,
    measure="milestones",
    unit=_("modules"),
    change=_("3 by the end of the third quarter"),
    baseline=0,
    target=3,
    ends=0.75,
    description=_("Audit, quality and catalogue: on the price list, documented, and sold to a first customer."),
    milestones=(_("Audit module on sale"), _("Quality module on sale"), _("Catalogue module on sale")),
    kpis=(Kpi("win", _("Win rate"), "%", 30, 24, rhythm="monthly"),),
    actions=(
        Do(_("Test each module with five customers"), "after_sales", "product_manager", 0.05, 0.6, ("win",)),
        Do(_("Answer the ten objections heard most in writing"), "prospecting", "sales_manager", 0.1, 0.3, ("win",)),
    ),
)

#: The article's ten categories, 185,000 in all, and a contingency of five per cent beside them.
LINES = (
    LinePattern("ads", _("Online advertising campaigns"), "direct", 50_000),
    LinePattern("content", _("Promotional content"), "indirect", 20_000),
    LinePattern("training", _("Sales team training"), "people", 10_000),
    LinePattern("seo", _("SEO tools and website optimisation"), "technology", 5_000),
    LinePattern("fairs", _("Trade fairs"), "direct", 30_000),
    LinePattern("programme", _("VIP loyalty programme"), "direct", 15_000),
    LinePattern("webinars", _("Webinars"), "direct", 5_000),
    LinePattern("social", _("Social media campaigns"), "direct", 25_000),
    LinePattern("blog", _("Blog content"), "indirect", 5_000),
    LinePattern("influencers", _("Influencer collaborations"), "indirect", 20_000),
    LinePattern("reserve", _("Contingency"), "contingency", 9_250),
)

INNOVATECH = Blueprint(
    key=KEY,
    aim=Aim.SALES,
    name=_("Innovatech Solutions, a worked example"),
    promise=_(
        "A technology firm in month eight of its plan: all seven steps filled in, "
        "a year of figures, what goes well and what does not."
    ),
    ambition=_("Grow sales and market share by 25 % in one year."),
    objectives=(SALES, RETENTION, SHARE, PARTNERS, LAUNCHES),
    lines=LINES,
)
