from django.urls import path

from . import views

app_name = "kpis"
urlpatterns = [
    path("", views.index, name="index"),
    path("new", views.new, name="new"),
    path("<int:kpi_id>", views.kpi, name="kpi"),
    path("<int:kpi_id>/definition", views.definition, name="definition"),
    path("<int:kpi_id>/signatures", views.signatures, name="signatures"),
    path("<int:kpi_id>/withdrawal", views.withdrawal, name="withdrawal"),
    path("<int:kpi_id>/owners", views.owners, name="owners"),
    path("<int:kpi_id>/retirement", views.retirement, name="retirement"),
    path("<int:kpi_id>/readings", views.readings, name="readings"),
    path("<int:kpi_id>/status", views.status, name="status"),
    path("<int:kpi_id>/status/end", views.status_end, name="status_end"),
    path("readings/<int:reading_id>/confirmation", views.confirmation, name="confirmation"),
    path("readings/<int:reading_id>/dispute", views.dispute, name="dispute"),
]
