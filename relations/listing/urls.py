from django.urls import path

from relations.listing.views import conditions, relations

urlpatterns = [
    path("relaties/", relations.relation_list, name="relation_list"),
    path("relaties/filter/", conditions.condition, name="condition"),
    path("relaties/selectie/", relations.selection, name="selection"),
    path("relaties/selectie/archivering/", relations.selection_archive, name="selection_archive"),
]
