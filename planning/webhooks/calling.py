"""One call: to the address that was looked at, no redirects, a few seconds, and only the first words of the answer."""

import os
import ssl
from dataclasses import dataclass

import certifi
from celery.exceptions import SoftTimeLimitExceeded
from django.utils.translation import gettext as _
from urllib3 import HTTPSConnectionPool, Timeout
from urllib3.exceptions import ConnectTimeoutError, HTTPError, ReadTimeoutError, SSLError

from planning.shared.refusals import Refused

from . import addresses

CONNECT, READ, LONGEST = 5, 10, 300
GONE = 410


@dataclass(frozen=True)
class Answer:
    """HTTP's number, None where nobody answered, and the first words of it, or what went wrong."""

    status: int | None
    words: str

    @property
    def is_good(self) -> bool:
        return self.status is not None and 200 <= self.status < 300

    @property
    def is_gone(self) -> bool:
        """The receiver says that nobody wants this any longer."""
        return self.status == GONE


def call(address: str, headers: dict, body: str) -> Answer:
    """POST a body. Whatever goes wrong is an answer without a number; nothing is raised."""
    try:
        host, port, path = addresses.parts(address)
        return posted(addresses.reachable(host, port), host, port, path, headers, body)
    except Refused as refused:
        return Answer(None, str(refused))
    except (ConnectTimeoutError, ReadTimeoutError, SoftTimeLimitExceeded):
        return Answer(None, _("It did not answer in time."))
    except SSLError:
        return Answer(None, _("Its certificate is not one that is trusted."))
    except (HTTPError, OSError):
        return Answer(None, _("It could not be reached."))


def posted(ip, host, port, path, headers, body) -> Answer:
    pool = HTTPSConnectionPool(
        ip,
        port,
        server_hostname=host,
        assert_hostname=host,
        ssl_context=ssl.create_default_context(cafile=os.environ.get("SSL_CERT_FILE") or certifi.where()),
        timeout=Timeout(connect=CONNECT, read=READ),
        retries=False,
    )
    said = f"[{host}]" if ":" in host else host
    named = headers | {"host": said if port == 443 else f"{said}:{port}"}
    with pool:
        response = pool.urlopen(
            "POST", path, body=body.encode(), headers=named, redirect=False, preload_content=False, decode_content=False
        )
        words = response.read(LONGEST).decode(errors="replace").replace("\0", "")
        return Answer(response.status, words)
