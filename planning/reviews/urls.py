from django.urls import path

from . import views

app_name = "reviews"
urlpatterns = [
    path("", views.index, name="index"),
    path("series", views.series, name="series"),
    path("series/<int:series_id>/end", views.series_end, name="series_end"),
    path("new", views.new, name="new"),
    path("feed", views.feed, name="feed"),
    path("<int:review_id>", views.review, name="review"),
    path("<int:review_id>/follow", views.follow, name="follow"),
    path("<int:review_id>/move", views.move, name="move"),
    path("<int:review_id>/cancellation", views.cancellation, name="cancellation"),
    path("<int:review_id>/invitation.ics", views.calendar, name="calendar"),
    path("<int:review_id>/opening", views.opening, name="opening"),
    path("<int:review_id>/agenda", views.agenda, name="agenda"),
    path("<int:review_id>/items", views.items, name="items"),
    path("<int:review_id>/decisions", views.decisions, name="decisions"),
    path("<int:review_id>/promises", views.promises, name="promises"),
    path("<int:review_id>/closing", views.closing, name="closing"),
    path("<int:review_id>/reopening", views.reopening, name="reopening"),
    path("<int:review_id>/minutes", views.minutes, name="minutes"),
    path("<int:review_id>/signatures", views.signatures, name="signatures"),
    path("items/<int:item_id>/turn", views.turn, name="turn"),
    path("items/<int:item_id>/agreement", views.agreement, name="agreement"),
    path("items/<int:item_id>/removal", views.item_removal, name="item_removal"),
    path("promises/<int:promise_id>/settlement", views.settlement, name="settlement"),
]
