"""Who works at Innovatech, whom it sells to, and how (S3 to S5)."""

from django.utils.translation import gettext_lazy as _

#: Role key -> who holds it: "director", "manager" and "member" sign in, the others are names.
HOLDERS = {
    "sales_director": "director",
    "product_manager": "Nadia Haddad",
    "sales_manager": "manager",
    "representatives": "Julien Petit",
    "assistants": "Emma Larsen",
    "marketing_director": "Thomas Weber",
    "digital_manager": "member",
    "communications_manager": "Lukas Novak",
    "crm_manager": "Anna Kowalska",
    "customer_service": "Olivia Jansen",
    "events_manager": "Pieter de Vries",
    "events_coordinator": "Marta Silva",
}

#: Hours a week for the plan of those who have not the usual ones.
HOURS = {"manager": 25, "member": 36, "Nadia Haddad": 16, "Lukas Novak": 32, "Anna Kowalska": 40, "Pieter de Vries": 40}

#: Who is away: from and to (days from today), and the hours a week that are left.
AWAY = (("Lukas Novak", 28, 39, 0), ("member", 42, 46, 0), ("Pieter de Vries", 14, 25, 20))

#: Who owes which KPI; the director has the rest.
KPI_OWNERS = {
    "member": ("traffic", "rate", "leads", "conversion", "cost", "roi", "demos", "organic", "reach"),
    "manager": ("repeat", "response", "partner_sales", "partners", "win"),
}

#: Objective, role, part.
RACI = (
    (0, "sales_director", "A"),
    (0, "sales_manager", "R"),
    (0, "marketing_director", "R"),
    (0, "crm_manager", "C"),
    (1, "crm_manager", "A"),
    (1, "customer_service", "R"),
    (1, "sales_manager", "C"),
    (2, "marketing_director", "A"),
    (2, "digital_manager", "R"),
    (2, "communications_manager", "R"),
    (3, "sales_manager", "A"),
    (3, "product_manager", "C"),
    (4, "product_manager", "A"),
    (4, "representatives", "I"),
)

#: Name, who they are, size, unit, source, priority, criteria (attribute, kind, values), personas.
SEGMENTS = (
    (
        _("Mid-size manufacturers in Benelux"),
        _("Family firms that grew out of spreadsheets and now need figures they can trust."),
        1_850,
        _("companies"),
        _("Chamber of commerce register"),
        1,
        (
            ("region", "choice", {"options": "Belgium\nNetherlands\nLuxembourg"}),
            ("own", "range", {"own_name": _("Employees"), "low": 50, "high": 250}),
            ("habits", "text", {"text": _("Buys once a year, after the budget round in autumn")}),
        ),
        (
            (
                _("Clara, head of operations"),
                _("47, runs two plants, reports to the owner"),
                _("“I do not need more figures, I need the right one on Monday.”"),
                _("- Every report takes a day\n- Two systems that disagree"),
                _("- One figure everybody trusts\n- Fewer surprises at the end of the month"),
                _("- A person to call\n- References from her own sector"),
                _("Compares three suppliers, decides with the owner, signs in November."),
            ),
        ),
    ),
    (
        _("Insurance brokers and financial services"),
        _("Regulated firms that have to prove where a figure comes from."),
        620,
        _("companies"),
        _("Register of the supervisor"),
        2,
        (
            ("income", "range", {"low": 5, "high": 50, "unit": "M€"}),
            ("loyalty", "text", {"text": _("Stays for years once the audit is passed")}),
        ),
        (
            (
                _("Henri, compliance officer"),
                _("52, careful, answers to the supervisor"),
                _("“Show me where this number comes from.”"),
                _("- An audit every spring"),
                _("- Pass it without overtime"),
                _("- Documents before demonstrations"),
                _("Reads everything, involves IT late, buys what a peer recommends."),
            ),
        ),
    ),
    (
        _("Regional IT resellers"),
        _("Partners with twenty to sixty customers each who look for a second vendor."),
        90,
        _("companies"),
        _("Own list, interviews in January"),
        2,
        (
            ("region", "choice", {"options": "France\nGermany"}),
            ("lifestyle", "text", {"text": _("Owner-managed, lives on recommendations")}),
        ),
        (),
    ),
)

#: Stage -> owner, expected conversion in percent, days, methods, what has to be true.
STAGES = {
    "prospecting": (
        "digital_manager",
        22,
        14,
        _("- Search of our customer base\n- Digital campaigns\n- Trade fairs and networking\n- Blog and webinars"),
        _("A named contact with a need"),
    ),
    "qualification": (
        "representatives",
        55,
        10,
        _("- Interview by telephone\n- A form with four questions"),
        _("Budget, decision maker and date are known"),
    ),
    "presentation": (
        "representatives",
        60,
        14,
        _("- Demonstration with the customer's own data\n- Webinar for the team"),
        _("The customer asks for a quote"),
    ),
    "objections": (
        "sales_manager",
        75,
        10,
        _("- Case studies of the sector\n- A call with a reference customer"),
        _("Every objection has its answer in writing"),
    ),
    "negotiation": (
        "sales_manager",
        70,
        12,
        _("- Direct talk about terms\n- An offer in two variants"),
        _("Price and term are agreed"),
    ),
    "closing": (
        "sales_director",
        85,
        7,
        _("- Contract ready to sign\n- Start date in the calendar"),
        _("The contract is signed"),
    ),
    "follow_up": (
        "customer_service",
        None,
        90,
        _("- Call after the first month\n- Quarterly review"),
        _("The customer would recommend us"),
    ),
}

DEAL_SIZE = 24_000
#: What new deals have to bring; the rest of the objective comes from existing customers.
NEW_BUSINESS = 720_000

#: Title, anecdote, product, place of the persona, stage.
STORIES = (
    (
        _("The quote that took five days"),
        _(
            "A plant in Ghent waited five days for our quote and bought elsewhere. "
            "Today its manager gets one before lunch, and tells others so."
        ),
        _("Data platform"),
        0,
        "negotiation",
    ),
    (
        _("The audit passed without overtime"),
        _(
            "A broker in Liège used to spend three weeks on its audit. "
            "This spring it took two days: every figure led back to its source."
        ),
        _("Audit module"),
        1,
        "objections",
    ),
)
