"""What Innovatech knows of its market: research, competitors, SWOT and the moves that follow (S1)."""

from django.utils.translation import gettext_lazy as _

#: Title, kind, source, people asked, notes, findings (statement, kind, evidence, meaning).
RESEARCH = (
    (
        _("Survey of mid-size manufacturers"),
        "survey",
        _("Own survey with the chamber of commerce"),
        214,
        _("Online, four weeks. **Half** of the answers come from firms with 100 to 250 people."),
        (
            (
                _("Six in ten plan to leave their legacy suite within two years"),
                "trend",
                _("61 % of 214"),
                _("The audit module is the way in: it shows them what they have."),
            ),
            (
                _("They compare three suppliers before asking for a quote"),
                "fact",
                _("median 3, n = 214"),
                _("We have to be found and referenced before the first call."),
            ),
        ),
    ),
    (
        _("Focus group with lost customers"),
        "focus_group",
        _("Two evenings, moderated by an agency"),
        11,
        _("All eleven left within the last year."),
        (
            (
                _("Nobody called before the contract ended"),
                "need",
                _("9 of 11"),
                _("Quarterly reviews, and a call when usage falls."),
            ),
            (_("Quotes took too long"), "need", _("“Five days, for a price list?”"), _("A quote within 48 hours.")),
        ),
    ),
    (
        _("Sector report on data platforms"),
        "market_analysis",
        _("Yearly report of the sector association"),
        None,
        _("Benelux, France and Germany."),
        (
            (
                _("The market for mid-size firms grows by 11 % a year"),
                "trend",
                _("+11 % a year to 2028"),
                _("Growth alone carries half of our ambition."),
            ),
            (
                _("New security rules create demand for audits"),
                "trend",
                _("EU directive 2022/2555"),
                _("A fixed-price readiness audit."),
            ),
        ),
    ),
)

#: Name, own, strengths, weaknesses, offer, price index, share, positioning, breadth, service.
COMPETITORS = (
    (
        _("Innovatech"),
        True,
        _("Renewal score, engineers on site"),
        _("Conversion, references abroad"),
        _("Data platform and services"),
        104,
        9.3,
        _("Reliable partner for regulated mid-size firms"),
        6.2,
        8.5,
    ),
    (
        "Datacore",
        False,
        _("Brand, broadest suite"),
        _("Slow support, long contracts"),
        _("Full suite, 40 modules"),
        128,
        24,
        _("Safe choice for large groups"),
        9,
        4,
    ),
    (
        "Nextia",
        False,
        _("Price, quick start"),
        _("Churn, thin integrations"),
        _("Self-service platform"),
        82,
        13,
        _("Cheapest way to begin"),
        3.6,
        3,
    ),
    (
        "BlueStack",
        False,
        _("Developer community"),
        _("No field sales"),
        _("Open source with hosting"),
        97,
        7,
        _("Built by engineers for engineers"),
        4.4,
        5,
    ),
    (
        "Orbis IT",
        False,
        _("Local presence"),
        _("Outdated product"),
        _("Consulting and custom builds"),
        116,
        5,
        _("The consultant next door"),
        2.8,
        7.5,
    ),
)

AXES = (
    (_("Breadth of the offer"), _("one product"), _("full suite")),
    (_("Service on site"), _("self-service"), _("engineers on site")),
)

#: Quadrant, point, weight, evidence in words, (objective, action) that answers it, why it is accepted.
SWOT = (
    (
        "strength",
        _("Highest renewal score in the sector survey"),
        3,
        _("NPS 52 among renewers, sector report"),
        None,
        "",
    ),
    ("strength", _("Engineers on site within 24 hours"), 2, _("Service log of last year"), None, ""),
    ("strength", _("Own data platform, no licence cost"), 2, _("Margin report of the fourth quarter"), None, ""),
    ("strength", _("Strong references in finance and insurance"), 2, _("14 case files"), None, ""),
    ("weakness", _("Retention fell from 86 % to 82 % in two years"), 3, _("CRM cohort report"), (1, 0), ""),
    ("weakness", _("The website converts 2.6 %, the sector 3.4 %"), 3, _("Web analytics, December"), (2, 0), ""),
    ("weakness", _("Quotes take five days on average"), 2, _("Quote log, n = 312"), (0, 5), ""),
    ("weakness", _("Few references outside Benelux"), 2, "", (3, 0), ""),
    ("opportunity", _("Mid-size firms are leaving legacy suites"), 3, _("Survey, 61 % of 214"), (0, 0), ""),
    ("opportunity", _("New security rules create demand for audits"), 2, _("EU directive 2022/2555"), (0, 1), ""),
    ("opportunity", _("Resellers look for a second vendor"), 2, _("9 interviews in January"), (3, 0), ""),
    ("opportunity", _("Trade fairs are back to their old attendance"), 1, _("Organiser's figures"), (0, 3), ""),
    ("threat", _("Datacore cut its entry price by 12 % in March"), 3, _("Price watch"), (3, 1), ""),
    ("threat", _("Procurement asks for three bids above 50,000"), 2, _("Lost-deal notes, n = 27"), (0, 2), ""),
    (
        "threat",
        _("Advertising costs 18 % more per click"),
        1,
        _("Advertising account"),
        None,
        _("We watch it monthly: the return still pays."),
    ),
)

#: Move, reasoning, inner point, outer point (places in SWOT), (objective, action) when it was taken.
TOWS = (
    (
        _("Offer a fixed-price readiness audit"),
        _("Two days with an engineer on site as the way into a new account."),
        1,
        9,
        None,
    ),
    (
        _("Ask the first three resellers for joint references"),
        _("Closes the gap in references with the partners' own customers."),
        7,
        10,
        None,
    ),
    (
        _("Publish the total cost over three years, with renewal proof"),
        _("Answers a lower entry price with what it costs to stay."),
        0,
        12,
        None,
    ),
    (_("Give large bids a named owner"), _("Extends the quote within 48 hours to tenders."), 6, 13, (0, 5)),
)
