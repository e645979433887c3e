from django.urls import path

from . import views_mail

urlpatterns = [path("<str:secret>", views_mail.mail_decision, name="mail_decision")]
