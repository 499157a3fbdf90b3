"""Addresses of the pages of critical friends."""

from django.urls import path

from accredit.web.mentor import views

app_name = "mentor"
urlpatterns = [
    path("", views.home, name="home"),
    path("invitation/<str:token>/", views.invitation, name="invitation"),
    path("<int:pk>/", views.portfolio, name="portfolio"),
    path("<int:pk>/file/<int:evidence>/", views.evidence_file, name="evidence_file"),
    path("<int:pk>/comment/<int:comment>/", views.comment, name="comment"),
    path("<int:pk>/leave/", views.leave, name="leave"),
]
