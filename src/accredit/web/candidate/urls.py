"""Addresses of the candidate pages."""

from django.urls import path

from accredit.web.candidate.views import (
    enrolling,
    exports,
    handing,
    links,
    locker,
    planning,
    results,
    submitting,
    tasks,
    versions,
    writing,
)

app_name = "candidate"
urlpatterns = [
    path("", enrolling.home, name="home"),
    path("register/", enrolling.register, name="register"),
    path("register-entry/", results.register_entry, name="register_entry"),
    path("award/<int:pk>/", results.award, name="award"),
    path("<int:pk>/", tasks.registration, name="registration"),
    path("<int:pk>/registered/", enrolling.registered, name="registered"),
    path("<int:pk>/section/<str:slot>/", writing.section, name="section"),
    path("<int:pk>/section/<str:slot>/clash/", versions.clash, name="clash"),
    path("<int:pk>/section/<str:slot>/versions/", versions.versions, name="versions"),
    path("<int:pk>/section/<str:slot>/versions/<int:version>/", versions.version, name="version"),
    path("<int:pk>/section/<str:slot>/remove/", writing.remove, name="remove"),
    path("<int:pk>/add/<str:code>/", writing.add_area, name="add_area"),
    path("<int:pk>/evidence/", locker.evidence, name="evidence"),
    path("<int:pk>/evidence/<int:evidence>/", locker.evidence_piece, name="evidence_piece"),
    path("<int:pk>/evidence/<int:evidence>/file/", locker.evidence_file, name="evidence_file"),
    path("<int:pk>/evidence/<int:evidence>/remove/", locker.evidence_remove, name="evidence_remove"),
    path("<int:pk>/links/", links.links, name="links"),
    path("<int:pk>/as-it-is/", handing.as_it_is, name="as_it_is"),
    path("<int:pk>/as-it-is/file/", handing.source_file, name="source_file"),
    path("<int:pk>/write-here/", handing.write_back, name="write_here"),
    path("<int:pk>/confirmation/", handing.confirmation, name="confirmation"),
    path("<int:pk>/summary-of-changes/", handing.summary, name="summary"),
    path("<int:pk>/preview/", handing.preview, name="preview"),
    path("<int:pk>/coverage/", planning.coverage, name="coverage"),
    path("<int:pk>/plan/", planning.plan, name="plan"),
    path("<int:pk>/plan/done/", planning.step_done, name="step_done"),
    path("<int:pk>/submit/", submitting.submit, name="submit"),
    path("<int:pk>/submitted/", submitting.submitted, name="submitted"),
    path("<int:pk>/take-back/", submitting.take_back, name="take_back"),
    path("<int:pk>/withdraw/", submitting.withdraw, name="withdraw"),
    path("<int:pk>/submission/<int:number>/", submitting.submission, name="submission"),
    path(
        "<int:pk>/submission/<int:number>/file/<int:file>/", submitting.submitted_file, name="submitted_file"
    ),
    path("<int:pk>/submission/<int:number>/answered/<int:snapshot>/", links.answered, name="answered"),
    path("<int:pk>/take/", exports.exports, name="exports"),
    path("<int:pk>/take/<int:export>/", exports.export_file, name="export_file"),
    path("<int:pk>/result/<int:number>/", results.result, name="result"),
]
