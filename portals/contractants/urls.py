from django.urls import path

from portals.contractants import views

urlpatterns = [
    path("contractanten/", views.contractant_list, name="contractant_list"),
    path("contractanten/<int:pk>/", views.contractant, name="contractant"),
    path("abonnementen/<int:pk>/", views.subscription, name="subscription"),
    path("supporttaken/", views.support_tasks, name="support_tasks"),
]
