from django.apps import AppConfig


class VendorsConfig(AppConfig):
    name = "planning.vendors"
