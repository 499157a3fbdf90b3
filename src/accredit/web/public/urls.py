"""Addresses of the public pages."""

from django.urls import path

from accredit.web.public import checking, credentials, files, letters, views

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
    path("check/", checking.check_badge, name="check"),
    path("credentials/<uuid:key>/check/", checking.award_json, name="credential_check"),
    path("certificate/<uuid:key>/", checking.award, name="award"),
    path("credentials/<uuid:key>/", credentials.credential, name="credential"),
    path("credentials/<uuid:key>/token/", credentials.token, name="credential_token"),
    path("credentials/status/<slug:purpose>/<int:number>/", credentials.statuses, name="status_list"),
    path("credentials/of/<slug:edition>/<slug:pathway>/", credentials.achievement, name="achievement"),
    path("credentials/of/<slug:edition>/<slug:pathway>/badge.svg", credentials.badge, name="badge"),
    path(".well-known/did.json", credentials.issuer, name="issuer"),
    path("letters/stop/<str:token>/", letters.stop, name="letters_stop"),
    path("contact/", views.contact, name="contact"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
    path("robots.txt", files.robots, name="robots"),
    path("sitemap.xml", files.sitemap, name="sitemap"),
    path(".well-known/security.txt", files.security, name="security"),
]
