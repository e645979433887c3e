"""Pages for a developer, served only where MAILBOX is on: no door, because invitations are read before signing in."""

from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import render

from .mailbox import letters


@login_not_required
def mailbox(request):
    return render(request, "notices/mailbox.html", {"letters": letters(Path(settings.EMAIL_FILE_PATH))})


@login_not_required
def letter(request, key):
    found = next((one for one in letters(Path(settings.EMAIL_FILE_PATH)) if one.key == key), None)
    if found is None:
        raise Http404("No such mail.")
    return render(
        request, "notices/letter.html", {"letter": found, "text": found.part("plain"), "html": found.part("html")}
    )
