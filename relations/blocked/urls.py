from django.urls import path

from relations.blocked import views

urlpatterns = [
    path("beheer/belemmeringen/", views.blocked_list, name="blocked_list"),
]
