import sys

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from planning.people.models import Role, Side, Workspace
from planning.people.scope import scope, workspace_id
from planning.shared.refusals import Refused
from planning.team.membership import HOLDS
from planning.team.operating import add_member


class Command(BaseCommand):
    help = "Give somebody a place in a workspace. Without a password they set one by “Forgot your password?”."

    def add_arguments(self, parser):
        parser.add_argument("slug")
        parser.add_argument("email")
        parser.add_argument("--side", required=True, choices=Side.values)
        parser.add_argument("--role", required=True, choices=Role.values)
        parser.add_argument("--name", default="")
        parser.add_argument(
            "--holds", action="append", default=[], choices=sorted(HOLDS), help="a seat they decide besides"
        )
        parser.add_argument("--password-stdin", action="store_true", help="read the password from standard input")

    def handle(self, slug, email, side, role, name, holds, password_stdin, **options):
        number = workspace_id(slug)
        if number is None:
            raise CommandError(f"There is no workspace “{slug}”.")
        password = read_password() if password_stdin else None
        try:
            with scope(number):
                workspace = Workspace.objects.get(pk=number)
                member = add_member(workspace, email, side=side, role=role, holds=holds, name=name, password=password)
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"{member.email} is {role} of {side} in “{slug}”.")


def read_password() -> str:
    """One line of standard input; typed passwords never stand in a list of processes."""
    password = sys.stdin.readline().rstrip("\r\n")
    try:
        validate_password(password)
    except ValidationError as error:
        raise CommandError("; ".join(error.messages)) from error
    return password
