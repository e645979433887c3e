from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "planning.api"
