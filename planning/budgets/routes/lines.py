"""What lies beside lines: files, and targets from above."""

from django.urls import path

from ..views import attachments, targets

urlpatterns = [
    path("<int:budget_id>/targets/", targets.targets, name="targets"),
    path("lines/<int:line_id>/attachments/", attachments.attachments, name="attachments"),
    path("attachments/<int:attachment_id>/removal/", attachments.removal, name="attachment_removal"),
]
