"""What the ledgers say to a review and a month-end. Part of this room's addresses."""

from django.urls import path

import planning.calendar.urls  # noqa: F401 - knows what a fiscal year looks like in an address

from .views import money

urlpatterns = [
    path("flow/<fiscal:year>/", money.flow, name="flow"),
    path("recharge/<fiscal:year>/", money.recharge_list, name="recharge"),
    path("months/<fiscal:year>/<int:number>/", money.month_rows, name="month_rows"),
]
