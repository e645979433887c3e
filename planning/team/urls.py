from django.urls import path

from . import views, views_me

app_name = "team"
urlpatterns = [
    path("", views.index, name="index"),
    path("invitations", views.invitations, name="invitations"),
    path("invitations/<int:invitation_id>/mail", views.invitation_mail, name="invitation_mail"),
    path("invitations/<int:invitation_id>/withdrawal", views.invitation_withdrawal, name="invitation_withdrawal"),
    path("members/<int:member_id>", views.member, name="member"),
    path("members/<int:member_id>/deputies", views.deputies, name="deputies"),
    path("deputies/<int:deputy_id>/end", views.deputy_end, name="deputy_end"),
    path("profile", views_me.profile, name="profile"),
    path("tokens", views_me.api_tokens, name="tokens"),
    path("tokens/<int:token_id>/revocation", views_me.api_token_revocation, name="token_revocation"),
    path("settings", views_me.workspace_settings, name="settings"),
]
