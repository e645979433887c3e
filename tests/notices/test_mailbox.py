"""Mail on a laptop: written to files, read on a page."""

import pytest
from django.conf import settings as live
from django.core.mail import get_connection
from django.test import Client
from django.urls import path

from planning.notices import views_mailbox
from planning.notices.mail import send

urlpatterns = [
    path("mailbox/", views_mailbox.mailbox, name="mailbox"),
    path("mailbox/<str:key>", views_mailbox.letter, name="letter"),
]


@pytest.fixture
def letters(settings, tmp_path):
    settings.ROOT_URLCONF = __name__
    settings.EMAIL_FILE_PATH = tmp_path
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    facts = {
        "workspace": "Acme",
        "items": [{"subject": "Zażółć", "lines": ["a < b"], "url": "http://localhost/acme/x"}],
    }
    for number in (1, 2):
        send(f"p{number}@acme.example", f"Reminder {number}: gęś", "mail/reminder.html", facts, reference=f"r-{number}")
    return tmp_path


def test_the_mailbox_lists_and_shows_what_was_written(letters):
    client = Client()
    listing = client.get("/mailbox/").content.decode()
    assert "Reminder 1: gęś" in listing
    assert "p2@acme.example" in listing
    key = listing.split('href="/mailbox/')[1].split('"')[0]
    page = client.get(f"/mailbox/{key}").content.decode()
    assert "Zażółć" in page
    assert '<a href="http://localhost/acme/x"' in page
    assert "a &lt; b" in page
    assert "<table role" not in page.split("<main")[1]  # the HTML part is shown as text, never drawn


def test_a_mail_that_is_not_there_is_not_found(letters):
    assert Client().get("/mailbox/nothing").status_code == 404


def test_without_the_switch_there_is_no_mailbox():
    assert live.MAILBOX is False
    assert get_connection() is not None
    assert Client().get("/mailbox/").status_code in {302, 404}
