from django.apps import AppConfig

from planning.people import scope


class PurchasesConfig(AppConfig):
    name = "planning.purchases"

    def ready(self) -> None:
        scope.SAID_ONCE.append("purchases_say_hidden()")
