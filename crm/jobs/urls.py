from django.urls import path, register_converter

from crm.jobs.views import jobs, steering


class FileKind:
    regex = "csv|xlsx"

    def to_python(self, value):
        return value

    to_url = to_python


register_converter(FileKind, "filekind")

app_name = "jobs"
urlpatterns = [
    path("beheer/opdrachten/", jobs.job_list, name="job_list"),
    path("beheer/opdrachten/bezig/", jobs.own_jobs, name="own_jobs"),
    path("beheer/opdrachten/<int:pk>/", jobs.job, name="job"),
    path("beheer/opdrachten/<int:pk>/voortgang/", jobs.progress, name="progress"),
    path("beheer/opdrachten/<int:pk>/relaties/", jobs.targets, name="targets"),
    path("beheer/opdrachten/<int:pk>/uitkomsten.<filekind:kind>", jobs.outcomes, name="outcomes"),
    path("beheer/opdrachten/<int:pk>/stop/", steering.stop, name="stop"),
    path("beheer/opdrachten/<int:pk>/hervatting/", steering.resume, name="resume"),
    path("beheer/opdrachten/<int:pk>/nieuwe-poging/", steering.retry, name="retry"),
    path("beheer/opdrachten/<int:pk>/ongedaan/", steering.undo, name="undo"),
    path("beheer/opdrachten/<int:pk>/ongedaan/bevestiging/", steering.undo_confirmation, name="undo_confirmation"),
    path("beheer/opdrachten/<int:pk>/vervolg/", steering.go_on, name="go_on"),
]
