from django.urls import path

from . import views

app_name = "matters"
urlpatterns = [
    path("", views.index, name="index"),
    path("<int:matter_id>", views.matter, name="matter"),
    path("<int:matter_id>/decision", views.decision, name="decision"),
    path("<int:matter_id>/withdrawal", views.withdrawal, name="withdrawal"),
]
