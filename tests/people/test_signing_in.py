"""Signing in: password, reset, second factor, recovery codes, and what stops a guesser."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.test import Client

from alignment import settings as live
from tests.cast import PASSWORD

LOGIN = "/accounts/login/"


@pytest.fixture(autouse=True)
def fresh_limits(db):
    cache.clear()


def sign_in(client, email, password):
    return client.post(LOGIN, {"login": email, "password": password})


def is_in(client) -> bool:
    return client.get("/acme/team/").status_code == 200


def test_by_e_mail_and_password_whatever_the_case(cast):
    client = Client()
    assert sign_in(client, cast.cmo.email.upper(), PASSWORD).status_code == 302
    assert is_in(client)


def test_a_wrong_password_and_an_unknown_person_get_one_answer(cast):
    answers = [sign_in(Client(), email, "not it at all") for email in (cast.cmo.email, "nobody@acme.example")]
    errors = [re.findall(r"The email address and/or password[^<]+", answer.content.decode()) for answer in answers]
    assert errors[0]
    assert errors[0] == errors[1]


def test_a_guesser_is_slowed_down(cast):
    for _ in range(5):
        sign_in(Client(), cast.cmo.email, "guess after guess")
    client = Client()
    sign_in(client, cast.cmo.email, PASSWORD)
    assert not is_in(client)


def test_passwords_are_kept_by_argon2():
    assert live.PASSWORD_HASHERS == ["django.contrib.auth.hashers.Argon2PasswordHasher"]


def test_nobody_signs_up_by_themselves(db):
    assert b"password1" not in Client().get("/accounts/signup/").content
    Client().post("/accounts/signup/", {"email": "x@y.example", "password1": PASSWORD, "password2": PASSWORD})
    assert not EmailAddress.objects.filter(email="x@y.example").exists()


def test_a_closed_account_opens_nothing(cast):
    cast.cmo.user.is_active = False
    cast.cmo.user.save()
    client = Client()
    sign_in(client, cast.cmo.email, PASSWORD)
    assert not is_in(client)


def test_a_forgotten_password_is_set_anew_by_mail(cast, mailoutbox):
    client = Client()
    client.post("/accounts/password/reset/", {"email": cast.cmo.email})
    [letter] = mailoutbox
    path = re.search(r"https?://[^/]+(/accounts/password/reset/key/\S+)", letter.body)[1]
    form = client.get(path)["Location"]
    client.post(form, {"password1": "new tides come 12", "password2": "new tides come 12"})
    again = Client()
    sign_in(again, cast.cmo.email, "new tides come 12")
    assert is_in(again)


def test_an_unknown_address_learns_nothing_from_the_reset(cast):
    known = Client().post("/accounts/password/reset/", {"email": cast.cmo.email})
    unknown = Client().post("/accounts/password/reset/", {"email": "nobody@acme.example"})
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])


# ── The second factor ──
def code_of(secret) -> str:
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


@pytest.fixture
def with_totp(cast) -> str:
    """The CMO adds an authenticator app on the page, which asks for the password once more."""
    client = Client()
    sign_in(client, cast.cmo.email, PASSWORD)
    assert client.get("/accounts/2fa/totp/activate/")["Location"].startswith("/accounts/reauthenticate/")
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    page = client.get("/accounts/2fa/totp/activate/")
    assert page.status_code == 200
    secret = client.session["mfa.totp.secret"]
    assert client.post("/accounts/2fa/totp/activate/", {"code": code_of(secret)}).status_code == 302
    cache.clear()
    return secret


def test_the_app_is_asked_for_after_the_password(cast, with_totp):
    client = Client()
    sign_in(client, cast.cmo.email, PASSWORD)
    assert not is_in(client)
    client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert not is_in(client)
    client.post("/accounts/2fa/authenticate/", {"code": code_of(with_totp)})
    assert is_in(client)


def test_a_recovery_code_works_once(cast, with_totp):
    codes = Authenticator.objects.get(user=cast.cmo.user, type="recovery_codes").wrap().get_unused_codes()
    for works in (True, False):
        client = Client()
        sign_in(client, cast.cmo.email, PASSWORD)
        client.post("/accounts/2fa/authenticate/", {"code": codes[0]})
        assert is_in(client) is works
        cache.clear()


def test_who_has_the_demanded_second_factor_passes(cast, with_totp):
    from planning.people.scope import scope
    from planning.team.settling import change_settings

    with scope(cast.workspace):
        change_settings(cast.cmo, leads_need_second_factor=True)
    assert TOTP(Authenticator.objects.get(user=cast.cmo.user, type="totp"))
    client = Client()
    sign_in(client, cast.cmo.email, PASSWORD)
    client.post("/accounts/2fa/authenticate/", {"code": code_of(with_totp)})
    assert is_in(client)


def test_passkeys_are_offered(cast, as_):
    assert as_(cast.cmo).get("/accounts/2fa/webauthn/").status_code in {200, 302}
    assert b"passkey" in Client().get(LOGIN).content.lower()
