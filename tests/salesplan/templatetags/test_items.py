from types import SimpleNamespace

from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.template import Context, Template

ROLE = SimpleNamespace(pk=7, _meta=SimpleNamespace(app_label="plans", model_name="role"))


def render(source, **context):
    return Template(source).render(Context({"section": "team-board", "role": ROLE, **context}))


def test_menu_leads_to_the_deeds_of_the_model():
    html = render('{% item_menu role "Sales director" %}', can_edit=True)

    link = '<a href="/roles/7/edit/" data-edit="role-7">Edit <b>Sales director</b></a>'
    assert html == f'<div class="item-menu" data-deeds="">{link}</div>'


def test_menu_offers_only_what_can_be_done_to_the_item():
    html = render('{% item_menu role "x" deeds="duplicate delete" %}', can_edit=True)

    assert html.startswith('<div class="item-menu" data-deeds="duplicate delete">')


def test_tools_escape_the_name_of_an_item():
    html = render("{% item_menu role name %}{% item_grip role name %}", name='<i>"x"</i>', can_edit=True)

    assert "<b>&lt;i&gt;&quot;x&quot;&lt;/i&gt;</b>" in html
    assert 'data-grip="&lt;i&gt;&quot;x&quot;&lt;/i&gt;"' in html


def test_readers_are_offered_nothing():
    source = '{% item_menu role "x" %}{% item_grip role "x" %}{% item_add "plans:role_add" 3 "Add role" %}'

    assert render(source, can_edit=False).strip() == ""


def test_add_opens_its_form_in_its_own_slot():
    html = render('{% item_add "plans:role_add" 3 "Add role" %}', can_edit=True)

    assert html.startswith('<div class="item-add" id="role-add-3"><a class="add" href="/teams/3/roles/add/"')
    assert html.endswith("Add role</a></div>")


def test_add_names_the_list_the_new_item_goes_to():
    html = render('{% item_add "plans:role_add" 3 "Add" kind="sales" %}', can_edit=True)

    assert 'id="role-add-3-sales"' in html
    assert 'href="/teams/3/roles/add/?kind=sales"' in html


def test_toast_finds_its_undo_address():
    message = Message(constants.SUCCESS, "Deleted", extra_tags="undo:/bin/3/restore/")

    assert render("{% undo_url message %}", message=message) == "/bin/3/restore/"
    assert render("{% undo_url message %}", message=Message(constants.SUCCESS, "Saved")) == ""
