from django.urls import path

from . import views_open

urlpatterns = [path("<str:secret>.ics", views_open.calendar, name="feed")]
