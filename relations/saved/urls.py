from django.urls import path

from relations.saved.views import filters, members, selections, settings

urlpatterns = [
    path("relaties/filters/", filters.saved_filter_list, name="saved_filter_list"),
    path("relaties/filters/nieuw/", filters.saved_filter_new, name="saved_filter_new"),
    path("relaties/filters/<int:pk>/", filters.saved_filter_edit, name="saved_filter_edit"),
    path("relaties/filters/<int:pk>/vragen/", filters.saved_filter_conditions, name="saved_filter_conditions"),
    path("relaties/filters/<int:pk>/kopie/", filters.saved_filter_copy, name="saved_filter_copy"),
    path("relaties/filters/<int:pk>/verwijdering/", filters.saved_filter_delete, name="saved_filter_delete"),
    path("relaties/filters/<int:pk>/tabblad/", settings.filter_pin, name="filter_pin"),
    path("relaties/standaardfilter/", settings.default_filter, name="default_filter"),
    path("relaties/tabbladen/", settings.filter_tabs, name="filter_tabs"),
    path("relaties/kolommen/", settings.list_columns, name="list_columns"),
    path("relaties/selectie/bewaren/", selections.selection_keep, name="selection_keep"),
    path("selecties/", selections.selection_list, name="selection_list"),
    path("selecties/nieuw/", selections.selection_new, name="selection_new"),
    path("selecties/combinatie/", selections.selection_combine, name="selection_combine"),
    path("selecties/<int:pk>/", members.selection_page, name="selection_page"),
    path("selecties/<int:pk>/aanvinken/", members.selection_tick, name="selection_tick"),
    path("selecties/<int:pk>/uitname/", members.selection_remove, name="selection_remove"),
    path("selecties/<int:pk>/toevoeging/", members.selection_add, name="selection_add"),
    path("selecties/<int:pk>/bewerken/", selections.selection_edit, name="selection_edit"),
    path("selecties/<int:pk>/verwijdering/", selections.selection_delete, name="selection_delete"),
]
