from django.urls import path

from relations.kept.deleting import views

urlpatterns = [
    path("relaties/<int:pk>/verwijderadvies/", views.relation_deletion, name="relation_deletion"),
    path("relaties/<int:pk>/<slug:key>/<int:row_pk>/verwijdering/", views.deletion, name="deletion"),
]
