"""Other systems hear what happens with spend: signed, in order, again and again until they answer, and nothing that
is not for everybody."""

import json
import socket
from datetime import timedelta

import pytest
from standardwebhooks import Webhook as Receiver

from planning.notices.models import Notice
from planning.shared import clock
from planning.shared.refusals import Refused
from planning.spend import actions as spend
from planning.spend import tasks
from planning.webhooks import actions, addresses, calling, sending
from planning.webhooks.calling import Answer
from planning.webhooks.models import Delivery, Webhook
from tests.spend import make

ALL = ["import.waiting", "import.rejected", "import.booked", "import.undone"]
STYLE = {"date_format": "yyyy-mm-dd", "columns": {"date": "Date"}}
OPEN, PRIVATE = "93.184.215.14", "10.0.0.7"
GOOD, BAD = Answer(204, ""), Answer(502, "Bad Gateway")


@pytest.fixture
def receiver(monkeypatch):
    """What was called, [(headers, body)]; `answers` are given in turn, then 204."""

    class Calls(list):
        def __call__(self, address, headers, body):
            self.append((headers, body))
            return self.answers.pop(0) if self.answers else GOOD

        @property
        def types(self):
            return [json.loads(body)["type"] for _headers, body in self]

    calls = Calls()
    calls.answers = []
    monkeypatch.setattr(calling, "call", calls)
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_more: [(0, 0, 0, "", (OPEN, 443))])
    return calls


def swept(workspace):
    """What the clock does, at once."""
    sending.hear(workspace.pk)
    for webhook_id in sending.to_send(workspace.pk):
        sending.send(workspace.pk, webhook_id, actions.give_up)


def test_a_receiver_gets_each_entry_once_signed_and_in_order_and_nothing_of_payroll(inside, receiver):
    secret = actions.register(inside.finance, "https://books.example/in", ALL)
    batch = make.brought(
        inside.finance, make.ledger(make.row("4.00"), make.row("6.00"), make.row("1.00", day="soon")), STYLE
    )
    pay = make.ledger(make.row("5000.00", document="P1"), name="salaries.csv")
    hidden = spend.upload(inside.finance, pay, {"kind": "payroll"})
    tasks.run_import(hidden.workspace_id, hidden.pk)
    spend.undo(batch, inside.finance)
    for _twice in range(2):
        swept(inside.workspace)
    assert receiver.types == ["webhook.registered", "import.rejected", "import.undone"]
    headers, body = receiver[1]
    told = Receiver(secret).verify(body, headers)
    assert headers["webhook-id"] == f"entry_{Delivery.objects.get(event='import.rejected').entry_id}"
    assert told["data"]["import"] == batch.pk
    assert told["data"]["counts"]["rejected"] == 1
    assert told["data"]["totals"]["accepted"] == {"GBP": "10.00"}
    said = "".join(body for _headers, body in receiver)
    assert not [
        word for word in ("Northwind", "ledger.csv", "salaries", "5000.00", inside.finance.name) if word in said
    ]
    assert set(Delivery.objects.exclude(state="delivered").values_list("state", flat=True)) == {"withheld"}


def test_who_does_not_answer_is_asked_later_and_later_then_given_up_and_who_made_it_hears_it(inside, receiver):
    actions.register(inside.cmo, "https://books.example/in", ALL)
    receiver.answers = [BAD] * (len(sending.LATER) + 1)
    start = clock.now()
    for _try in range(len(sending.LATER) + 3):
        start += timedelta(hours=9)
        with clock.at(start):
            swept(inside.workspace)
            swept(inside.workspace)  # nothing is due again at once
    webhook, lost = Webhook.objects.get(), Delivery.objects.get()
    assert (len(receiver), lost.state, lost.status, lost.answer) == (7, "given up", 502, "Bad Gateway")
    assert webhook.stopped_at
    notice = Notice.objects.get(member=inside.cmo, entry__verb="webhooks.give_up")
    assert notice.needs
    with pytest.raises(Refused):
        actions.retry(lost, inside.cmo)
    make.brought(inside.finance, make.ledger(make.row("10.00")))  # happens while it is off
    actions.resume(webhook, inside.cmo)
    with clock.at(start + timedelta(minutes=1)):
        swept(inside.workspace)
    assert receiver.types[7:] == ["webhook.registered", "import.booked", "webhook.resumed"]


def test_a_private_network_is_refused_when_it_is_saved_and_when_it_is_called(inside, monkeypatch):
    at = {"ip": PRIVATE}
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_more: [(0, 0, 0, "", (at["ip"], 443))])
    with pytest.raises(Refused, match="private network"):
        actions.register(inside.finance, "https://books.example/in", ALL)
    at["ip"] = OPEN
    actions.register(inside.finance, "https://books.example/in", ALL)
    at["ip"] = PRIVATE  # the name leads elsewhere since
    monkeypatch.setattr(calling, "posted", pytest.fail)
    swept(inside.workspace)
    held = Delivery.objects.get()
    assert (held.state, held.status, held.tries) == ("waiting", None, 1)
    assert "private network" in held.answer


@pytest.mark.parametrize(
    "ip",
    ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
     "::1", "fe80::1%eth0", "fc00::1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::"],
)  # fmt: skip
def test_special_networks_are_not_reached(ip, settings):
    assert not addresses.may_be_reached(ip)
    settings.WEBHOOK_NETWORKS = ["10.1.0.0/16"]
    assert addresses.may_be_reached(ip) is (ip == "10.1.2.3")
    assert addresses.may_be_reached(OPEN)


@pytest.mark.parametrize(
    "address",
    ["http://books.example/", "https://", "https://u:p@books.example/", "https://books.example:99999/", "books.example",
     "https://books.example/ x", "https://books.example/#x"],
)  # fmt: skip
def test_only_plain_https_addresses_are_taken(address):
    with pytest.raises(Refused):
        addresses.parts(address)
