"""Secrets that open something: shown once, kept as their SHA-256."""

import hashlib
import secrets
from datetime import UTC

from django.utils.crypto import salted_hmac

TOKEN_MARK = "al_"  # noqa: S105 - lets people and scanners recognise a token


def fingerprint(secret: str) -> str:
    """SHA-256, hexadecimal: what is stored and looked up."""
    return hashlib.sha256(secret.encode()).hexdigest()


def fresh_token() -> str:
    return TOKEN_MARK + secrets.token_urlsafe(32)


def invitation_secret(workspace_id: int, email: str, expires_at) -> str:
    """The secret of an invitation's link. It can be computed again by whoever mails it, so that neither the database
    nor the queue ever holds it; another expiry makes another secret, so that sending again ends the old link."""
    text = f"{workspace_id}:{email}:{expires_at.astimezone(UTC).isoformat()}"
    return salted_hmac("people.invitation", text, algorithm="sha256").hexdigest()


def mailed_secret(text: str) -> str:
    """The secret of a link that goes out by mail, worked out again by whoever mails it: kept nowhere else."""
    return salted_hmac("people.mailed", text, algorithm="sha256").hexdigest()
