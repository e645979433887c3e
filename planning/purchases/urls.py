from django.urls import path

from . import form_views as forms
from . import list_views as lists
from . import rule_views, views
from . import step_views as steps

app_name = "purchases"
urlpatterns = [
    path("", lists.index, name="index"),
    path("waiting/", lists.waiting, name="waiting"),
    path("waiting/decisions/", steps.sitting, name="sitting"),
    path("conditions/<int:condition_id>/", steps.settlement, name="settlement"),
    path("new/", forms.new, name="new"),
    path("rules/", rule_views.rules, name="rules"),
    path("rules/trial/", rule_views.trial, name="trial"),
    path("rules/proposal/", rule_views.rules_proposal, name="rules_proposal"),
    path("rules/withdrawal/", rule_views.rules_withdrawal, name="rules_withdrawal"),
    path("rules/signature/", rule_views.rules_signature, name="rules_signature"),
    path("new/kept/", forms.jotting, name="jotting"),
    path("<int:purchase_id>/terms/kept/", forms.jotting, name="jotted"),
    path("panel/", forms.panel, name="panel"),
    path("of-vendor/<int:vendor_id>/", lists.of_vendor, name="of_vendor"),
    path("<int:purchase_id>/", views.purchase, name="purchase"),
    path("<int:purchase_id>/outlook/", views.outlook, name="outlook"),
    path("<int:purchase_id>/terms/", forms.terms, name="terms"),
    path("<int:purchase_id>/submission/", steps.submission, name="submission"),
    path("<int:purchase_id>/withdrawal/", steps.withdrawal, name="withdrawal"),
    path("<int:purchase_id>/decision/", steps.decision, name="decision"),
    path("<int:purchase_id>/quotes/", steps.quotes, name="quotes"),
    path("<int:purchase_id>/answer/", steps.answer, name="answer"),
    path("<int:purchase_id>/bin/", steps.bin, name="bin"),
    path("<int:purchase_id>/order/", steps.order, name="order"),
    path("<int:purchase_id>/order-number/", steps.number, name="number"),
    path("<int:purchase_id>/emergency/", steps.emergency, name="emergency"),
    path("<int:purchase_id>/receipt/", steps.receipt, name="receipt"),
    path("<int:purchase_id>/invoice/", steps.invoice, name="invoice"),
    path("<int:purchase_id>/closure/", steps.closure, name="closure"),
    path("<int:purchase_id>/restriction/", steps.restriction, name="restriction"),
]
