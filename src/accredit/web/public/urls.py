"""Addresses of the public pages."""

from django.urls import path

from accredit.web.public import checking, files, letters, views

app_name = "public"
urlpatterns = [
    path("", views.home, name="home"),
    path("about/", views.about, name="about"),
    path("pathways/", views.pathways, name="pathways"),
    path("pathways/<slug:code>/", views.pathway, name="pathway"),
    path("which-pathway/", views.which, name="which"),
    path("fees/", views.fees, name="fees"),
    path("register/", views.register, name="register"),
    path("register/<int:pk>/", views.holder, name="holder"),
    path("certificate/<uuid:key>/", checking.award, name="award"),
    path("letters/stop/<str:token>/", letters.stop, name="letters_stop"),
    path("contact/", views.contact, name="contact"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
    path("robots.txt", files.robots, name="robots"),
    path("sitemap.xml", files.sitemap, name="sitemap"),
    path(".well-known/security.txt", files.security, name="security"),
]
