"""Who sees and changes what, at every address and of every model: also of those not written yet."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.access import WorkspaceQuerySet
from accounts.models import ApiAnswer, ApiToken, Membership, User, Workspace
from accounts.roles import EVERYONE
from kpis.models import Reminder
from plans.models import CalendarFeed, Comment, Delivery, Notice, NoticeSettings, Receipt, Webhook
from tests.architecture.conftest import NUMBER, SECRET, our_models, our_routes

ROUTES = our_routes()
#: Addresses about one row, and those about nothing or about oneself.
PRIVATE = [route.name for route in ROUTES if set(route.converters) == {"pk"}]
GENERAL = [route.name for route in ROUTES if not route.converters]
ALL = [route.name for route in ROUTES]
#: Addresses with another key than an id: one to try them with, and why nothing leaks there.
OTHER_KEYS = {
    "accounts:invitation": ("no-such-token", "the token is the key: tests/accounts/workspaces/test_invitations.py"),
    "plans:feed": ("no-such-token", "the token is the key: tests/plans/feeds"),
    "plans:digest_unsubscribe": ("no-such-token", "the token is the key: tests/plans/notices/test_unsubscribing.py"),
    "kpis:survey_answer": ("no-such-token", "the token is the key: tests/kpis/feedback/test_public_survey.py"),
    "kpis:shared": ("no-such-token", "the token is the key: tests/kpis/sharing"),
    "kpis:shared_live": ("no-such-token", "the token is the key: tests/kpis/sharing"),
    "kpis:shared_plots": ("no-such-token", "the token is the key: tests/kpis/sharing"),
    "analysis:gallery_start": ("brand", "templates are the same for everybody"),
    "analysis:gallery_progress": (
        "0d8a9f6e-8f0f-4f0e-9a59-6d40a1a7a9f1",
        "one's own tasks only: tests/analysis/gallery",
    ),
}
#: Open to people who are not signed in, and why.
PUBLIC = {
    "accounts:invitation": "whoever is invited has no account yet",
    "accounts:language": "the page on which one signs in speaks both languages; writes a cookie",
    "plans:feed": "a calendar cannot sign in; the address is the secret of who made it",
    "plans:digest_unsubscribe": "whoever has the mail ends it; the address is signed",
    "kpis:reminder": "whoever has the mail opens one form by its signed key: tests/kpis/reminders/test_link.py",
    "kpis:reminder_enter": "as above, by the cookie that the key was exchanged for",
    "kpis:reminder_finish": "as above",
    "kpis:survey_answer": "customers answer a survey without an account; its address is signed",
    "kpis:shared": "people outside read the overview; the address is the secret of whom it was given to",
    "kpis:shared_live": "what changed on a screen that shows it",
    "kpis:shared_plots": "the plots of that page and their tables",
}
#: What a reader may post all the same, and why.
READERS_POST = {
    "accounts:workspace_switch": "which of her companies she works for is her own choice",
    "accounts:workspace_add": "anybody may begin a company of her own",
    "accounts:profile": "about herself",
    "accounts:language": "about herself",
    "accounts:theme": "about herself",
    "accounts:token_list": "a token does what she may do herself",
    "plans:feed_make": "an address for her own calendar, with her own rights",
    "plans:feed_revoke": "about herself",
    "accounts:invitation": "an invitation is accepted by whoever has its link",
    "kpis:overview_arrange": "for herself; a test of its own says who arranges it for everybody",
    "plans:actions_visit": "how far she has seen the plan is about herself",
    "plans:actions_seen": "about herself",
    "plans:savedview_add": "a view saved for oneself is nobody else's; only who works the actions shares one",
    "plans:savedview_default": "about herself",
    "plans:action_watch": "about herself",
    "plans:action_seen": "about herself",
    "plans:inbox_read": "about herself",
    "plans:notice_read": "about herself",
    "plans:notice_settings": "about herself",
    "plans:digest_unsubscribe": "about herself",
    "plans:plan_seen": "about herself",
    "kpis:reminder_enter": "without its cookie it does not exist, whoever is signed in",
    "kpis:reminder_finish": "as above",
    "kpis:survey_answer": "a customer's answer, taken at the survey's own address",
}
#: What an address asks for besides its id, without which it would answer 404 to everybody.
QUERIES = {
    "plans:action_cell": {"cell": "title"},
    "plans:action_restore": {"state": "1"},
    "plans:objective_restore": {"state": "1"},
    "kpis:kpi_restore": {"state": "1"},
    "kpis:answer_restore": {"state": "1"},
    "kpis:survey_restore": {"state": "1"},
    "kpis:decision_restore": {"state": "1"},
    "plans:action_column": {"view": "board", "column": "not_started"},
    "kpis:reading_add": {"period": "2026-01-05"},
    "kpis:reading_skip": {"period": "2026-01-05"},
    "kpis:opening_add": {"period": "2026-01-05"},
}
BODIES = {
    "analysis:competitor_score": {"axis": NUMBER},
    "plans:responsibility_set": {"objective": NUMBER},
    "kpis:reading_enter": {"period": "2026-01-05"},
    "kpis:reading_skip": {"period": "2026-01-05"},
    "kpis:reading_unskip": {"period": "2026-01-05"},
}
#: Models whose rows only one person sees and changes, and where that is proved.
PERSONAL = {
    ApiAnswer: "tests/salesplan/api/test_repeating.py",
    CalendarFeed: "tests/plans/feeds/test_feeds_page.py",
    Notice: "tests/plans/notices/test_inbox.py",
    NoticeSettings: "tests/plans/notices/test_settings.py",
    Receipt: "tests/plans/receipts/test_receipts.py",
    Reminder: "tests/kpis/reminders/test_link.py",
}
#: Models whose rows everybody reads and only whoever wrote them changes, and where that is proved.
OWN = {Comment: "tests/plans/talk/test_comments.py"}
#: Models whose rows only their person and those who give roles see and change, and where that is proved.
LED = {
    ApiToken: "tests/accounts/api/test_tokens.py",
    Webhook: "tests/plans/webhooks/test_webhook_pages.py",
    Delivery: "tests/plans/webhooks/test_webhook_pages.py",
}


#: Addresses about such a row: to a colleague they do not exist either.
ABOUT_PERSONAL = {"plans:notice_read", "kpis:reminder", "kpis:reminder_enter", "kpis:reminder_finish"}
#: And to a colleague who gives no roles.
ABOUT_LED = {
    "accounts:token_revoke",
    "plans:webhook_detail",
    "plans:webhook_test",
    "plans:webhook_rotate",
    "plans:webhook_switch",
    "plans:webhook_delete",
}


def answers(client, method: str, names: list[str], **kwargs) -> dict[str, int]:
    """The status of every address; what it changes is taken back, so that the next one meets its row."""
    client.raise_request_exception = False
    found = {}
    for name in names:
        with transaction.atomic():
            data = BODIES.get(name) if method == "post" else None
            found[name] = getattr(client, method)(_url(name), data, **kwargs).status_code
            transaction.set_rollback(True)
    return found


def _url(name: str) -> str:
    args = [NUMBER] if name in PRIVATE else [OTHER_KEYS[name][0]] if name in OTHER_KEYS else []
    return reverse(name, args=args, query=QUERIES.get(name))


def those_not(allowed: set[int], found: dict[str, int]) -> dict[str, int]:
    return {name: status for name, status in found.items() if status not in allowed}


def test_every_address_has_one_id_called_pk():
    others = {route.name for route in ROUTES} - set(PRIVATE) - set(GENERAL)

    assert others == set(OTHER_KEYS)


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_stranger_learns_nothing_not_even_that_there_is_something(client, carol, someones_rows, method):
    client.force_login(carol)

    assert those_not({404, 405}, answers(client, method, PRIVATE)) == {}


def test_a_colleague_gets_through_so_that_404_means_something(as_alice, someones_rows):
    shared = [name for name in PRIVATE if name not in ABOUT_PERSONAL]
    read = answers(as_alice, "get", shared)
    written = answers(as_alice, "post", [name for name in shared if read[name] == 405])

    assert {name: status for name, status in (read | written).items() if status == 404} == {}


def test_readers_write_nothing(as_bob, someones_rows):
    found = answers(as_bob, "post", [name for name in ALL if name not in READERS_POST])

    hidden = {name: found.pop(name) for name in ABOUT_LED}
    assert those_not({403, 405}, found) == {}
    assert those_not({404, 405}, hidden) == {}


def test_looking_changes_nothing(as_bob, someones_rows):
    as_bob.raise_request_exception = False
    for name in PRIVATE:
        with CaptureQueriesContext(connection) as queries:
            as_bob.get(_url(name))

        assert [sql for sql in map(_written, queries.captured_queries) if sql] == [], name


def _written(query: dict) -> str:
    return query["sql"] if query["sql"].startswith(("INSERT", "UPDATE", "DELETE")) else ""


def test_pages_about_oneself_show_nothing_of_other_companies(client, carol, someones_rows):
    client.force_login(carol)

    for name in GENERAL:
        assert SECRET not in client.get(_url(name), follow=True).text, name


@pytest.mark.parametrize("method", ["get", "post"])
def test_who_is_not_signed_in_is_asked_to(client, someones_rows, method):
    found = answers(client, method, [name for name in ALL if name not in PUBLIC])

    assert those_not({302}, found) == {}


def test_a_fragment_whose_session_has_ended_answers_401(client, someones_rows, htmx):
    found = answers(client, "get", [name for name in ALL if name not in PUBLIC], headers=htmx())

    assert those_not({401}, found) == {}


def test_what_is_public_is_written_down():
    public = {route.name for route in ROUTES if not getattr(route.view, "login_required", True)}

    assert public == set(PUBLIC)


# Models


def test_every_model_comes_through_the_one_door():
    without = [model for model in our_models() if not isinstance(model._default_manager.all(), WorkspaceQuerySet)]

    assert without == [User]


def test_rows_are_seen_and_changed_by_their_company_only(someones_rows, alice, bob, carol):
    def rights(model, user):
        rows = model.objects.filter(pk=NUMBER)
        return rows.visible_to(user).exists(), rows.editable_by(user).exists()

    found = {
        model.__name__: (rights(model, alice), rights(model, bob), rights(model, carol))
        for model in our_models()
        if model is not User
    }

    expected = {
        model.__name__: ((True, True), (True, model.WRITERS == EVERYONE), (False, False))
        for model in our_models()
        if model is not User
    }
    expected |= {model.__name__: 3 * ((False, False),) for model in PERSONAL}
    expected |= {model.__name__: ((True, True), (False, False), (False, False)) for model in LED}
    expected |= {model.__name__: ((True, False), (True, False), (False, False)) for model in OWN}
    assert found == expected


@pytest.mark.parametrize("model", [model for model in our_models() if model is not User], ids=lambda m: m.__name__)
def test_the_way_home_ends_at_the_company(model):
    here = model
    for step in filter(None, model.WORKSPACE_PATH.split("__")):
        here = here._meta.get_field(step).related_model

    assert here is Workspace


def test_a_role_in_one_company_gives_no_rights_in_another(someones_rows, bob, carol):
    """Bob directs Carol's company and reads this one: one join for who and as what."""
    Membership.objects.create(workspace=carol.memberships.get().workspace, user=bob, role="director")

    editable = [
        model
        for model in our_models()
        if model is not User and model.WRITERS != EVERYONE and someones_rows[model] in model.objects.editable_by(bob)
    ]

    assert editable == []
