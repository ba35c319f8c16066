"""Where a webhook may lead: out of the house, and nowhere else."""

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class Refused(Exception):
    """Says why, in words for who typed the address."""


@dataclass(frozen=True)
class Target:
    """An address looked up once: whoever connects to `ip` cannot be led elsewhere by a second answer."""

    scheme: str
    host: str
    port: int
    ip: str
    #: What is asked for there.
    path: str

    @property
    def authority(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        usual = {"https": 443, "http": 80}[self.scheme]
        return host if self.port == usual else f"{host}:{self.port}"


def look_up(url: str) -> Target:
    """Where it leads now; Refused when that is no place to send anything to."""
    try:
        parts = urlsplit(url)
        scheme, port, host = parts.scheme, parts.port, parts.hostname or ""
        host = host if ":" in host else host.encode("idna").decode()
    except ValueError:  # includes what cannot be a name
        raise Refused(_("This is no address.")) from None
    if scheme != "https" and not (scheme == "http" and settings.WEBHOOKS_INSIDE):
        raise Refused(_("The address must begin with https://."))
    if not host or parts.username is not None or parts.password is not None:
        raise Refused(_("Write the address without a name and a password."))
    port = port or (443 if scheme == "https" else 80)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(scheme, host, port, _ip_of(host, port), path)


def _ip_of(host: str, port: int) -> str:
    """All that the name leads to must lie outside: which of them is taken is not ours to choose."""
    try:
        found = [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except OSError:
        raise Refused(_("There is no server with this name.")) from None
    if not settings.WEBHOOKS_INSIDE and not all(is_outside(ip) for ip in found):
        raise Refused(_("The address lies inside a network. Salesplan sends to public addresses only."))
    return found[0]


def is_outside(text: str) -> bool:
    """Neither this machine nor its neighbours, also where the address of version 4 is wrapped in one of version 6."""
    ip = ipaddress.ip_address(text.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        wrapped = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if ip in _NAT64:
            wrapped = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if wrapped is not None:
            return is_outside(str(wrapped))
    return ip.is_global and not ip.is_multicast
