"""A browser's part of the work: signed in with a session of its own, over connections that stay open."""

import re
import uuid
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from scripts.bench.server import HOST

VERSION = re.compile(r'name="version" value="(\d+)"')
PRIORITIES = 4
BOUNDARY = "a-sheet-of-actions"


class Refused(Exception):
    """The server answered something else than the page that was asked for."""


class Client:
    def __init__(self, port: int):
        self.port = port
        self.cookies: dict[str, str] = {}
        self.connect()

    def connect(self) -> None:
        """A new connection, perhaps to another of the workers."""
        self.connection = HTTPConnection(HOST, self.port, timeout=60)

    def sign_in(self, places: dict[str, str]) -> None:
        self.get(places["sign_in"])
        fields = {"login": places["email"], "password": places["password"]}
        self._send("POST", places["sign_in"], fields | {"csrfmiddlewaretoken": self.cookies["csrftoken"]}, expected=302)

    def get(self, path: str, **headers: str) -> tuple[bytes, dict[str, str]]:
        return self._send("GET", path, headers=headers)

    def post(self, path: str, fields: dict[str, str], **headers: str) -> tuple[bytes, dict[str, str]]:
        return self._send("POST", path, fields, headers={"X-CSRFToken": self.cookies["csrftoken"]} | headers)

    def upload(self, path: str, name: str, file: bytes) -> str:
        """The address one is sent on to."""
        head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
        kind = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}", "X-CSRFToken": self.cookies["csrftoken"]}
        body = head.encode() + file + f"\r\n--{BOUNDARY}--\r\n".encode()
        _content, headers = self._send("POST", path, body, headers=kind, expected=302)
        return headers["Location"]

    def press(self, path: str) -> None:
        """A button that leads on to another page."""
        self._send("POST", path, {"csrfmiddlewaretoken": self.cookies["csrftoken"]}, expected=302)

    def _send(
        self,
        method: str,
        path: str,
        body: dict[str, str] | bytes | None = None,
        *,
        headers: dict[str, str] | None = None,
        expected: int = 200,
    ) -> tuple[bytes, dict[str, str]]:
        sent = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())} | (headers or {})
        if isinstance(body, dict):
            sent["Content-Type"] = "application/x-www-form-urlencoded"
            body = urlencode(body).encode()
        self.connection.request(method, path, body, sent)
        response = self.connection.getresponse()
        content = response.read()
        if response.status != expected:
            raise Refused(f"{method} {path}: {response.status}\n{content[:2000].decode(errors='replace')}")
        for line in response.headers.get_all("Set-Cookie") or ():
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
        return content, dict(response.headers)


class CellEditor:
    """Changes the priority of one action again and again, each time from the version on the screen."""

    def __init__(self, client: Client, places: dict[str, str], plan: str = ""):
        self.client, self.path = client, places[f"action_cell{plan}"]
        self.headers = {"HX-Request": "true", "HX-Current-URL": f"http://{HOST}{places[f'action_table{plan}']}"}
        editor, _headers = client.get(self.path, **self.headers)
        found = VERSION.search(editor.decode())
        if found is None:
            raise Refused(f"{self.path}: no version in the editor of the cell")
        self.version = int(found[1])

    def save(self) -> tuple[bytes, dict[str, str]]:
        fields = {"version": str(self.version), "priority": str(1 + self.version % PRIORITIES)}
        # As static/js/waiting.js sends every change of a cell.
        answer = self.client.post(self.path, fields, **self.headers, **{"Idempotency-Key": str(uuid.uuid4())})
        self.version += 1
        return answer
