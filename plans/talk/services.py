"""What is done with comments."""

from django.db import transaction
from django.dispatch import Signal
from django.utils import timezone

from accounts.models import Membership
from plans.talk.mentions import find_mentions
from plans.talk.models import Comment
from plans.talk.watching import watch, watch_if_unsaid

#: Sent with `comment`, whether it is `new`, and in `named` the ids of the people it has not named before; in the
#: transaction that wrote it.
comment_written = Signal()


@transaction.atomic
def write_comment(comment: Comment) -> Comment:
    """Save a comment, new or edited by its author; who is named in it or writes it watches the action."""
    new = comment.pk is None
    before = set() if new else comment.mentioned
    members = Membership.objects.filter(workspace=comment.action.plan.workspace_id, user__is_active=True)
    people = members.values_list("user", "user__name", "user__email")
    comment.mentions = find_mentions(comment.text, people)
    if not new:
        comment.edited_at = timezone.now()
    comment.save()
    named = comment.mentioned - before - {comment.author_id}
    watch_if_unsaid(comment.action, named)
    if new:
        watch(comment.action, members.get(user=comment.author_id), on=True)
    comment_written.send(Comment, comment=comment, new=new, named=named)
    return comment
