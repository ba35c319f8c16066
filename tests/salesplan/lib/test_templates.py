"""What is written for those who read a template is not sent to those who read the page."""

import re

import pytest
from django.conf import settings
from django.template import engines
from django.template.loader import get_template

UNTRIMMED = re.compile(r"{%\s*blocktrans(?:late)?\b((?:(?!%}|trimmed).)*)%}(.*?){%\s*endblocktrans", re.DOTALL)


@pytest.fixture
def template(tmp_path, monkeypatch):
    """Writes a template as a file of its own, and reads it as pages are read."""
    engine = engines["django"].engine
    monkeypatch.setattr(engine, "dirs", [tmp_path])

    def write(name, text):
        (tmp_path / name).write_text(text)
        return get_template(name)

    yield write
    engine.template_loaders[0].reset()


def test_a_page_is_sent_without_the_indentation_of_its_template(template):
    page = template("page.html", "<ul>\n  <li>One</li>\n\t<li>\n    <b>Two</b> three\n  </li>\n</ul>")

    assert page.render() == "<ul>\n<li>One</li>\n<li>\n<b>Two</b> three\n</li>\n</ul>"


def test_a_mail_is_sent_as_it_is_written(template):
    assert template("mail.txt", "Hello,\n  see you").render() == "Hello,\n  see you"


def test_no_text_is_translated_with_an_indentation_it_will_not_have():
    pages = [path for folder in settings.TEMPLATES[0]["DIRS"] for path in folder.rglob("*.html")]
    texts = [text for page in pages for _arguments, text in UNTRIMMED.findall(page.read_text())]

    assert len(pages) > 50
    assert texts
    assert [text for text in texts if re.search(r"\n[ \t]", text)] == []
