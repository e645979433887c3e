"""Reviewing the money: variance and why, month-end, evidence. Part of this room's addresses."""

from django.urls import path

from ..views import evidence, explanations, month_end, opening, variance

urlpatterns = [
    path("<int:budget_id>/bridge/", variance.bridge_page, name="bridge"),
    path("<int:budget_id>/explanations/", explanations.explanations, name="explanations"),
    path("explanations/<int:explanation_id>/", explanations.explanation, name="explanation"),
    path("explanations/<int:explanation_id>/comment/", explanations.comment, name="explanation_comment"),
    path("<int:budget_id>/month-end/", month_end.month_end, name="month_end"),
    path("<int:budget_id>/month-end/<int:number>/accruals/", month_end.accruals, name="accruals"),
    path("<int:budget_id>/month-end/<int:number>/questions/", month_end.asking, name="asking"),
    path("<int:budget_id>/month-end/<int:number>/reasons/", month_end.asking_why, name="asking_why"),
    path("<int:budget_id>/evidence/", evidence.evidence, name="evidence"),
    path("lines/<int:line_id>/case/", evidence.case, name="case"),
    path("lines/<int:line_id>/case/change/", evidence.case_form, name="case_form"),
    path("lines/<int:line_id>/case/result/", evidence.case_result, name="case_result"),
    path("lines/<int:line_id>/case/verdict/", evidence.case_verdict, name="case_verdict"),
    path("<int:budget_id>/opening/", opening.opening, name="opening"),
    path("<int:budget_id>/opening/orders/", opening.opening_orders, name="opening_orders"),
    path("<int:budget_id>/opening/proposal/", opening.opening_proposal, name="opening_proposal"),
    path("<int:budget_id>/opening/signature/", opening.opening_signature, name="opening_signature"),
    path("<int:budget_id>/opening/orders/removal/", opening.opening_order_removal, name="opening_order_removal"),
]
