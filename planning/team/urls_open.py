from django.urls import path

from . import views_open

urlpatterns = [
    path("", views_open.chooser, name="chooser"),
    path("invitations/<str:secret>", views_open.invitation, name="invitation"),
]
