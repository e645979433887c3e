"""People come in by a link that works once; the side's own leads say who stands on it."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from planning.people.models import Invitation, Member, User
from planning.people.scope import memberships, scope
from planning.people.secrets import fingerprint
from planning.shared import clock
from planning.shared.refusals import NotYours, Refused
from planning.team.inviting import accept, invite, resend, withdraw_invitation
from planning.team.mails import send_invitation
from planning.trail.models import Entry

FORM = {"email": "Nora.New@acme.example", "side": "marketing", "role": "planner"}
PASSWORD = "tides and timber 7"


@pytest.fixture
def mailbox(mailoutbox):
    return mailoutbox


def link_in(message) -> str:
    """The path of the link, as somebody who reads the mail sees it; the same in text and HTML."""
    [in_text] = re.findall(r"https?://\S+?(/invitations/\w+)", message.body)
    assert in_text in message.alternatives[0].content
    return in_text


def invited(cast, mailbox, **form) -> str:
    """The path of a fresh invitation's link."""
    with scope(cast.workspace):
        invitation = invite(cast.cmo, **(FORM | form))
    assert send_invitation(cast.workspace.pk, invitation.pk)
    return link_in(mailbox[-1])


def test_somebody_new_joins_through_the_mail(cast, as_, mailbox):
    assert as_(cast.cmo).post("/acme/team/invitations", FORM).status_code == 302
    with scope(cast.workspace):
        invitation = Invitation.objects.get()
    send_invitation(cast.workspace.pk, invitation.pk)
    newcomer = Client()
    link = link_in(mailbox[0])
    assert mailbox[0].to == ["nora.new@acme.example"]
    assert b"Maya Lindgren" in newcomer.get(link).content
    answer = newcomer.post(link, {"name": "Nora New", "password": PASSWORD})
    assert answer["Location"] == "/acme/"
    assert newcomer.get("/acme/team/").status_code == 200
    with scope(cast.workspace):
        member = Member.objects.get(user__email="nora.new@acme.example")
        assert (member.name, member.side, member.role) == ("Nora New", "marketing", "planner")
        assert Entry.objects.filter(verb="team.accept", member=member).exists()
    assert Client().login(email="nora.new@acme.example", password=PASSWORD)


def test_the_link_works_once(cast, mailbox):
    link = invited(cast, mailbox)
    Client().post(link, {"name": "Nora", "password": PASSWORD})
    again = Client().post(link, {"name": "Mallory", "password": PASSWORD})
    assert again.status_code == 410
    assert User.objects.filter(name="Mallory").count() == 0


def test_a_weak_password_makes_no_account(cast, mailbox):
    link = invited(cast, mailbox)
    assert Client().post(link, {"name": "Nora", "password": "123"}).status_code == 422
    assert not User.objects.filter(email="nora.new@acme.example").exists()


def test_the_link_runs_out(cast, mailbox):
    link = invited(cast, mailbox)
    with clock.at(clock.now() + timedelta(days=15)):
        assert Client().get(link).status_code == 410
        assert Client().post(link, {"name": "Nora", "password": PASSWORD}).status_code == 410


def test_a_withdrawn_link_opens_nothing(cast, mailbox):
    link = invited(cast, mailbox)
    with scope(cast.workspace):
        withdraw_invitation(Invitation.objects.get(), cast.cmo)
    assert Client().post(link, {"name": "Nora", "password": PASSWORD}).status_code == 410


def test_sending_again_ends_the_old_link(cast, mailbox):
    old = invited(cast, mailbox)
    with scope(cast.workspace), clock.at(clock.now() + timedelta(hours=1)):
        invitation = resend(Invitation.objects.get(), cast.cmo)
    send_invitation(cast.workspace.pk, invitation.pk)
    assert Client().get(old).status_code == 404
    assert Client().get(link_in(mailbox[-1])).status_code == 200


def test_the_mail_goes_out_once(cast, mailbox):
    invited(cast, mailbox)
    with scope(cast.workspace):
        invitation = Invitation.objects.get()
    assert not send_invitation(cast.workspace.pk, invitation.pk)
    assert len(mailbox) == 1


def test_neither_the_database_nor_the_queue_knows_the_secret(cast, mailbox):
    secret = invited(cast, mailbox).rpartition("/")[2]
    with scope(cast.workspace):
        row = Invitation.objects.values().get()
    assert row["secret_hash"] == fingerprint(secret)
    assert secret not in str(row)


def test_an_existing_person_signs_in_and_joins(cast, as_, mailbox):
    link = invited(cast, mailbox, email=cast.stranger.email)
    stranger = as_(cast.stranger)
    assert Client().post(link, {"name": "x", "password": PASSWORD}).status_code == 403
    assert as_(cast.viewer).post(link).status_code == 403
    assert stranger.post(link)["Location"] == "/acme/"
    assert [place["slug"] for place in memberships(cast.stranger.user)] == ["acme", "not-acme"]


@pytest.mark.parametrize(
    ("who", "side", "role", "refusal"),
    [
        ("cmo", "technology", "lead", NotYours),  # technology has its own lead
        ("cio", "marketing", "planner", NotYours),
        ("marketing_planner", "marketing", "viewer", NotYours),
        ("cmo", "guest", "planner", Refused),
    ],
)
def test_a_side_is_staffed_by_its_own_leads(inside, who, side, role, refusal):
    with pytest.raises(refusal):
        invite(getattr(inside, who), "x@acme.example", side, role)
    assert not Invitation.objects.exists()
    assert not Entry.objects.exists()


def test_a_side_without_a_lead_is_staffed_by_the_others(inside):
    Member.objects.filter(pk=inside.cio.pk).delete()
    assert invite(inside.cmo, "cio@acme.example", "technology", "lead").pk


def test_nobody_is_invited_twice(inside):
    invite(inside.cmo, **FORM)
    with pytest.raises(Refused):
        invite(inside.cmo, **FORM)
    with pytest.raises(Refused):
        invite(inside.cmo, inside.viewer.email, "marketing", "planner")


def test_an_invitation_is_for_its_own_address(inside):
    invitation = invite(inside.cmo, **FORM)
    with pytest.raises(Refused):
        accept(invitation, inside.viewer.user)


def test_the_history_keeps_addresses_out_of_the_chain(inside):
    invite(inside.cmo, **FORM)
    entry = Entry.objects.newest().get()
    assert "nora" not in entry.text
    assert "nora.new@acme.example" in entry.sentence
