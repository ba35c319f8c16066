import uuid

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from kpis.snapshots.keeping import as_json
from kpis.snapshots.models import Snapshot
from kpis.snapshots.queries import state_of
from plans.plan.models import Plan


@transaction.atomic
def take_snapshot(
    plan: Plan,
    by: User | None,
    name: str,
    kind: str = Snapshot.Kind.MANUAL,
    *,
    uid: uuid.UUID | None = None,
) -> Snapshot:
    """Keep the plan as it is now; `uid` is that of the deed it belongs to, so that done again it is taken once."""
    uid = uid or uuid.uuid4()
    # Whatever else is written to the plan moves its clock, and waits here: the state is that of one moment.
    Plan.objects.select_for_update().only("pk").get(pk=plan.pk)
    taken = Snapshot.objects.filter(uid=uid, plan=plan).first()
    if taken:
        return taken
    state = state_of(plan)
    assert state is not None  # noqa: S101 (the plan is there)
    return Snapshot.objects.create(
        plan=plan, uid=uid, name=name, kind=kind, taken_by=by, taken_at=timezone.now(), state=as_json(state)
    )


def delete_snapshot(snapshot: Snapshot) -> None:
    snapshot.delete()
