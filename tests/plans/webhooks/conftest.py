"""Another program on this machine, which is told of things."""

import ssl
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from plans.webhooks.models import Event
from tests.factories import WebhookFactory


class Receiver(ThreadingHTTPServer):
    """What it was told is in `heard`; it answers `status` and `text`, after `pause` seconds for each letter."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.heard, self.status, self.text, self.pause, self.headers = [], 200, "Thank you", 0, {}
        self.url = f"http://127.0.0.1:{self.server_port}/salesplan?from=tests"


class _Handler(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.heard.append((self.path, dict(self.headers), body))
        self.send_response(self.server.status)
        for name, value in self.server.headers.items():
            self.send_header(name, value)
        self.end_headers()
        for letter in self.server.text:
            time.sleep(self.server.pause)
            self.wfile.write(letter.encode())

    def log_message(self, *args):
        """Quiet."""

    def handle_one_request(self):
        try:
            super().handle_one_request()
        except (OSError, ssl.SSLError):  # who asked has hung up
            self.close_connection = True


@pytest.fixture
def receiver(settings):
    settings.WEBHOOKS_INSIDE = True
    server = Receiver()
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def webhook(receiver, workspace, alice):
    return WebhookFactory(workspace=workspace, url=receiver.url, events=Event.values, made_by=alice)
