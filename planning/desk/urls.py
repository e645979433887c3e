from django.urls import path

from . import views

app_name = "desk"
urlpatterns = [
    path("", views.index, name="index"),
    path("role", views.role, name="role"),
    path("search", views.results, name="search"),
    path("papers/<int:paper_id>/decision", views.decision, name="decision"),
]
