from django.urls import path, register_converter

from crm.core.panels import PanelKeyConverter
from relations.views import (
    access,
    blocked,
    bulk_exporting,
    bulk_menu,
    bulk_operations,
    bulk_properties,
    bulk_walks,
    conditions,
    imports,
    list_settings,
    relations,
    relations_list,
    saved_filters,
    selection_members,
    selections,
    tasks,
    timeline,
)

register_converter(PanelKeyConverter, "panel")

app_name = "relations"
urlpatterns = [
    # the list and its selection
    path("relaties/", relations_list.relation_list, name="relation_list"),
    path("relaties/filter/", conditions.condition, name="condition"),
    path("relaties/selectie/", relations_list.selection, name="selection"),
    path("relaties/selectie/archivering/", relations_list.selection_archive, name="selection_archive"),
    # many at once: a frozen set, and what is done with it
    path("relaties/selectie/bulkbewerking/", bulk_menu.selection_bulk, name="selection_bulk"),
    path("relaties/bulkbewerking/", bulk_menu.bulk_start, name="bulk_start"),
    path("selecties/<int:pk>/bulkbewerking/", bulk_menu.bulk_from_selection, name="bulk_from_selection"),
    path("bulkbewerking/<int:pk>/", bulk_menu.bulk_menu, name="bulk_menu"),
    path("bulkbewerking/<int:pk>/voormalig/", bulk_operations.bulk_former, name="bulk_former"),
    path("bulkbewerking/<int:pk>/omhangen/", bulk_operations.bulk_moving, name="bulk_moving"),
    path("bulkbewerking/<int:pk>/selectie/toevoeging/", bulk_operations.bulk_adding, name="bulk_adding"),
    path("bulkbewerking/<int:pk>/selectie/verwijdering/", bulk_operations.bulk_removing, name="bulk_removing"),
    path("bulkbewerking/<int:pk>/export/", bulk_exporting.bulk_export, name="bulk_export"),
    path("bulkbewerking/<int:pk>/export/bestand/", bulk_exporting.bulk_export_file, name="bulk_export_file"),
    # saved filters, tabs and columns
    path("relaties/filters/", saved_filters.saved_filter_list, name="saved_filter_list"),
    path("relaties/filters/nieuw/", saved_filters.saved_filter_new, name="saved_filter_new"),
    path("relaties/filters/<int:pk>/", saved_filters.saved_filter_edit, name="saved_filter_edit"),
    path("relaties/filters/<int:pk>/vragen/", saved_filters.saved_filter_conditions, name="saved_filter_conditions"),
    path("relaties/filters/<int:pk>/kopie/", saved_filters.saved_filter_copy, name="saved_filter_copy"),
    path("relaties/filters/<int:pk>/verwijdering/", saved_filters.saved_filter_delete, name="saved_filter_delete"),
    path("relaties/filters/<int:pk>/tabblad/", list_settings.filter_pin, name="filter_pin"),
    path("relaties/standaardfilter/", list_settings.default_filter, name="default_filter"),
    path("relaties/tabbladen/", list_settings.filter_tabs, name="filter_tabs"),
    path("relaties/kolommen/", list_settings.list_columns, name="list_columns"),
    # selections
    path("relaties/selectie/bewaren/", selections.selection_keep, name="selection_keep"),
    path("selecties/", selections.selection_list, name="selection_list"),
    path("selecties/nieuw/", selections.selection_new, name="selection_new"),
    path("selecties/combinatie/", selections.selection_combine, name="selection_combine"),
    path("selecties/<int:pk>/", selection_members.selection_page, name="selection_page"),
    path("selecties/<int:pk>/aanvinken/", selection_members.selection_tick, name="selection_tick"),
    path("selecties/<int:pk>/uitname/", selection_members.selection_remove, name="selection_remove"),
    path("selecties/<int:pk>/toevoeging/", selection_members.selection_add, name="selection_add"),
    path("selecties/<int:pk>/bewerken/", selections.selection_edit, name="selection_edit"),
    path("selecties/<int:pk>/verwijdering/", selections.selection_delete, name="selection_delete"),
    # adding, and the page of one relation
    path("relaties/nieuw/", relations.relation_new, name="relation_new"),
    path("relaties/suggesties/", relations.relation_suggestions, name="relation_suggestions"),
    path("relaties/<int:pk>/", relations.relation, name="relation"),
    path("relaties/<int:pk>/tijdlijn/", timeline.timeline, name="timeline"),
    path("relaties/<int:pk>/bewerken/", relations.relation_edit, name="relation_edit"),
    path("relaties/<int:pk>/factuurdebiteur-van/", relations.debtor_for, name="debtor_for"),
    path("relaties/<int:pk>/<panel:key>/", relations.relation, name="relation_tab"),
    # changing properties of a set: for all, and one by one
    path("relaties/<int:pk>/toegang/", access.relation_access, name="relation_access"),
    path("beheer/afgeschermde-relaties/", access.restricted_relation_list, name="restricted_relation_list"),
    path("bulkbewerking/<int:pk>/eigenschappen/", bulk_properties.bulk_properties, name="bulk_properties"),
    path(
        "bulkbewerking/<int:pk>/eigenschappen/voorbeeld/",
        bulk_properties.bulk_properties_preview,
        name="bulk_properties_preview",
    ),
    path("bulkbewerking/<int:pk>/per-relatie/", bulk_walks.bulk_one_by_one, name="bulk_one_by_one"),
    path("bulkbewerking/<int:pk>/per-relatie/<int:item_pk>/", bulk_walks.bulk_walk, name="bulk_walk"),
    # tasks
    path("taken/", tasks.task_list, name="task_list"),
    path("taken/nieuwe-supporttaak/", tasks.task_new, name="task_new"),
    path("taken/<int:pk>/", tasks.task, name="task"),
    path("taken/<int:pk>/koppelingen/", tasks.task_links, name="task_links"),
    path("taken/<int:pk>/gereed/", tasks.task_finishing, name="task_finishing"),
    path("taken/<int:pk>/heropening/", tasks.task_reopening, name="task_reopening"),
    path("taakkoppelingen/<int:pk>/verwijdering/", tasks.task_link_removal, name="task_link_removal"),
    # what keeps relations from the archive
    path("beheer/belemmeringen/", blocked.blocked_list, name="blocked_list"),
    # import
    path("relaties/importeren/", imports.import_upload, name="import"),
    path("relaties/importeren/<int:pk>/", imports.import_page, name="import_page"),
    path("relaties/importeren/<int:pk>/kolommen/", imports.import_columns, name="import_columns"),
    path("relaties/importeren/<int:pk>/uitvoering/", imports.import_execute, name="import_execute"),
    path("relaties/importeren/<int:pk>/annulering/", imports.import_cancel, name="import_cancel"),
    path("relaties/importeren/<int:pk>/ongedaan/", imports.import_undo, name="import_undo"),
]
