"""The mail that was written to files instead of being sent: for laptops and demonstrations."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

BETWEEN = b"\n" + b"-" * 79 + b"\n"
NEWEST = 300


@dataclass(frozen=True)
class Letter:
    key: str
    message: EmailMessage

    @property
    def subject(self) -> str:
        return str(self.message["Subject"] or "")

    @property
    def to(self) -> str:
        return str(self.message["To"] or "")

    @property
    def at(self) -> datetime | None:
        try:
            return parsedate_to_datetime(str(self.message["Date"]))
        except ValueError:
            return None

    def part(self, kind: str) -> str:
        """The text of the mail as "plain" or "html"; empty when it has none."""
        part = self.message.get_body((kind,))
        return part.get_content() if part else ""


def letters(folder: Path) -> list[Letter]:
    """What lies in the folder, newest first."""
    files = sorted(folder.glob("*.log"), key=lambda path: path.stat().st_mtime, reverse=True)[:NEWEST]
    return [letter for path in files for letter in reversed(read(path))]


def read(path: Path) -> list[Letter]:
    """One file holds the mails of one connection, one after another."""
    raw = [piece.strip(b"\n") for piece in (path.read_bytes() + b"\n").split(BETWEEN)]
    return [
        Letter(
            hashlib.sha256(f"{path.name}:{at}".encode()).hexdigest()[:16],
            message_from_bytes(piece, policy=policy.default),
        )
        for at, piece in enumerate(raw)
        if piece
    ]
