from django.urls import path, register_converter

from . import views


class FiscalYear:
    """A year's label, 1900 to 2199."""

    regex = "(?:19|2[01])[0-9]{2}"

    def to_python(self, value):
        return int(value)

    def to_url(self, value):
        return str(value)


register_converter(FiscalYear, "fiscal")
app_name = "calendar"
urlpatterns = [
    path("", views.index, name="index"),
    path("periods/<fiscal:year>", views.periods, name="periods"),
    path("periods/<fiscal:year>/<int:number>/soft-closing", views.soft_closing, name="soft_closing"),
    path("periods/<fiscal:year>/<int:number>/tie-out", views.tie_out, name="tie_out"),
    path("periods/<fiscal:year>/<int:number>/closing", views.closing, name="closing"),
    path("periods/<fiscal:year>/<int:number>/reopening", views.reopening, name="reopening"),
    path("rates", views.rates, name="rates"),
    path("rates/import", views.rate_import, name="rate_import"),
    path("holidays", views.holidays, name="holidays"),
    path("holidays/import", views.holiday_import, name="holiday_import"),
    path("holidays/<int:holiday_id>/removal", views.holiday_removal, name="holiday_removal"),
    path("hours", views.hours, name="hours"),
    path("categories", views.categories, name="categories"),
    path("categories/<int:category_id>", views.category, name="category"),
    path("categories/<int:category_id>/retirement", views.category_retirement, name="category_retirement"),
    path("categories/<int:category_id>/return", views.category_return, name="category_return"),
]
