"""Addresses of the assessor pages."""

from django.urls import path

from accredit.web.assessor.views import agreement, deciding, declining, desk, home, keeping, offline

app_name = "assessor"
urlpatterns = [
    path("", home.home, name="home"),
    path("record/", home.record, name="record"),
    path("service/", home.service, name="service"),
    path("service/paper/", home.service_paper, name="service_paper"),
    path("offer/", home.offer, name="offer"),
    path("invitation/<int:pk>/", home.invitation, name="invitation"),
    path("decline/<str:token>/", declining.decline, name="decline"),
    path("calendar/", home.calendar, name="calendar"),
    path("<int:pk>/", desk.desk, name="desk"),
    path("<int:pk>/file/<int:file>/", desk.evidence_file, name="evidence_file"),
    path("<int:pk>/answered/<int:snapshot>/", desk.answered, name="answered"),
    path("<int:pk>/offline/", offline.offline, name="offline"),
    path("<int:pk>/offline/<int:export>/", offline.offline_file, name="offline_file"),
    path("<int:pk>/notes/", keeping.notes, name="notes"),
    path("<int:pk>/notes/<int:note>/remove/", keeping.note_remove, name="note_remove"),
    path("<int:pk>/versions/", keeping.versions, name="versions"),
    path("<int:pk>/versions/<int:version>/", keeping.version, name="version"),
    path("<int:pk>/submit/", desk.submit, name="submit"),
    path("<int:pk>/reopen/", desk.reopen, name="reopen"),
    path("panel/<int:pk>/", agreement.agreement, name="agreement"),
    path("panel/<int:pk>/file/<int:file>/", deciding.panel_file, name="panel_file"),
    path("panel/<int:pk>/answered/<int:snapshot>/", deciding.panel_answered, name="panel_answered"),
    path("moderation/<int:pk>/", deciding.moderation, name="moderation"),
    path("appeal/<int:pk>/", deciding.appeal, name="appeal"),
    path("ratification/<int:pk>/", deciding.ratification, name="ratification"),
]
