"""Gathers the rooms' addresses under one namespace."""

from plans.actions import urls as actions
from plans.budget import urls as budget
from plans.capacity import urls as capacity
from plans.exchange import urls as exchange
from plans.feeds import urls as feeds
from plans.find import urls as find
from plans.goalposts import urls as goalposts
from plans.imports import urls as imports
from plans.items import urls as items
from plans.notices import urls as notices
from plans.objectives import urls as objectives
from plans.paste import urls as paste
from plans.plan import urls as plan
from plans.raci import urls as raci
from plans.saved_views import urls as saved_views
from plans.strategy import urls as strategy
from plans.talk import urls as talk
from plans.targeting import urls as targeting
from plans.team import urls as team
from plans.webhooks import urls as webhooks

app_name = "plans"
rooms = (
    plan,
    find,
    items,
    goalposts,
    objectives,
    team,
    capacity,
    targeting,
    strategy,
    saved_views,
    actions,
    talk,
    notices,
    raci,
    budget,
    exchange,
    feeds,
    webhooks,
    imports,
    paste,
)
urlpatterns = [pattern for room in rooms for pattern in room.urlpatterns]
