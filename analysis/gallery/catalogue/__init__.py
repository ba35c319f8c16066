"""The blueprints of the gallery: one for each of the five aims (S0.2), in their order."""

from analysis.gallery.blueprint import Blueprint
from analysis.gallery.catalogue.brand import BRAND
from analysis.gallery.catalogue.loyalty import LOYALTY
from analysis.gallery.catalogue.market import NEW_MARKET
from analysis.gallery.catalogue.sales import MORE_SALES
from analysis.gallery.catalogue.team import TEAM_PERFORMANCE

BLUEPRINTS: dict[str, Blueprint] = {
    blueprint.key: blueprint for blueprint in (MORE_SALES, LOYALTY, TEAM_PERFORMANCE, NEW_MARKET, BRAND)
}
