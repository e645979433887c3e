from django.apps import AppConfig


class WebhooksConfig(AppConfig):
    name = "planning.webhooks"
