from django.urls import path

from crm.jobs.views import jobs

app_name = "jobs"
urlpatterns = [
    path("beheer/opdrachten/<int:pk>/", jobs.job, name="job"),
    path("beheer/opdrachten/<int:pk>/relaties/", jobs.targets, name="targets"),
]
