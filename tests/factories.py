"""Rows for tests. A test names what matters to it; the rest is believable."""

import datetime as dt
import uuid

import factory
from factory.django import DjangoModelFactory

from accounts.models import ApiAnswer, ApiToken, Membership, User, Workspace
from accounts.roles import Role as WorkspaceRole
from analysis.models import (
    Axis,
    Competitor,
    Evidence,
    Finding,
    ResearchNote,
    Score,
    SwotItem,
    TowsStrategy,
)
from kpis.models import (
    AgendaItem,
    Alert,
    Answer,
    Decision,
    FeedbackSheet,
    FormerRules,
    Improvement,
    Judging,
    Kpi,
    Opening,
    PeriodLock,
    Reading,
    Reminder,
    Review,
    SharedLink,
    SilentRule,
    Skip,
    Snapshot,
    Survey,
    Theme,
)
from kpis.snapshots.keeping import as_json
from kpis.snapshots.queries import state_of
from plans.models import (
    Action,
    Adjustment,
    Allocation,
    BinnedItem,
    BudgetEntry,
    BudgetLine,
    BulkChange,
    CalendarFeed,
    Capacity,
    Comment,
    Communication,
    CompanyProfile,
    Criterion,
    DefaultView,
    Delivery,
    Milestone,
    MovedGoalpost,
    Notice,
    NoticeSettings,
    Objective,
    Persona,
    Plan,
    Receipt,
    Responsibility,
    Role,
    SalesCycle,
    SalesStage,
    SavedView,
    Segment,
    SheetImport,
    Story,
    Team,
    TimeAway,
    Visit,
    Watch,
    Webhook,
)


class WorkspaceFactory(DjangoModelFactory):
    name = "Innovatech"

    class Meta:
        model = Workspace


class UserFactory(DjangoModelFactory):
    email = factory.Sequence(lambda n: f"person{n}@example.com")
    name = factory.Sequence(lambda n: f"Person {n}")

    class Meta:
        model = User


class MembershipFactory(DjangoModelFactory):
    workspace = factory.SubFactory(WorkspaceFactory)
    user = factory.SubFactory(UserFactory)
    role = WorkspaceRole.DIRECTOR

    class Meta:
        model = Membership


class PlanFactory(DjangoModelFactory):
    workspace = factory.SubFactory(WorkspaceFactory)
    name = "Sales growth plan 2026"
    starts_on = dt.date(2026, 1, 1)
    ends_on = dt.date(2026, 12, 31)
    status = Plan.Status.ACTIVE

    class Meta:
        model = Plan


class PlanItemFactory(DjangoModelFactory):
    plan = factory.SubFactory(PlanFactory)

    class Meta:
        abstract = True


class UnderParentFactory(DjangoModelFactory):
    """Items that take their plan from their parent."""

    class Meta:
        abstract = True


def under(parent_factory, **defaults):
    return factory.SubFactory(parent_factory, **defaults)


class CompanyProfileFactory(PlanItemFactory):
    company_name = "Innovatech Solutions"

    class Meta:
        model = CompanyProfile


class ObjectiveFactory(PlanItemFactory):
    title = "Increase sales by 20 %"
    unit = "€"
    baseline = 1_670_000
    target = 2_000_000

    class Meta:
        model = Objective


class MilestoneFactory(UnderParentFactory):
    objective = under(ObjectiveFactory)
    title = "First product launched"

    class Meta:
        model = Milestone


class TeamFactory(PlanItemFactory):
    name = "Sales"

    class Meta:
        model = Team


class RoleFactory(UnderParentFactory):
    team = under(TeamFactory)
    title = "Sales manager"

    class Meta:
        model = Role


class CapacityFactory(PlanItemFactory):
    name = "Emma Larsen"

    class Meta:
        model = Capacity


class TimeAwayFactory(UnderParentFactory):
    capacity = under(CapacityFactory)
    starts_on = dt.date(2026, 8, 10)
    ends_on = dt.date(2026, 8, 21)

    class Meta:
        model = TimeAway


class CommunicationFactory(PlanItemFactory):
    name = "Monday meeting"

    class Meta:
        model = Communication


class SegmentFactory(PlanItemFactory):
    name = "Mid-size manufacturers"

    class Meta:
        model = Segment


class CriterionFactory(UnderParentFactory):
    segment = under(SegmentFactory)
    text = "Benelux"

    class Meta:
        model = Criterion


class PersonaFactory(UnderParentFactory):
    segment = under(SegmentFactory)
    name = "Clara, head of operations"

    class Meta:
        model = Persona


class SalesStageFactory(PlanItemFactory):
    kind = SalesStage.Kind.PROSPECTING

    class Meta:
        model = SalesStage


class SalesCycleFactory(PlanItemFactory):
    deal_size = 20_000

    class Meta:
        model = SalesCycle


class StoryFactory(PlanItemFactory):
    title = "The quote that took five days"

    class Meta:
        model = Story


class ActionFactory(UnderParentFactory):
    objective = under(ObjectiveFactory)
    title = "Launch an online advertising campaign"

    class Meta:
        model = Action


class SavedViewFactory(PlanItemFactory):
    owner = factory.SubFactory(UserFactory)
    name = "What is blocked"
    query = "view=table&status=blocked"
    shared = True

    class Meta:
        model = SavedView


class DefaultViewFactory(DjangoModelFactory):
    view = factory.SubFactory(SavedViewFactory)
    plan = factory.SelfAttribute("view.plan")
    user = factory.SelfAttribute("view.owner")

    class Meta:
        model = DefaultView


class ResponsibilityFactory(UnderParentFactory):
    role = under(RoleFactory)
    objective = factory.LazyAttribute(lambda row: ObjectiveFactory(plan=row.role.plan))
    kind = Responsibility.Kind.RESPONSIBLE

    class Meta:
        model = Responsibility


class BudgetLineFactory(PlanItemFactory):
    name = "Online advertising campaigns"
    planned = 50_000

    class Meta:
        model = BudgetLine


class BudgetEntryFactory(UnderParentFactory):
    line = under(BudgetLineFactory)
    kind = BudgetEntry.Kind.SPENT
    amount = 1_000
    on = dt.date(2026, 3, 2)

    class Meta:
        model = BudgetEntry


class AdjustmentFactory(PlanItemFactory):
    to_line = factory.LazyAttribute(lambda row: BudgetLineFactory(plan=row.plan))
    amount = 500
    reason = "A larger stand"
    on = dt.date(2026, 4, 1)

    class Meta:
        model = Adjustment


class AllocationFactory(UnderParentFactory):
    line = under(BudgetLineFactory)
    action = factory.LazyAttribute(lambda row: ActionFactory(objective__plan=row.line.plan))
    amount = 1_000

    class Meta:
        model = Allocation


class KpiFactory(PlanItemFactory):
    name = "Website conversion rate"
    unit = "%"
    baseline = 2
    target = 4

    class Meta:
        model = Kpi


class MovedGoalpostFactory(DjangoModelFactory):
    plan = factory.SubFactory(PlanFactory)
    kind = "kpis.kpi"
    row = 4711
    name = "Qualified leads"
    unit = "leads"
    field = "target"
    old, new = "50", "40"
    deadline = dt.date(2026, 8, 23)
    reason = "The market shrank"
    moved_at = dt.datetime(2026, 8, 19, 8, tzinfo=dt.UTC)

    class Meta:
        model = MovedGoalpost


class ReadingFactory(UnderParentFactory):
    kpi = under(KpiFactory)
    period = dt.date(2026, 1, 5)
    value = 3
    entered_at = dt.datetime(2026, 1, 9, 12, tzinfo=dt.UTC)

    class Meta:
        model = Reading


class SkipFactory(UnderParentFactory):
    kpi = under(KpiFactory)
    period = dt.date(2026, 1, 12)
    reason = "On leave"
    skipped_at = dt.datetime(2026, 1, 16, 12, tzinfo=dt.UTC)

    class Meta:
        model = Skip


class PeriodLockFactory(PlanItemFactory):
    locked_to = dt.date(2025, 12, 31)
    locked_at = dt.datetime(2026, 8, 5, 12, tzinfo=dt.UTC)

    class Meta:
        model = PeriodLock


class OpeningFactory(UnderParentFactory):
    kpi = under(KpiFactory)
    period = dt.date(2026, 1, 5)
    reason = "The invoice came late"
    open_to = dt.date(2026, 8, 26)

    class Meta:
        model = Opening


class SnapshotFactory(DjangoModelFactory):
    plan = factory.SubFactory(PlanFactory)
    uid = factory.LazyFunction(uuid.uuid4)
    name = "Before the negotiations"
    taken_at = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
    state = factory.LazyAttribute(lambda row: as_json(state_of(row.plan)))

    class Meta:
        model = Snapshot


class FormerRulesFactory(DjangoModelFactory):
    workspace = factory.SubFactory(WorkspaceFactory)
    on_track_percent, at_risk_percent, week_starts_on = 95, 80, 0

    class Meta:
        model = FormerRules


class AlertFactory(DjangoModelFactory):
    plan = factory.SubFactory(PlanFactory)
    rule = "no_action"
    subject = factory.Sequence(lambda n: f"objective-{n}")
    weight = 20
    level = 1
    figures = factory.LazyFunction(lambda: {"name": "Retain customers", "due": "2026-12-31", "cancelled": 0})
    since = dt.date(2026, 8, 3)
    raised_at = dt.datetime(2026, 8, 3, 12, tzinfo=dt.UTC)

    class Meta:
        model = Alert


class JudgingFactory(DjangoModelFactory):
    plan = factory.SubFactory(PlanFactory)
    clock = judged_at = dt.datetime(2026, 8, 3, 12, tzinfo=dt.UTC)
    day = dt.date(2026, 8, 3)

    class Meta:
        model = Judging


class SilentRuleFactory(DjangoModelFactory):
    workspace = factory.SubFactory(WorkspaceFactory)
    rule = "no_kpi"

    class Meta:
        model = SilentRule


class SurveyFactory(PlanItemFactory):
    title = "How do you like working with us?"

    class Meta:
        model = Survey


class ThemeFactory(PlanItemFactory):
    name = "Delivery"
    words = "deliver, late"

    class Meta:
        model = Theme


class AnswerFactory(PlanItemFactory):
    on = dt.date(2026, 1, 9)
    text = "The quote took two weeks."

    class Meta:
        model = Answer


class ImprovementFactory(PlanItemFactory):
    action = factory.SubFactory("tests.factories.ActionFactory")
    plan = factory.SelfAttribute("action.plan")
    theme = factory.SubFactory(ThemeFactory, plan=factory.SelfAttribute("..plan"))

    class Meta:
        model = Improvement


class ReviewFactory(PlanItemFactory):
    on = dt.date(2026, 8, 17)
    started_at = dt.datetime(2026, 8, 17, 9, tzinfo=dt.UTC)

    class Meta:
        model = Review


class AgendaItemFactory(PlanItemFactory):
    review = factory.SubFactory(ReviewFactory)
    plan = factory.SelfAttribute("review.plan")
    section = AgendaItem.Section.OTHER
    key = factory.Sequence(lambda number: f"other-{number}")
    title = "Partner sales"

    class Meta:
        model = AgendaItem


class DecisionFactory(PlanItemFactory):
    item = factory.SubFactory(AgendaItemFactory)
    plan = factory.SelfAttribute("item.plan")
    text = "Sign two more resellers"

    class Meta:
        model = Decision


class FeedbackSheetFactory(DjangoModelFactory):
    plan = factory.SubFactory(PlanFactory)
    file_name = "reviews.csv"
    rows = [["Review", "Stars"], ["Quick and friendly", "5"]]
    columns = ["text", "score"]

    class Meta:
        model = FeedbackSheet


class ResearchNoteFactory(PlanItemFactory):
    title = "Customer survey"

    class Meta:
        model = ResearchNote


class FindingFactory(UnderParentFactory):
    note = under(ResearchNoteFactory)
    statement = "Buyers compare three suppliers"

    class Meta:
        model = Finding


class CompetitorFactory(PlanItemFactory):
    name = "Datacore"

    class Meta:
        model = Competitor


class AxisFactory(PlanItemFactory):
    name = "Breadth of the offer"

    class Meta:
        model = Axis


class ScoreFactory(UnderParentFactory):
    competitor = under(CompetitorFactory)
    axis = factory.LazyAttribute(lambda row: AxisFactory(plan=row.competitor.plan))
    value = 5

    class Meta:
        model = Score


class SwotItemFactory(PlanItemFactory):
    quadrant = SwotItem.Quadrant.WEAKNESS
    text = "No presence online"

    class Meta:
        model = SwotItem


class EvidenceFactory(UnderParentFactory):
    item = under(SwotItemFactory)
    source = "Analytics, December"

    class Meta:
        model = Evidence


class TowsStrategyFactory(PlanItemFactory):
    title = "Offer a fixed-price audit"
    internal = factory.LazyAttribute(lambda row: SwotItemFactory(plan=row.plan, quadrant="strength"))
    external = factory.LazyAttribute(lambda row: SwotItemFactory(plan=row.plan, quadrant="opportunity"))

    class Meta:
        model = TowsStrategy


class BulkChangeFactory(DjangoModelFactory):
    plan = factory.SubFactory(PlanFactory)
    uid = factory.LazyFunction(uuid.uuid4)
    payload = {"values": {}}

    class Meta:
        model = BulkChange


class BinnedItemFactory(PlanItemFactory):
    model = "plans.team"
    label = "Sales"
    payload = factory.LazyFunction(lambda: {"rows": [], "links": []})

    class Meta:
        model = BinnedItem


class CalendarFeedFactory(DjangoModelFactory):
    membership = factory.SubFactory(MembershipFactory)

    class Meta:
        model = CalendarFeed


class SheetImportFactory(DjangoModelFactory):
    plan = factory.SubFactory(PlanFactory)
    file_name = "actions.csv"
    rows = [["Objective", "Action"], ["Increase sales", "Call lost accounts"]]
    size = 1
    columns = ["objective", "title"]

    class Meta:
        model = SheetImport


class VisitFactory(DjangoModelFactory):
    plan = factory.SubFactory(PlanFactory)
    user = factory.SubFactory(UserFactory)

    class Meta:
        model = Visit


class CommentFactory(UnderParentFactory):
    action = under(ActionFactory)
    author = factory.SubFactory(UserFactory)
    text = "Can the stand be booked by Friday?"

    class Meta:
        model = Comment


class WatchFactory(DjangoModelFactory):
    membership = factory.SubFactory(MembershipFactory)
    action = under(ActionFactory)

    class Meta:
        model = Watch


class NoticeFactory(DjangoModelFactory):
    membership = factory.SubFactory(MembershipFactory)
    action = under(ActionFactory)
    kind = "status"
    key = factory.Sequence(lambda n: f"v{n}")
    details = {"before": "not_started", "after": "blocked"}

    class Meta:
        model = Notice


class NoticeSettingsFactory(DjangoModelFactory):
    user = factory.SubFactory(UserFactory)

    class Meta:
        model = NoticeSettings


class ReceiptFactory(DjangoModelFactory):
    plan = factory.SubFactory(PlanFactory)
    user = factory.SubFactory(UserFactory)
    key = factory.LazyFunction(uuid.uuid4)
    version = 1

    class Meta:
        model = Receipt


class ReminderFactory(DjangoModelFactory):
    membership = factory.SubFactory(MembershipFactory)
    week = dt.date(2026, 8, 17)

    class Meta:
        model = Reminder


class ApiTokenFactory(DjangoModelFactory):
    membership = factory.SubFactory(MembershipFactory)
    name = "CRM export"
    digest = factory.Sequence(lambda n: f"{n:064}")

    class Meta:
        model = ApiToken


class ApiAnswerFactory(DjangoModelFactory):
    token = factory.SubFactory(ApiTokenFactory)
    key = factory.Sequence(lambda n: f"key-{n}")

    class Meta:
        model = ApiAnswer


class WebhookFactory(DjangoModelFactory):
    workspace = factory.SubFactory(WorkspaceFactory)
    url = "https://crm.example.com/salesplan"
    events = ["reading.entered", "action.changed"]

    class Meta:
        model = Webhook


class DeliveryFactory(DjangoModelFactory):
    webhook = factory.SubFactory(WebhookFactory)
    event = "reading.entered"

    class Meta:
        model = Delivery


class SharedLinkFactory(DjangoModelFactory):
    plan = factory.SubFactory(PlanFactory)
    name = "The board"
    language = "en"
    ends_on = dt.date(2199, 12, 31)
    digest = factory.Sequence(lambda n: f"{n:064x}")

    class Meta:
        model = SharedLink
