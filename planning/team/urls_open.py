from django.urls import path

from . import single_sign_on, views_open

urlpatterns = [
    path("accounts/oidc/<str:provider_id>/login/", single_sign_on.departure, name="single_sign_on"),
    path("", views_open.chooser, name="chooser"),
    path("invitations/<str:secret>", views_open.invitation, name="invitation"),
]
