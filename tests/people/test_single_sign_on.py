"""OpenID Connect, switched on by settings, against a small provider on the loopback."""

import json
import re
from html import unescape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from planning.people.models import Invitation, Member, User
from planning.people.scope import scope
from planning.team.accounts import make_account
from planning.team.inviting import invite, withdraw_invitation
from planning.team.mails import send_invitation


class Provider(BaseHTTPRequestHandler):
    """Discovery, token and userinfo: enough of the protocol to sign one person in."""

    def do_GET(self):
        base = f"http://127.0.0.1:{self.server.server_port}"
        if self.server.broken:
            return self.send_error(503)
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
    server.asked, server.person, server.broken = [], {}, False
    Thread(target=server.serve_forever, args=[0.01], daemon=True).start()  # it looks up so often whether it should stop
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


def through(provider, start="/accounts/oidc/sso/login/", **person) -> Client:
    """A browser that went to the provider and came back as `person`."""
    provider.person = {"sub": "1", "email_verified": True} | person
    client = Client()
    away = client.get(start)["Location"]
    query = parse_qs(urlsplit(away).query)
    assert away.startswith(f"http://127.0.0.1:{provider.server_port}/authorize?")
    assert query["client_id"] == ["alignment"]
    client.back = client.get("/accounts/oidc/sso/login/callback/", {"code": "a-code", "state": query["state"][0]})
    return client


def test_the_page_offers_it_when_it_is_switched_on(cast, provider):
    assert b"Acme sign-on" in Client().get("/accounts/login/").content


def test_the_page_offers_nothing_when_it_is_off(cast):
    assert b"sign-on" not in Client().get("/accounts/login/").content
    assert Client().get("/accounts/oidc/sso/login/").status_code == 404


def test_who_has_an_account_comes_in_and_keeps_their_password(cast, provider):
    user = make_account("ines@acme.example", "pines above the harbour")
    with scope(cast.workspace):
        Member.objects.create(workspace=cast.workspace, user=user, side="marketing", role="planner")
    client = through(provider, email=user.email)
    assert client.get("/acme/team/").status_code == 200
    assert provider.asked[0]["code"] == ["a-code"]
    user.refresh_from_db()
    assert user.check_password("pines above the harbour")


def test_a_provider_that_does_not_answer_is_a_sentence(cast, provider):
    provider.broken = True
    for address in ("login/", "login/callback/?code=a-code&state=made-up"):
        answer = Client().get(f"/accounts/oidc/sso/{address}", follow=True)
        assert answer.redirect_chain == [("/accounts/login/", 302)]
        assert "Single sign-on does not answer now" in answer.content.decode()


UNPROVED = {"email": "maya@acme.example", "email_verified": False}


@pytest.mark.parametrize("person", [{"email": "nobody@acme.example"}, UNPROVED])
def test_strangers_and_unproved_addresses_stay_outside(cast, provider, person):
    assert through(provider, **person).get("/acme/team/").status_code == 302


# ── Invitations ──────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.fixture
def link(cast, mailoutbox):
    """The path of an invitation to Nora, as the mail has it."""
    with scope(cast.workspace):
        invitation = invite(cast.cmo, "nora.new@acme.example", "marketing", "planner")
    send_invitation(cast.workspace.pk, invitation.pk)
    return re.search(r"/invitations/\w+", mailoutbox[0].body).group()


def way_from(link) -> str:
    """Where the button of the invitation's page leads."""
    page = Client().get(link).content.decode()
    return unescape(re.search(r'href="(/accounts/oidc/sso/login/[^"]*)"', page).group(1))


def test_an_invitation_makes_the_account_of_who_proves_its_address(cast, provider, link):
    client = through(provider, way_from(link), email="Nora.New@acme.example", name="Nora New")
    assert client.back["Location"] == link
    assert client.post(link)["Location"] == "/acme/"
    assert client.get("/acme/team/").status_code == 200
    user = User.objects.get(email="nora.new@acme.example")
    assert (user.name, user.has_usable_password(), client.get(link).status_code) == ("Nora New", False, 410)
    assert through(provider, email="nora.new@acme.example").get("/acme/team/").status_code == 200


@pytest.mark.parametrize("person", [{"email": "mallory@evil.example"}, {"email": "viewer"}, UNPROVED])
def test_another_address_is_refused_with_a_sentence(cast, provider, link, person):
    """A stranger's, somebody's who has an account here already, and one that the provider does not vouch for."""
    person = person | {"email": cast.viewer.email} if person["email"] == "viewer" else person
    before = User.objects.count()
    client = through(provider, way_from(link), **person)
    assert "This invitation is for nora.new@acme.example" in client.get(link).content.decode()
    assert (User.objects.count(), client.get("/acme/team/").status_code) == (before, 302)


def test_a_withdrawn_invitation_makes_no_account(cast, provider, link):
    way = way_from(link)
    with scope(cast.workspace):
        withdraw_invitation(Invitation.objects.get(), cast.cmo)
    through(provider, way, email="nora.new@acme.example")
    assert not User.objects.filter(email="nora.new@acme.example").exists()


def test_only_the_invitation_s_own_page_opens_the_door(cast, provider, link):
    """Neither the invited address alone nor a link that was made up is enough."""
    for start in ("/accounts/oidc/sso/login/", "/accounts/oidc/sso/login/?next=/invitations/made-up"):
        through(provider, start, email="nora.new@acme.example")
    assert not User.objects.filter(email="nora.new@acme.example").exists()
