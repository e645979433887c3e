from django.urls import path

from .urls_review import urlpatterns as review
from .views import bought, bypassed, imports, late, ledger, queue

app_name = "spend"
urlpatterns = [
    path("", imports.index, name="index"),
    path("imports/", imports.imports, name="imports"),
    path("imports/<int:import_id>/", imports.imported, name="import"),
    path("imports/<int:import_id>/progress", imports.progress, name="progress"),
    path("imports/<int:import_id>/confirmation", imports.confirmation, name="confirmation"),
    path("imports/<int:import_id>/reversal", imports.reversal, name="reversal"),
    path("imports/<int:import_id>/decisions", imports.decisions, name="decisions"),
    path("imports/<int:import_id>/rejected", imports.rejected, name="rejected"),
    path("entries/", ledger.entries, name="entries"),
    path("entries/<int:entry_id>/", ledger.entry, name="entry"),
    path("entries/<int:entry_id>/purchase", bought.invoice, name="invoice"),
    path("of-purchase/<int:purchase_id>/", bought.of_purchase, name="of_purchase"),
    path("late/", late.index, name="late"),
    path("late/prior-periods", late.prior_periods, name="prior_periods"),
    path("unmatched/", queue.unmatched, name="unmatched"),
    path("assignments/", queue.assignments, name="assignments"),
    path("requests/", queue.requests, name="requests"),
    path("rules/<int:rule_id>/removal", queue.removal, name="removal"),
    path("bypass/", bypassed.index, name="bypass"),
    path("kinds/<int:kind_id>/", bypassed.kind, name="kind"),
    *review,
]
