from django.urls import path

from . import draft_views, holder_views, table_views, views

app_name = "roles"
urlpatterns = [
    path("", views.index, name="index"),
    path("who", views.who, name="who"),
    path("mine", views.mine, name="mine"),
    path("load", views.load, name="load"),
    path("versions", views.versions, name="versions"),
    path("versions/<int:number>", views.version, name="version"),
    path("versions/<int:number>/matrix.pdf", views.document, name="document"),
    path("versions/<int:number>/matrix.csv", views.matrix_csv, name="matrix_csv"),
    path("signatures", views.signatures, name="signatures"),
    path("draft", draft_views.draft, name="draft"),
    path("draft/removal", draft_views.removal, name="draft_removal"),
    path("draft/letters", draft_views.letters, name="letters"),
    path("draft/mending", draft_views.mending, name="mending"),
    path("draft/activities", draft_views.activities, name="activities"),
    path("draft/activities/<int:activity_id>", draft_views.activity, name="activity"),
    path("draft/activities/<int:activity_id>/removal", draft_views.activity_removal, name="activity_removal"),
    path("draft/roles", draft_views.columns, name="columns"),
    path("draft/roles/<int:role_id>/removal", draft_views.column_removal, name="column_removal"),
    path("draft/table", table_views.table, name="table"),
    path("draft/starters", draft_views.starters, name="starters"),
    path("draft/agreement", draft_views.agreement, name="agreement"),
    path("draft/proposal", draft_views.proposal, name="proposal"),
    path("proposal/withdrawal", draft_views.withdrawal, name="withdrawal"),
    path("holders", holder_views.holders, name="holders"),
    path("holders/<int:role_id>", holder_views.role, name="role"),
    path("holdings/<int:holding_id>/ending", holder_views.ending, name="ending"),
    path("holdings/<int:holding_id>/acceptance", holder_views.acceptance, name="acceptance"),
]
