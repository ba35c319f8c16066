"""Gathers the rooms' models under one app label."""

from plans.actions.models import Action, BulkChange
from plans.budget.models import Adjustment, Allocation, BudgetEntry, BudgetLine
from plans.capacity.models import Capacity, TimeAway
from plans.feeds.models import CalendarFeed
from plans.goalposts.models import MovedGoalpost
from plans.imports.models import SheetImport
from plans.items.models import BinnedItem
from plans.notices.models import Notice, NoticeSettings
from plans.objectives.models import Milestone, Objective
from plans.plan.models import CompanyProfile, Plan
from plans.raci.models import Responsibility
from plans.receipts.models import Receipt
from plans.saved_views.models import DefaultView, SavedView
from plans.strategy.models import SalesCycle, SalesStage, Story
from plans.talk.models import Comment, Watch
from plans.targeting.models import Criterion, Persona, Segment
from plans.team.models import Communication, Role, Team
from plans.visits.models import Visit
from plans.webhooks.models import Delivery, Webhook

__all__ = [
    "Action",
    "Adjustment",
    "Allocation",
    "BinnedItem",
    "BudgetEntry",
    "BudgetLine",
    "BulkChange",
    "CalendarFeed",
    "Capacity",
    "Comment",
    "Communication",
    "CompanyProfile",
    "Criterion",
    "DefaultView",
    "Delivery",
    "Milestone",
    "MovedGoalpost",
    "Notice",
    "NoticeSettings",
    "Objective",
    "Persona",
    "Plan",
    "Receipt",
    "Responsibility",
    "Role",
    "SalesCycle",
    "SalesStage",
    "SavedView",
    "Segment",
    "SheetImport",
    "Story",
    "Team",
    "TimeAway",
    "Visit",
    "Watch",
    "Webhook",
]
