from django.urls import path

from relations.access import views

urlpatterns = [
    path("relaties/<int:pk>/toegang/", views.relation_access, name="relation_access"),
    path("beheer/afgeschermde-relaties/", views.restricted_relation_list, name="restricted_relation_list"),
]
