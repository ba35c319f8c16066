"""Django's PostgreSQL backend, which knows a lost connection without asking the server."""

from select import POLLIN, poll

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    def is_usable(self) -> bool:
        """A server that hangs up says so, and one that has said nothing unasked still holds its end.

        Asked before each request when CONN_HEALTH_CHECKS is on: a query here would be one more for every page.
        """
        if self.connection.closed:
            return False
        line = poll()
        line.register(self.connection.fileno(), POLLIN)
        return super().is_usable() if line.poll(0) or self.errors_occurred else True
