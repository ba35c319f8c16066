import datetime as dt
from collections.abc import Callable

from django.tasks import task
from django.utils import timezone, translation

from accounts.models import User
from plans.imports.models import SheetImport
from plans.imports.services import carry_out
from plans.imports.undoing import undo_import

State = SheetImport.State
#: So long an import can be undone; what was in the sheet is forgotten then.
KEPT_DAYS = 30


@task()
def carry_out_import(pk: int, user_id: int, language: str) -> None:
    _do(pk, user_id, language, State.QUEUED, lambda sheet: carry_out(sheet, today=timezone.localdate()))


@task()
def take_back_import(pk: int, user_id: int, language: str) -> None:
    _do(pk, user_id, language, State.UNDOING, undo_import)


def _do(pk: int, user_id: int, language: str, state: str, deed: Callable[[SheetImport], None]) -> None:
    """Done twice, it is done once: whoever comes second finds it no longer waiting."""
    waiting = SheetImport.objects.filter(pk=pk, state=state)
    try:
        user = User.objects.get(pk=user_id)
        sheet = waiting.editable_by(user).select_related("plan").first()
        if sheet:
            sheet.by = user
            with translation.override(language):
                deed(sheet)
    finally:
        give_up(pk, user_id, language)


def give_up(pk: int, _user_id: int, _language: str) -> None:
    """Still waiting, it came to nothing: nothing was written, and the page says so."""
    for state, outcome in {State.QUEUED: State.FAILED, State.UNDOING: State.DONE}.items():
        SheetImport.objects.filter(pk=pk, state=state).update(state=outcome)


@task()
def forget_imports() -> None:
    SheetImport.objects.filter(created_at__lt=timezone.now() - dt.timedelta(days=KEPT_DAYS)).delete()
