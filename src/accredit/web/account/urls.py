"""Addresses of the account pages; those of the sign-in library follow under account/."""

from django.urls import path

from accredit.web.account import views

app_name = "account"
urlpatterns = [
    path("account/profile/", views.profile, name="profile"),
    path("account/letters/", views.letters, name="letters"),
    path("account/plain/", views.plain, name="plain"),
    path("demo/", views.cast, name="cast"),
]
