"""Addresses of the office pages."""

from django.urls import URLPattern, URLResolver, path

from accredit.web.office.views import (
    books,
    checking,
    cohorts,
    deciding,
    panels,
    people,
    pipeline,
    records,
    registration,
    today,
)

app_name = "office"
one = "registration/<int:pk>/"
them = "people/<int:pk>/"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", today.today, name="today"),
    path("pipeline/", pipeline.pipeline, name="pipeline"),
    path("pipeline/export/", pipeline.export, name="pipeline_export"),
    path(one, registration.registration, name="registration"),
    path(f"{one}payment/", registration.payment, name="payment"),
    path(f"{one}extend/", registration.extend, name="extend"),
    path(f"{one}withdraw/", registration.withdraw, name="withdraw"),
    path(f"{one}submission/<int:number>/", registration.submission, name="submission"),
    path("file/<int:file>/", registration.file, name="file"),
    path(f"{one}check/", checking.check, name="check"),
    path(f"{one}check/begin/", checking.begin, name="check_begin"),
    path(f"{one}check/links/", checking.links, name="check_links"),
    path("answered/<int:snapshot>/", checking.answered, name="answered"),
    path(f"{one}check/accept/", checking.accept, name="check_accept"),
    path(f"{one}check/return/", checking.give_back, name="check_return"),
    path(f"{one}panel/", panels.panel, name="panel"),
    path(f"{one}panel/fill/", panels.fill, name="panel_fill"),
    path(f"{one}panel/replace/<int:appointment>/", panels.replace, name="panel_replace"),
    path(f"{one}third/", panels.third, name="third"),
    path(f"{one}review/", deciding.review, name="review"),
    path(f"{one}release/", deciding.release, name="release"),
    path(f"{one}release/words/", deciding.words, name="release_words"),
    path("people/", people.people, name="people"),
    path("people/new/", records.person_new, name="person_new"),
    path(them, people.person, name="person"),
    path(f"{them}role/", people.role, name="role"),
    path(f"{them}award/", records.award_new, name="award_new"),
    path(f"{them}past-assessments/", records.past_assessments, name="past_assessments"),
    path(f"{them}assessor/", records.assessor, name="assessor"),
    path(f"{them}assessor/pause/", people.pause, name="assessor_pause"),
    path(f"{them}conflict/", records.conflict_new, name="conflict_new"),
    path("conflict/<int:pk>/dismiss/", records.conflict_dismiss, name="conflict_dismiss"),
    path("cohorts/", cohorts.cohorts, name="cohorts"),
    path("cohorts/<int:pk>/", cohorts.cohort, name="cohort"),
    path("cohorts/<int:pk>/close/", cohorts.cohort_close, name="cohort_close"),
    path("windows/", books.windows, name="windows"),
    path("fees/", books.fees, name="fees"),
    path("editions/", books.editions, name="editions"),
    path("editions/<int:pk>/document/", books.edition_document, name="edition_document"),
    path("notices/", books.notices, name="notices"),
    path("notices/<int:pk>/", books.notice, name="notice"),
    path("trail/", books.trail, name="trail"),
]
