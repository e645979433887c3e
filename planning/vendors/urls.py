from django.urls import path

from . import contract_views, kept_views, promise_views, views
from .importing import views as importing
from .merging import views as merging

app_name = "vendors"
urlpatterns = [
    path("", views.index, name="index"),
    path("new/", views.new, name="new"),
    path("similar/", views.similar, name="similar"),
    path("registers/", importing.registers, name="registers"),
    path("registers/<int:register_file_id>/", importing.register_file, name="register_file"),
    path("registers/<int:register_file_id>/taking/", importing.register_taking, name="register_taking"),
    path("registers/<int:register_file_id>/leaving/", importing.register_leaving, name="register_leaving"),
    path("duplicates/", merging.twins, name="twins"),
    path("duplicates/<int:twin_id>/difference/", merging.difference, name="difference"),
    path("contracts/", contract_views.index, name="contracts"),
    path("contracts/<int:contract_id>/", contract_views.contract, name="contract"),
    path("contracts/<int:contract_id>/terms/", contract_views.terms, name="terms"),
    path("contracts/<int:contract_id>/renewal/", contract_views.renewal, name="renewal"),
    path("contracts/<int:contract_id>/decision/", contract_views.decision, name="decision"),
    path("contracts/<int:contract_id>/service-levels/", promise_views.service_levels, name="service_levels"),
    path("contracts/<int:contract_id>/assessment/", promise_views.assessment, name="assessment"),
    path("service-levels/<int:service_level_id>/months/", promise_views.attainments, name="attainments"),
    path("systems/<int:system_id>/removal/", kept_views.system_removal, name="system_removal"),
    path("documents/<int:document_id>/removal/", kept_views.document_removal, name="document_removal"),
    path("scorecards/<int:scorecard_id>/", kept_views.scorecard, name="scorecard"),
    path("<int:vendor_id>/", views.vendor, name="vendor"),
    path("<int:vendor_id>/facts/", views.facts, name="facts"),
    path("<int:vendor_id>/reviews/", views.review, name="review"),
    path("<int:vendor_id>/systems/", kept_views.systems, name="systems"),
    path("<int:vendor_id>/documents/", kept_views.documents, name="documents"),
    path("<int:vendor_id>/scorecards/", kept_views.scorecards, name="scorecards"),
    path("<int:vendor_id>/contracts/", contract_views.new, name="new_contract"),
]
