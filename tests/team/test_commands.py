"""The operators' commands, as api.md promises them; they run as the web role."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from planning.people.models import Member, Workspace
from planning.people.scope import scope, workspace_id
from planning.trail.models import Entry


def run(*words, stdin="", monkeypatch=None) -> str:
    out = io.StringIO()
    if monkeypatch:
        monkeypatch.setattr("sys.stdin", io.StringIO(stdin))
    call_command(*words, stdout=out)
    return out.getvalue()


@pytest.fixture
def brand(db):
    fiscal = ["--fiscal-start", "4", "--fiscal-label", "start"]
    run("create_workspace", "brand", "--name", "Brand", "--currency", "JPY", "--timezone", "Asia/Tokyo", *fiscal)
    return workspace_id("brand")


def test_a_workspace_is_opened_with_its_calendar_and_its_history(brand):
    with scope(brand):
        workspace = Workspace.objects.get()
        assert (workspace.currency, workspace.fiscal_start, workspace.fiscal_label) == ("JPY", 4, "start")
        assert Entry.objects.get().verb == "team.create_workspace"


@pytest.mark.parametrize(
    "words",
    [
        ["brand", "--name", "Again"],
        ["accounts", "--name", "Reserved"],
        ["other", "--name", "x", "--currency", "POUNDS"],
        ["other", "--name", "x", "--fiscal-start", "13"],
        ["other", "--name", "x", "--timezone", "Mars/Olympus"],
    ],
)
def test_refused_workspaces(brand, words):
    with pytest.raises(CommandError):
        run("create_workspace", *words)
    assert workspace_id("other") is None


def test_a_member_signs_in_with_the_password_from_standard_input(brand, monkeypatch):
    words = [
        "add_member",
        "brand",
        "Ada@brand.example",
        "--side",
        "marketing",
        "--role",
        "lead",
        "--holds",
        "security",
        "--holds",
        "legal",
    ]
    run(*words, "--name", "Ada", "--password-stdin", stdin="harbour lights 42\n", monkeypatch=monkeypatch)
    with scope(brand):
        member = Member.objects.get()
        assert (member.name, member.side, member.role, member.holds) == (
            "Ada",
            "marketing",
            "lead",
            ["legal", "security"],
        )
    client = Client()
    client.post("/accounts/login/", {"login": "ada@brand.example", "password": "harbour lights 42"})
    assert client.get("/brand/team/").status_code == 200


def test_running_it_again_changes_nothing(brand):
    words = ["add_member", "brand", "ada@brand.example", "--side", "marketing", "--role", "lead"]
    run(*words)
    run(*words)
    with scope(brand):
        assert Member.objects.count() == 1
        assert Entry.objects.filter(verb="team.add_member").count() == 1


def test_a_weak_password_makes_nobody(brand, monkeypatch):
    with pytest.raises(CommandError):
        run(
            "add_member",
            "brand",
            "a@b.example",
            "--side",
            "marketing",
            "--role",
            "lead",
            "--password-stdin",
            stdin="123\n",
            monkeypatch=monkeypatch,
        )
    with scope(brand):
        assert not Member.objects.exists()


@pytest.mark.parametrize("words", [["nowhere", "a@b.example"], ["brand", "not an address"]])
def test_refused_members(brand, words):
    with pytest.raises(CommandError):
        run("add_member", *words, "--side", "marketing", "--role", "lead")


def test_guests_lead_nothing(brand):
    with pytest.raises(CommandError):
        run("add_member", "brand", "a@b.example", "--side", "guest", "--role", "lead")


def test_the_token_is_printed_alone(cast):
    from planning.people.models import ApiToken
    from planning.people.secrets import fingerprint

    printed = run("api_token", cast.cmo.email, "acme")
    assert printed == printed.strip() + "\n"
    with scope(cast.workspace):
        token = ApiToken.objects.get()
        assert (token.member, token.secret_hash) == (cast.cmo, fingerprint(printed.strip()))


def test_no_token_for_somebody_from_elsewhere(cast):
    with pytest.raises(CommandError):
        run("api_token", cast.stranger.email, "acme")
