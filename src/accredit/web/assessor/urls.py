"""Addresses of the assessor pages."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path


def _later(request: HttpRequest, **_: object) -> HttpResponse:
    raise Http404


app_name = "assessor"
urlpatterns = [
    path("", _later, name="home"),
    path("invitation/<int:pk>/", _later, name="invitation"),
    path("panel/<int:pk>/", _later, name="agreement"),
    path("moderation/<int:pk>/", _later, name="moderation"),
    path("ratification/<int:pk>/", _later, name="ratification"),
]
