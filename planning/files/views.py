"""Stored files leave only through this door, as attachments, with their type never guessed by a browser."""

from django.http import FileResponse
from django.shortcuts import get_object_or_404

from planning.people.doors import anyone, door

from .models import StoredFile
from .storing import opened


@door(anyone)
def content(request, file_id):
    stored = get_object_or_404(StoredFile.objects.of(request.workspace), pk=file_id)
    response = FileResponse(
        opened(stored), as_attachment=True, filename=stored.name, content_type="application/octet-stream"
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
