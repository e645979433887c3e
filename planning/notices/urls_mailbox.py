from django.urls import path

from . import views_mailbox

urlpatterns = [
    path("", views_mailbox.mailbox, name="mailbox"),
    path("<str:key>", views_mailbox.letter, name="letter"),
]
