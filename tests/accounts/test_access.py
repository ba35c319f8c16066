"""The one door to rows, where no page stands before it."""

from django.contrib.auth.models import AnonymousUser

from plans.models import Plan


def test_somebody_who_is_not_signed_in_sees_no_workspace_not_even_an_empty_one(plan):
    assert not plan.workspace.memberships.exists()

    assert not Plan.objects.visible_to(AnonymousUser()).exists()
    assert not Plan.objects.editable_by(AnonymousUser()).exists()
