from django.apps import AppConfig


class BudgetsConfig(AppConfig):
    name = "planning.budgets"
