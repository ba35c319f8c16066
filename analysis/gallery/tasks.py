from django.tasks import task
from django.utils import timezone, translation

from accounts.access import get_editable
from accounts.models import User, Workspace
from analysis.gallery.innovatech.services import load_innovatech


@task()
def open_example(user_id: int, workspace_id: int, language: str) -> int:
    """Build Innovatech in the user's workspace, where she plays all three parts; the plan's id.

    A year of figures is some thousand writes: too long for a page to wait.
    """
    user = User.objects.get(pk=user_id)
    workspace = get_editable(Workspace.objects, user, pk=workspace_id)
    with translation.override(language):
        cast = {"director": user, "manager": user, "member": user}
        plan = load_innovatech(workspace, cast=cast, today=timezone.localdate(), currency=workspace.currency)
    return plan.pk
