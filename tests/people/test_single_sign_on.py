"""OpenID Connect, switched on by settings, against a small provider on the loopback."""

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client


class Provider(BaseHTTPRequestHandler):
    """Discovery, token and userinfo: enough of the protocol to sign one person in."""

    def do_GET(self):
        base = f"http://127.0.0.1:{self.server.server_port}"
        if self.path == "/.well-known/openid-configuration":
            names = {"authorization_endpoint": "authorize", "token_endpoint": "token", "userinfo_endpoint": "userinfo"}
            found = {key: f"{base}/{path}" for key, path in names.items()}
            return self.say(found | {"issuer": base, "jwks_uri": f"{base}/jwks"})
        return self.say(self.server.person)

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.asked.append(parse_qs(body))
        return self.say({"access_token": "a-token", "token_type": "Bearer", "expires_in": 60})

    def say(self, answer):
        raw = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def log_message(self, *args):
        """Quiet."""


@pytest.fixture
def provider(settings):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    server.asked, server.person = [], {}
    Thread(target=server.serve_forever, daemon=True).start()
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "APPS": [
                {
                    "provider_id": "sso",
                    "name": "Acme sign-on",
                    "client_id": "alignment",
                    "secret": "hush",
                    "settings": {"server_url": f"http://127.0.0.1:{server.server_port}"},
                }
            ]
        }
    }
    yield server
    server.shutdown()
    server.server_close()


def through(provider, **person) -> Client:
    """A browser that went to the provider and came back as `person`."""
    provider.person = {"sub": "1", "email_verified": True} | person
    client = Client()
    away = client.post("/accounts/oidc/sso/login/")["Location"]
    query = parse_qs(urlsplit(away).query)
    assert away.startswith(f"http://127.0.0.1:{provider.server_port}/authorize?")
    assert query["client_id"] == ["alignment"]
    client.get("/accounts/oidc/sso/login/callback/", {"code": "a-code", "state": query["state"][0]})
    return client


def test_the_page_offers_it_when_it_is_switched_on(cast, provider):
    assert b"Acme sign-on" in Client().get("/accounts/login/").content


def test_the_page_offers_nothing_when_it_is_off(cast):
    assert b"sign-on" not in Client().get("/accounts/login/").content
    assert Client().post("/accounts/oidc/sso/login/").status_code == 404


def test_who_has_an_account_comes_in(cast, provider):
    client = through(provider, email=cast.cmo.email)
    assert client.get("/acme/team/").status_code == 200
    assert provider.asked[0]["code"] == ["a-code"]


UNPROVED = {"email": "maya@acme.example", "email_verified": False}


@pytest.mark.parametrize("person", [{"email": "nobody@acme.example"}, UNPROVED])
def test_strangers_and_unproved_addresses_stay_outside(cast, provider, person):
    assert through(provider, **person).get("/acme/team/").status_code == 302
