"""All addresses: one include per audience."""

from django.urls import include, path

urlpatterns = [
    path("", include("accredit.web.ui.urls")),
    path("", include("accredit.web.account.urls")),
    path("account/", include("allauth.urls")),
    path("my/", include("accredit.web.candidate.urls")),
    path("friend/", include("accredit.web.mentor.urls")),
    path("cohorts/", include("accredit.web.coordinator.urls")),
    path("assess/", include("accredit.web.assessor.urls")),
    path("office/", include("accredit.web.office.urls")),
    path("", include("accredit.web.public.urls")),
]

handler400 = "accredit.web.ui.errors.bad_request"
handler403 = "accredit.web.ui.errors.forbidden"
handler404 = "accredit.web.ui.errors.not_found"
handler500 = "accredit.web.ui.errors.server_error"
handler429 = "accredit.web.ui.errors.too_many_requests"  # asked for by the sign-in library
