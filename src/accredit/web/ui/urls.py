"""Addresses of the interface itself; the gallery exists in demo mode and while developing only."""

from django.conf import settings
from django.urls import path

from accredit.web.ui import gallery, views

app_name = "ui"
urlpatterns = [
    path("_ui/brand.css", views.brand, name="brand"),
    path("_ui/token", views.token, name="token"),
    path("_ui/theme", views.theme, name="theme"),
]
if settings.DEBUG or settings.DEMO:
    urlpatterns += gallery.urlpatterns
