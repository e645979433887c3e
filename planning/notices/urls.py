from django.urls import path

from . import views

app_name = "notices"
urlpatterns = [
    path("", views.index, name="index"),
    path("bell", views.bell, name="bell"),
    path("readings", views.all_read, name="all_read"),
    path("<int:notice_id>/reading", views.opened, name="opened"),
]
