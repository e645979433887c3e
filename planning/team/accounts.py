"""Accounts: a person's address is known to be theirs when the invitation reached it, or an operator vouches for it."""

from allauth.account.models import EmailAddress

from planning.people.models import User


def make_account(email: str, password: str | None, **fields) -> User:
    """A user with a verified address, so that they can add a second factor and reset their password at once."""
    user = User.objects.create_user(email, password, **fields)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user
