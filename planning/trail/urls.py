from django.urls import path

from . import views

app_name = "trail"
urlpatterns = [
    path("", views.index, name="index"),
    path("<int:number>", views.entry, name="entry"),
    path("about/<str:subject>", views.about, name="about"),
]
