"""What a first visit moves over the wire, as Chromium counts it."""

import shutil
from collections.abc import Iterable

from playwright.sync_api import sync_playwright

from scripts.bench.client import Client
from scripts.bench.server import HOST

ARGUMENTS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
]


def weigh(client: Client, paths: Iterable[str]) -> list[dict[str, int]]:
    """For each page, in a browser that has never been here: bytes moved (headers included), and requests."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        try:
            return [_first_visit(browser, client, path) for path in paths]
        finally:
            browser.close()


def _first_visit(browser, client: Client, path: str) -> dict[str, int]:
    origin = f"http://{HOST}:{client.port}"
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    context.add_cookies([{"name": name, "value": value, "url": origin} for name, value in client.cookies.items()])
    page = context.new_page()
    moved: list[int] = []
    devtools = context.new_cdp_session(page)
    devtools.on("Network.loadingFinished", lambda event: moved.append(round(event["encodedDataLength"])))
    devtools.send("Network.enable")
    page.goto(origin + path, wait_until="networkidle")
    context.close()
    return {"bytes": sum(moved), "requests": len(moved)}
