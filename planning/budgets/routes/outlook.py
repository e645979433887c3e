"""What may come: scenarios, forecasts, the year after."""

from django.urls import path

from ..views import forecast, rollover, scenarios, true_up

urlpatterns = [
    path("<int:budget_id>/scenarios/", scenarios.scenarios, name="scenarios"),
    path("<int:budget_id>/scenarios/comparison/", scenarios.comparison, name="scenario_comparison"),
    path("scenarios/<int:scenario_id>/", scenarios.scenario, name="scenario"),
    path("scenarios/<int:scenario_id>/steps/new/", scenarios.step, name="scenario_step"),
    path("scenarios/<int:scenario_id>/refreshment/", scenarios.refreshment, name="scenario_refreshment"),
    path("scenarios/<int:scenario_id>/promotion/", scenarios.promotion, name="scenario_promotion"),
    path("scenarios/<int:scenario_id>/removal/", scenarios.scenario_removal, name="scenario_removal"),
    path("scenarios/steps/<int:scenario_step_id>/removal/", scenarios.step_removal, name="scenario_step_removal"),
    path("<int:budget_id>/forecast/", forecast.outlook, name="forecast"),
    path("<int:budget_id>/true-up/", true_up.true_up, name="true_up"),
    path("<int:budget_id>/roll-over/", rollover.rollover, name="rollover"),
    path("lines/<int:line_id>/forecast/", forecast.line_forecast, name="line_forecast"),
]
