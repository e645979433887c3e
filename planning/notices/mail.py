"""One mail as text and as HTML, in the product's look, with a Message-ID of its own so that a repeat is recognised."""

from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from planning.people.secrets import mailed_secret


def absolute(path: str) -> str:
    """A path of the site as an address that works from a mail."""
    return settings.SITE_URL.rstrip("/") + path


def decision_link(sealed: str) -> str:
    """The address at which the key behind a sealed text (signoffs.mail_keys) can be turned from a mail."""
    return absolute(f"/decisions/{mailed_secret(sealed)}")


def send(to: str, subject: str, template: str, facts: dict, *, reference: str):
    """Mail `template` ("mail/digest.html", with its text beside it as .txt) to one address.

    `reference` names the occasion: two mails of one occasion carry the same Message-ID, and mail programs show one.
    """
    context = facts | {"site": settings.SITE_URL.rstrip("/"), "subject": subject}
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    mail = EmailMultiAlternatives(
        subject=" ".join(subject.split()),
        body=render_to_string(template.replace(".html", ".txt"), context),
        to=[to],
        headers={"Message-ID": f"<{reference}@{domain}>", "Auto-Submitted": "auto-generated"},
    )
    mail.attach_alternative(render_to_string(template, context), "text/html")
    mail.send()
