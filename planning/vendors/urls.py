from django.urls import path

from . import contract_views, views
from .merging import views as merging

app_name = "vendors"
urlpatterns = [
    path("", views.index, name="index"),
    path("new/", views.new, name="new"),
    path("similar/", views.similar, name="similar"),
    path("duplicates/", merging.twins, name="twins"),
    path("duplicates/<int:twin_id>/difference/", merging.difference, name="difference"),
    path("mergers/<int:merge_id>/undoing/", merging.undoing, name="undoing"),
    path("contracts/", contract_views.index, name="contracts"),
    path("contracts/<int:contract_id>/", contract_views.contract, name="contract"),
    path("contracts/<int:contract_id>/terms/", contract_views.terms, name="terms"),
    path("contracts/<int:contract_id>/renewal/", contract_views.renewal, name="renewal"),
    path("contracts/<int:contract_id>/decision/", contract_views.decision, name="decision"),
    path("<int:vendor_id>/", views.vendor, name="vendor"),
    path("<int:vendor_id>/merger/", merging.merger, name="merger"),
    path("<int:vendor_id>/facts/", views.facts, name="facts"),
    path("<int:vendor_id>/reviews/", views.review, name="review"),
    path("<int:vendor_id>/contracts/", contract_views.new, name="new_contract"),
]
