from django.urls import path

from .urls_review import urlpatterns as review
from .views import amnesties, bought, bypassed, exploring, imports, late, ledger, queue, rules, sources

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
    path("sources/<int:source_id>/", sources.source, name="source"),
    path("entries/", ledger.entries, name="entries"),
    path("entries/<int:entry_id>/", ledger.entry, name="entry"),
    path("entries/<int:entry_id>/purchase", bought.invoice, name="invoice"),
    path("entries/<int:entry_id>/parts", ledger.parts, name="parts"),
    path("entries/<int:entry_id>/joining", ledger.joining, name="joining"),
    path("entries/<int:entry_id>/amnesty", amnesties.begin, name="begin_amnesty"),
    path("of-purchase/<int:purchase_id>/", bought.of_purchase, name="of_purchase"),
    path("late/", late.index, name="late"),
    path("late/prior-periods", late.prior_periods, name="prior_periods"),
    path("unmatched/", queue.unmatched, name="unmatched"),
    path("assignments/", queue.assignments, name="assignments"),
    path("requests/", queue.requests, name="requests"),
    path("names/", queue.names, name="names"),
    path("rules/", rules.rules, name="rules"),
    path("rules/<int:rule_id>/priority", rules.priority, name="priority"),
    path("rules/<int:rule_id>/removal", rules.removal, name="removal"),
    path("explore/", exploring.explore, name="explore"),
    path("amnesties/<int:amnesty_id>/", amnesties.one, name="amnesty"),
    path("bypass/", bypassed.index, name="bypass"),
    path("bypass/target", bypassed.target, name="target"),
    path("kinds/<int:kind_id>/", bypassed.kind, name="kind"),
    *review,
]
