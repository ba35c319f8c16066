"""Methods one can start each stage with, what usually has to be true to leave it, and a story to begin from."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from plans.strategy.models import SalesStage

Kind = SalesStage.Kind


@dataclass(frozen=True)
class Suggestion:
    purpose: Promise
    methods: tuple[Promise, ...]
    exit_criteria: Promise


SUGGESTIONS: dict[str, Suggestion] = {
    Kind.PROSPECTING: Suggestion(
        _("Find possible customers and make them curious."),
        (
            _("Search databases and directories for companies that fit a segment"),
            _("Digital campaigns that lead to a page with one offer"),
            _("Networking at fairs and trade events"),
            _("Articles and videos that answer what the segment asks"),
        ),
        _("A named person in a company of the segment has answered."),
    ),
    Kind.QUALIFICATION: Suggestion(
        _("Learn who is interested and able to buy."),
        (
            _("Interviews by telephone, from one list of questions"),
            _("Short surveys about what is done today and what is wrong with it"),
            _("A contact form that asks for need, budget and date"),
        ),
        _("Need, budget, decision-maker and date are known."),
    ),
    Kind.PRESENTATION: Suggestion(
        _("Show how the offer meets this customer's need."),
        (
            _("A demonstration made for this customer, with their own data"),
            _("Webinars for several prospects with the same need"),
        ),
        _("The customer has said which of their problems it solves."),
    ),
    Kind.OBJECTIONS: Suggestion(
        _("Answer doubts as an adviser would."),
        (
            _("Consultative selling: ask until the real concern is on the table"),
            _("Case studies from the same sector"),
            _("References: let a customer tell it"),
        ),
        _("No concern is left that would stop the purchase."),
    ),
    Kind.NEGOTIATION: Suggestion(
        _("Find terms that both sides gain from."),
        (
            _("Talk it over directly, not by e-mail"),
            _("Adapt the offer: give on scope or dates before price"),
        ),
        _("Price, scope and dates are agreed in writing."),
    ),
    Kind.CLOSING: Suggestion(
        _("Sign, and say what happens next."),
        (
            _("Sum up what was agreed and ask for the decision"),
            _("Signature online, with the first delivery date in the contract"),
        ),
        _("The order is signed."),
    ),
    Kind.FOLLOW_UP: Suggestion(
        _("Keep customers satisfied, so that they buy again and tell others."),
        (
            _("A call two weeks after delivery: what works, what does not"),
            _("A satisfaction survey every half year"),
            _("Loyalty benefits, and a thank-you for a recommendation"),
        ),
        _("The customer has bought again or recommended us."),
    ),
}

STORY = {
    "title": _("The quote that took five days"),
    "anecdote": _(
        "A customer waited five days for our quote and bought elsewhere. "
        "We asked why, and rebuilt how quotes are made. Today one takes four hours, "
        "and that customer is back."
    ),
    "product": _("Quotes within a day"),
}
