"""Mail servers for tests: one that keeps what it is given, and one that refuses somebody."""

import smtplib
import socket
from email import message_from_bytes, policy

import pytest
from aiosmtpd.controller import Controller
from django.core.mail.backends.base import BaseEmailBackend


class Refusing(BaseEmailBackend):
    """A mail server that takes nothing for Mia."""

    sent: list = []

    def send_messages(self, messages):
        if "mia" in messages[0].to[0]:
            raise smtplib.SMTPRecipientsRefused({})
        Refusing.sent.append(messages[0])
        return 1


REFUSING = {"default": {"BACKEND": f"{__name__}.Refusing"}}


class Letters:
    """What a mail server has been given."""

    def __init__(self):
        self.received = []

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - the name aiosmtpd calls
        self.received.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"


@pytest.fixture
def letters(settings):
    """What a real mail server has received; mails go there."""
    found = Letters()
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    controller = Controller(found, hostname="127.0.0.1", port=port)
    controller.start()
    options = {"host": "127.0.0.1", "port": port}
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}}
    yield found.received
    controller.stop()
