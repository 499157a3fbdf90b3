"""Addresses of the assessor pages."""

from django.urls import URLPattern, URLResolver

app_name = "assessor"
urlpatterns: list[URLPattern | URLResolver] = []
