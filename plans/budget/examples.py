"""Lines to start from: the ten of the article (S6.1), EUR 185,000 together."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from plans.budget.models import BudgetLine

Kind = BudgetLine.Kind

LINES = (
    (_("Online advertising campaigns"), Kind.DIRECT, 50_000),
    (_("Promotional content"), Kind.INDIRECT, 20_000),
    (_("Sales team training"), Kind.PEOPLE, 10_000),
    (_("SEO tools and website optimisation"), Kind.TECHNOLOGY, 5_000),
    (_("Trade fairs"), Kind.DIRECT, 30_000),
    (_("VIP loyalty programme"), Kind.DIRECT, 15_000),
    (_("Webinars"), Kind.INDIRECT, 5_000),
    (_("Social media campaigns"), Kind.DIRECT, 25_000),
    (_("Blog content"), Kind.INDIRECT, 5_000),
    (_("Influencer collaborations"), Kind.INDIRECT, 20_000),
)

#: The share of a budget that is set aside for what nobody can foresee.
CONTINGENCY_SHARE = Decimal("0.05")
