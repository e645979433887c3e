from django.urls import path

from . import views

app_name = "webhooks"
urlpatterns = [
    path("", views.index, name="index"),
    path("registrations", views.registrations, name="registrations"),
    path("<int:webhook_id>/removal", views.removal, name="removal"),
    path("<int:webhook_id>/going-on", views.going_on, name="going_on"),
    path("deliveries/<int:delivery_id>/tries", views.tries, name="tries"),
]
