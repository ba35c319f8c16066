"""A real Chromium against the running application; each person has a window of her own."""

import os
import re
import shutil
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Browser, Page, expect, sync_playwright

# Playwright's sync API leaves an event loop running, in which Django refuses the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

CHROMIUM = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
#: Milliseconds until what a test waits for is taken to be missing: a busy machine is no failure.
PATIENCE = 15_000
expect.set_options(timeout=PATIENCE)
WIDE, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
LISTEN = (
    "document.addEventListener('securitypolicyviolation', e => console.error('CSP', e.violatedDirective, e.blockedURI))"
)

#: What the browser itself says about answers the page handles: a wrong form, a conflict, an ended session, a used link.
HANDLED = re.compile(r"(status of|Status Error Code) (401|409|410|422)")


def pytest_configure(config):
    # The live server's threads end with the test run, and leave their connections to SQLite to the collector.
    config.addinivalue_line("filterwarnings", "ignore::pytest.PytestUnraisableExceptionWarning")


def pytest_collection_modifyitems(items):
    """The long walks first, so that no worker is left alone with one at the end."""
    items.sort(key=lambda item: "tests/browser/test_pages.py" not in item.nodeid)


@pytest.fixture(scope="session")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=CHROMIUM)
        yield browser
        browser.close()


class Window:
    """One person's browser window: knows the server, and what went wrong on its pages."""

    def __init__(self, browser: Browser, server: str, *, phone=False, dark=False, language="en", scripts=True):
        self.server = server
        self.context = browser.new_context(
            viewport=PHONE if phone else WIDE,
            has_touch=phone,
            color_scheme="dark" if dark else "light",
            locale=language,
            java_script_enabled=scripts,
        )
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.faults: list[str] = []
        self.page.add_init_script(LISTEN)
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))

    def _hear(self, message) -> None:
        if message.type == "error" and not HANDLED.search(message.text):
            self.faults.append(f"{self.page.url}: {message.text[:300]}")

    def sign_in(self, user) -> "Window":
        client = Client()
        client.force_login(user)
        cookie = client.cookies["sessionid"]
        self.context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": self.server}])
        return self

    def open(self, path: str) -> Page:
        self.page.goto(self.server + path, wait_until="networkidle")
        return self.page

    def settle(self) -> None:
        self.page.wait_for_load_state("networkidle")

    @property
    def sideways(self) -> int:
        """By how many pixels the page is wider than its window."""
        return self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")

    @property
    def barriers(self) -> list[str]:
        """What axe finds: WCAG 2.2 A and AA, and good practice."""
        return [
            f"{rule['id']}: {rule['nodes'][0]['html'][:160]}" for rule in Axe().run(self.page).response["violations"]
        ]


@pytest.fixture
def window(chromium, live_server):
    """`window(alice, phone=True)` opens a window in which Alice is signed in."""
    opened: list[Window] = []

    def open_window(user=None, **options) -> Window:
        new = Window(chromium, live_server.url, **options)
        opened.append(new)
        return new.sign_in(user) if user else new

    yield open_window
    faults = [fault for one in opened for fault in one.faults]
    for one in opened:
        one.context.close()
    assert faults == []


type OpenWindow = Callable[..., Window]
