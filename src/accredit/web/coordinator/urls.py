"""Addresses of the pages of coordinators."""

from django.urls import path

from accredit.web.coordinator import views

app_name = "coordinator"
urlpatterns = [
    path("", views.home, name="home"),
    path("<int:pk>/", views.cohort, name="cohort"),
    path("<int:pk>/export/", views.export, name="export"),
]
