"""About oneself and the workspace: what may be changed, and what is shown only once."""

import re

import pytest
from django.test import Client

from planning.people.models import ApiToken, Receipt, User, Workspace
from planning.people.scope import scope
from planning.people.secrets import fingerprint
from planning.team.settling import change_settings
from planning.trail.models import Entry
from tests.signoffs.make import a_thing, key

PROFILE = {
    "name": "Maya L.",
    "language": "pl",
    "timezone": "Europe/Warsaw",
    "quiet_from": "22:00",
    "quiet_until": "07:00",
}
SETTINGS = {"name": "Acme Ltd", "currency": "EUR", "fiscal_start": 1, "fiscal_label": "end", "timezone": "Europe/Paris"}


def test_a_profile_is_saved(cast, as_):
    assert as_(cast.cmo).post("/acme/team/profile", PROFILE).status_code == 302
    user = User.objects.get(pk=cast.cmo.user_id)
    assert (user.name, user.language, user.timezone, f"{user.quiet_from:%H:%M}") == (
        "Maya L.",
        "pl",
        "Europe/Warsaw",
        "22:00",
    )


def test_the_history_of_a_profile_keeps_the_name_out_of_the_chain(cast, as_):
    as_(cast.cmo).post("/acme/team/profile", PROFILE)
    with scope(cast.workspace):
        entry = Entry.objects.newest().get()
    assert "Maya" not in entry.text
    assert "Maya L." in entry.sentence


@pytest.mark.parametrize(
    "change",
    [{"quiet_until": ""}, {"quiet_until": "22:00"}, {"timezone": "Mars/Olympus"}, {"language": "tlh"}, {"name": " "}],
)
def test_refused_profiles_change_nothing(cast, as_, change):
    assert as_(cast.cmo).post("/acme/team/profile", PROFILE | change).status_code == 422
    assert User.objects.get(pk=cast.cmo.user_id).name == "Maya Lindgren"


def make_token(client, once="key-1"):
    return client.post("/acme/team/tokens", {"label": "Ledger robot", "once": once})


def secret_on(page) -> str:
    return re.search(r'value="(al_[^"]+)"', page.content.decode())[1]


def test_a_token_opens_the_api_until_it_is_revoked(cast, as_):
    client = as_(cast.cmo)
    secret = secret_on(make_token(client))
    with scope(cast.workspace):
        token = ApiToken.objects.get()
    assert token.secret_hash == fingerprint(secret)
    client.post(f"/acme/team/tokens/{token.pk}/revocation")
    with scope(cast.workspace):
        assert ApiToken.objects.get().revoked_at


def test_the_secret_is_shown_once_and_kept_nowhere(cast, as_):
    client = as_(cast.cmo)
    page = make_token(client)
    secret = secret_on(page)
    assert page["Cache-Control"] == "no-store"
    again = make_token(client)
    assert (again.status_code, again["Location"]) == (303, "/acme/team/profile")
    assert secret not in client.get("/acme/team/profile").content.decode()
    with scope(cast.workspace):
        assert ApiToken.objects.count() == 1
        assert secret not in str(list(Receipt.objects.values()))


def test_nobody_revokes_somebody_elses_token(cast, as_):
    make_token(as_(cast.cmo))
    with scope(cast.workspace):
        token = ApiToken.objects.get()
    as_(cast.cio).post(f"/acme/team/tokens/{token.pk}/revocation")
    with scope(cast.workspace):
        assert ApiToken.objects.get().revoked_at is None


def test_leads_settle_the_calendar_until_a_budget_is_agreed(cast, as_):
    assert as_(cast.cio).post("/acme/team/settings", SETTINGS).status_code == 302
    with scope(cast.workspace):
        workspace = Workspace.objects.get()
        assert (workspace.currency, workspace.timezone) == ("EUR", "Europe/Paris")


def test_planners_read_the_settings_only(cast, as_):
    planner = as_(cast.marketing_planner)
    assert planner.get("/acme/team/settings").status_code == 200
    assert planner.post("/acme/team/settings", SETTINGS).status_code == 403


def test_an_agreed_budget_fixes_what_its_money_means(inside, as_):
    from planning.shared.refusals import Refused
    from planning.signoffs.papers import open_paper
    from planning.signoffs.signing import sign

    paper = open_paper(
        kind="budget", subject=a_thing(inside), version=1, terms={"total": "1"}, author=inside.cmo,
        seats=[key("marketing"), key("technology")], url="/acme/",
    )  # fmt: skip
    sign(paper, inside.cmo, "marketing", "approve", 1)
    sign(paper, inside.cio, "technology", "approve", 1)
    for field, value in (("currency", "USD"), ("fiscal_start", 1), ("timezone", "UTC")):
        with pytest.raises(Refused):
            change_settings(inside.cmo, **{field: value})
    assert change_settings(inside.cmo, name="Acme Ltd").name == "Acme Ltd"


def test_a_workspace_that_demands_a_second_factor_sends_leads_to_add_one(cast, as_):
    with scope(cast.workspace):
        change_settings(cast.cmo, leads_need_second_factor=True)
    assert as_(cast.cmo).get("/acme/team/")["Location"] == "/accounts/2fa/"
    assert as_(cast.marketing_planner).get("/acme/team/").status_code == 200


def test_the_chooser_goes_straight_in_when_there_is_one(cast, as_):
    assert as_(cast.cmo).get("/")["Location"] == "/acme/"
    assert Client().get("/")["Location"].startswith("/accounts/login/")


def test_the_chooser_lists_several(cast, as_):
    from planning.people.models import Member

    with scope(cast.other):
        Member.objects.create(workspace=cast.other, user=cast.cmo.user, side="marketing", role="viewer")
    page = as_(cast.cmo).get("/")
    assert page.status_code == 200
    assert b"/acme/" in page.content
    assert b"/not-acme/" in page.content
