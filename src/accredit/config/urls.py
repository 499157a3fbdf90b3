"""All addresses: one include per audience."""

from django.urls import include, path

urlpatterns = [
    path("account/", include("accredit.web.account.urls")),
    path("account/", include("allauth.urls")),
    path("my/", include("accredit.web.candidate.urls")),
    path("assess/", include("accredit.web.assessor.urls")),
    path("office/", include("accredit.web.office.urls")),
    path("", include("accredit.web.public.urls")),
]
