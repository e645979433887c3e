from django.urls import path

from .routes import lines as urls_lines
from .routes import outlook as urls_outlook
from .routes.review import urlpatterns as review
from .views import ahead, budgets, clearing, exports, grid, importing, lines, settled, transfers, variance, versions

app_name = "budgets"
urlpatterns = [
    path("", budgets.index, name="index"),
    path("new/", budgets.beginning, name="beginning"),
    path("limits/", settled.limits, name="limits"),
    path("dimensions/", settled.dimensions, name="dimensions"),
    path("dimensions/<int:dimension_id>/", settled.dimension, name="dimension"),
    path("dimensions/<int:dimension_id>/retirement/", settled.dimension_retirement, name="dimension_retirement"),
    path("<int:budget_id>/", budgets.budget, name="budget"),
    path("<int:budget_id>/envelopes/", budgets.envelopes, name="envelopes"),
    path("<int:budget_id>/closure/", budgets.closure, name="closure"),
    path("<int:budget_id>/variance/", variance.variance_page, name="variance"),
    path("<int:budget_id>/document/", exports.document, name="document"),
    path("<int:budget_id>/imports/", importing.intakes, name="intakes"),
    path("imports/<int:intake_id>/", importing.intake, name="intake"),
    path("imports/<int:intake_id>/mapping/", importing.mapping, name="intake_mapping"),
    path("imports/<int:intake_id>/progress/", importing.progress, name="intake_progress"),
    path("imports/<int:intake_id>/taking/", importing.taking, name="intake_taking"),
    path("imports/<int:intake_id>/leaving/", importing.leaving, name="intake_leaving"),
    path("<int:budget_id>/grid/", grid.grid, name="grid"),
    path("<int:budget_id>/standing/", budgets.standing, name="standing"),
    path("<int:budget_id>/cells/", grid.cells, name="cells"),
    path("<int:budget_id>/lines/new/", lines.addition, name="addition"),
    path("lines/<int:line_id>/", lines.line, name="line"),
    path("lines/<int:line_id>/change/", lines.change, name="change"),
    path("lines/<int:line_id>/clearing/", clearing.clearing, name="clearing"),
    path("lines/<int:line_id>/notes/", lines.notes, name="notes"),
    path("lines/<int:line_id>/removal/", lines.removal, name="removal"),
    path("<int:budget_id>/proposal/", versions.proposal, name="proposal"),
    path("<int:budget_id>/comparison/", versions.comparison, name="comparison"),
    path("<int:budget_id>/versions/<int:number>/", versions.version, name="version"),
    path("<int:budget_id>/versions/<int:number>/signature/", versions.signature, name="signature"),
    path("<int:budget_id>/versions/<int:number>/recall/", versions.recall, name="recall"),
    path("<int:budget_id>/versions/<int:number>/escalation/", versions.escalation, name="escalation"),
    path("<int:budget_id>/promised/", ahead.promised, name="promised"),
    path("<int:budget_id>/transfers/", transfers.transfers, name="transfers"),
    path("<int:budget_id>/transfers/new/", transfers.moving, name="moving"),
    path("transfers/<int:transfer_id>/", transfers.transfer, name="transfer"),
    path("transfers/<int:transfer_id>/signature/", transfers.signature, name="transfer_signature"),
    path("transfers/<int:transfer_id>/recall/", transfers.recall, name="transfer_recall"),
    path("transfers/<int:transfer_id>/escalation/", transfers.escalation, name="transfer_escalation"),
    path("transfers/<int:transfer_id>/reversal/", transfers.reversal, name="reversal"),
    *review,
]
urlpatterns += urls_outlook.urlpatterns
urlpatterns += urls_lines.urlpatterns
