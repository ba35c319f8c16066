"""One POST to an address that was looked up: no redirects, no second look at the name, bounded in time and size."""

import socket
import ssl
from dataclasses import dataclass
from threading import Timer

from plans.webhooks.addresses import Target

#: For each step of the way, and for all of it: a server that answers letter by letter holds nobody up.
STEP_SECONDS, WHOLE_SECONDS = 5, 15
#: So much of an answer is read.
MOST_READ = 500


@dataclass(frozen=True)
class Answer:
    """`status` is 0 when there was none; then `text` says why."""

    status: int
    text: str

    @property
    def is_good(self) -> bool:
        return 200 <= self.status < 300


def post(target: Target, body: bytes, headers: dict[str, str]) -> Answer:
    import urllib3  # only the worker sends
    from urllib3.connection import HTTPConnection, HTTPSConnection  # as above

    if target.scheme == "https":
        connection: HTTPConnection = HTTPSConnection(
            target.ip,
            target.port,
            timeout=STEP_SECONDS,
            server_hostname=target.host,
            assert_hostname=target.host,
            ssl_context=ssl.create_default_context(),
        )
    else:
        connection = HTTPConnection(target.ip, target.port, timeout=STEP_SECONDS)
    try:
        connection.connect()
        end = Timer(WHOLE_SECONDS, _hang_up, [connection.sock])
        end.start()
        try:
            headers = {"Host": target.authority, **headers}
            # Not preloaded: an answer without end would be read without end.
            connection.request("POST", target.path, body, headers, preload_content=False, decode_content=False)
            response = connection.getresponse()
            text = response.read(MOST_READ, decode_content=False).decode(errors="replace")
            return Answer(response.status, text.replace("\x00", ""))
        finally:
            end.cancel()
    except (OSError, urllib3.exceptions.HTTPError, ValueError) as problem:
        return Answer(0, f"{type(problem).__name__}: {problem}"[:MOST_READ])
    finally:
        connection.close()


def _hang_up(sock: socket.socket) -> None:
    try:
        sock.shutdown(socket.SHUT_RDWR)
    except OSError:  # it was over already
        return
