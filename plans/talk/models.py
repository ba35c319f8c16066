from typing import Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.access import WorkspaceModel
from accounts.roles import EVERYONE, REPORTERS
from plans.plan.models import PlanItem, PlanItemQuerySet

TEXT_LENGTH = 5000


class CommentQuerySet(PlanItemQuerySet):
    def editable_by(self, user) -> Self:
        """One's own only: nobody puts words into a colleague's mouth."""
        return super().editable_by(user).filter(author=user.pk)


class Comment(PlanItem):
    """What somebody says about an action, as plain text.

    `mentions` are the people named in it: where in the text each name begins and ends, and the id of the person. So
    the name stays a link to her when she is called differently later.
    """

    WRITERS = REPORTERS
    PARENT = "action"
    COPIED = False
    OWN = True

    action = models.ForeignKey("plans.Action", models.CASCADE, related_name="comments", editable=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False)
    text = models.TextField(_("comment"), max_length=TEXT_LENGTH)
    mentions = models.JSONField(default=list, editable=False)
    written_at = models.DateTimeField(default=timezone.now, editable=False)
    edited_at = models.DateTimeField(null=True, editable=False)

    #: What it looks like to its reader, and whether she wrote it (plans.talk.panel).
    html: str
    is_mine: bool

    objects = CommentQuerySet.as_manager()

    class Meta(PlanItem.Meta):
        ordering = ["written_at", "pk"]
        verbose_name = _("comment")
        verbose_name_plural = "comments"
        indexes = [models.Index(fields=["action", "written_at"], name="comments_of_action")]

    def __str__(self) -> str:
        """Without its words: it stands in the bin, where others read it."""
        return gettext("Comment by %(who)s") % {"who": self.author or "–"}

    def get_absolute_url(self) -> str:
        return f"{reverse('plans:action_detail', args=[self.action_id])}#comment-{self.pk}"

    @property
    def mentioned(self) -> set[int]:
        return {pk for _start, _end, pk in self.mentions}


class Watch(WorkspaceModel):
    """Whether a member wants to hear of an action, where she has said so or has taken part in the talk.

    Without one, whoever made the action or answers for it hears of it: plans.talk.watching.
    """

    WORKSPACE_PATH = "membership__workspace"
    WRITERS = EVERYONE

    membership = models.ForeignKey("accounts.Membership", models.CASCADE, related_name="watches")
    action = models.ForeignKey("plans.Action", models.CASCADE, related_name="watches")
    on = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["action", "membership"], name="one_watch_per_member")]

    def __str__(self) -> str:
        return f"{self.membership}, {self.action}"
