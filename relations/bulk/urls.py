from django.urls import include, path

from relations.bulk.views import exporting, former, menu, operations

urlpatterns = [
    path("relaties/selectie/bulkbewerking/", menu.selection_bulk, name="selection_bulk"),
    path("relaties/bulkbewerking/", menu.bulk_start, name="bulk_start"),
    path("selecties/<int:pk>/bulkbewerking/", menu.bulk_from_selection, name="bulk_from_selection"),
    path("bulkbewerking/<int:pk>/", menu.bulk_menu, name="bulk_menu"),
    path("bulkbewerking/<int:pk>/voormalig/", operations.bulk_former, name="bulk_former"),
    path("bulkbewerking/<int:pk>/omhangen/", operations.bulk_moving, name="bulk_moving"),
    path("bulkbewerking/<int:pk>/selectie/toevoeging/", operations.bulk_adding, name="bulk_adding"),
    path("bulkbewerking/<int:pk>/selectie/verwijdering/", operations.bulk_removing, name="bulk_removing"),
    path("bulkbewerking/<int:pk>/export/", exporting.bulk_export, name="bulk_export"),
    path("bulkbewerking/<int:pk>/export/bestand/", exporting.bulk_export_file, name="bulk_export_file"),
    path("relaties/<int:pk>/voormalig/", former.relation_former, name="relation_former"),
    path("relaties/<int:pk>/omhangen/", former.relation_moving, name="relation_moving"),
    path("", include("relations.bulk.properties.urls")),
    path("", include("relations.bulk.walk.urls")),
]
