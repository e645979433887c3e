"""Where a webhook may go: to https addresses of the open internet, looked up again each time something is sent.

A lead who could name any address would reach what stands beside this server and nobody else can reach. What resolves
to private, loopback, link-local or other special networks is refused, when it is saved and when it is called, and the
connection goes to the very address that was looked at. An operator may open networks of the company (`settings.
WEBHOOK_NETWORKS`).
"""

import ipaddress
import socket
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from planning.shared.refusals import Refused

NAT64 = ipaddress.ip_network("64:ff9b::/96")
LONGEST = 500


def parts(address: str) -> tuple[str, int, str]:
    """(host, port, path with query). Refused: what is no https address, or carries a name and password."""
    try:
        said = urlsplit(address)
        host, port = (said.hostname or "").encode("idna").decode(), said.port or 443
    except (ValueError, UnicodeError) as error:
        raise Refused(_("This is no address."), "address") from error
    plain = address.isascii() and address.isprintable() and " " not in address and len(address) <= LONGEST
    if said.scheme != "https" or not host or not plain:
        raise Refused(_("An address that begins with https:// is needed."), "address")
    if said.username or said.password or said.fragment:
        raise Refused(_("No name, password or # in the address: messages are signed instead."), "address")
    return host, port, (said.path or "/") + (f"?{said.query}" if said.query else "")


def reachable(host: str, port: int) -> str:
    """The IP address to call, looked up now. Refused: names nobody knows, and networks that are not to be reached."""
    try:
        found = [row[4][0] for row in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except OSError as error:
        raise Refused(_("Nobody knows an address of “%(host)s”.") % {"host": host}, "address") from error
    if not found or not all(may_be_reached(ip) for ip in found):
        raise Refused(
            _("“%(host)s” lies in a private network; only addresses of the open internet are called.") % {"host": host},
            "address",
        )
    return found[0]


def refuse(address: str) -> None:
    """Refused: an address that may not be called."""
    host, port, _path = parts(address)
    reachable(host, port)


def may_be_reached(text: str) -> bool:
    ip = meant(ipaddress.ip_address(text.partition("%")[0]))
    if any(ip in ipaddress.ip_network(network) for network in settings.WEBHOOK_NETWORKS):
        return True
    return ip.is_global and not ip.is_multicast


def meant(ip):
    """The IPv4 address inside an IPv6 one, where there is one."""
    if ip.version == 6:
        inside = ip.ipv4_mapped or ip.sixtofour or (ip.teredo and ip.teredo[1])
        if ip in NAT64:
            inside = ipaddress.ip_address(int(ip) & 0xFFFFFFFF)
        return inside or ip
    return ip
