from django.urls import path

from relations.bulk.walk import views

urlpatterns = [
    path("bulkbewerking/<int:pk>/per-relatie/", views.bulk_one_by_one, name="bulk_one_by_one"),
    path("bulkbewerking/<int:pk>/per-relatie/<int:item_pk>/", views.bulk_walk, name="bulk_walk"),
]
