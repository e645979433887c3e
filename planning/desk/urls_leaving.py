"""Leaving stands under the people's address, but calls down through the house and so lives at its top."""

from django.urls import path

from . import views_leaving

app_name = "leaving"
urlpatterns = [path("members/<int:member_id>/departure", views_leaving.departure, name="departure")]
