from django.urls import path

from . import views

app_name = "signoffs"
urlpatterns = [
    path("", views.index, name="index"),
    path("duties/<int:duty_id>/word", views.word, name="word"),
]
