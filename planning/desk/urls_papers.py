"""A paper stands under the keys' address, but speaks the words of every room and so lives at the house's top."""

from django.urls import path

from . import views_papers

app_name = "papers"
urlpatterns = [path("<int:paper_id>", views_papers.paper, name="paper")]
