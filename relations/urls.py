from django.urls import path, register_converter

from crm.core.panels import PanelKeyConverter
from relations.access import views as access
from relations.agenda.views import agenda
from relations.agenda.views import feeds as calendar_feeds
from relations.blocked import views as blocked
from relations.bulk.properties import views as bulk_properties
from relations.bulk.views import exporting as bulk_exporting
from relations.bulk.views import former as formers
from relations.bulk.views import menu as bulk_menu
from relations.bulk.views import operations as bulk_operations
from relations.bulk.walk import views as bulk_walks
from relations.importing import views as imports
from relations.kept.activities import views as activities
from relations.kept.deleting import views as deletions
from relations.kept.people import views as contacts
from relations.kept.views import dossier, downloads, kept
from relations.listing.views import conditions
from relations.listing.views import relations as relations_list
from relations.models import TaskKind
from relations.record.views import relations, timeline
from relations.saved.views import filters as saved_filters
from relations.saved.views import members as selection_members
from relations.saved.views import selections
from relations.saved.views import settings as list_settings
from relations.work.views import contents as task_contents
from relations.work.views import handover as task_selection
from relations.work.views import page as task_page
from relations.work.views import tasks

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
    path("relaties/<int:pk>/voormalig/", formers.relation_former, name="relation_former"),
    path("relaties/<int:pk>/omhangen/", formers.relation_moving, name="relation_moving"),
    path("relaties/<int:pk>/verwijderadvies/", deletions.relation_deletion, name="relation_deletion"),
    # client activities, files
    path("activiteiten/<int:pk>/", activities.activity, name="activity"),
    path("activiteiten/<int:pk>/gereed/", activities.activity_finishing, name="activity_finishing"),
    path("activiteiten/<int:pk>/heropening/", activities.activity_reopening, name="activity_reopening"),
    path("activiteiten/<int:pk>/relatie/", activities.activity_moving, name="activity_moving"),
    path("activiteiten/<int:pk>/bijlagen/", activities.activity_attachments, name="activity_attachments"),
    path("activiteiten/<int:pk>/notities/", activities.activity_notes, name="activity_notes"),
    path("relaties/<int:pk>/activiteiten/nieuw/", dossier.activity_new, name="activity_new"),
    path("activiteiten/<int:pk>/bewerken/", dossier.activity_edit, name="activity_edit"),
    path("relaties/<int:pk>/berichten/nieuw/", dossier.message_new, name="message_new"),
    path("berichten/<int:pk>/", dossier.message_edit, name="message_edit"),
    path("relaties/<int:pk>/dossier/nieuw/", dossier.document_new, name="document_new"),
    path("documenten/<int:pk>/", dossier.document_edit, name="document_edit"),
    path("relaties/<int:pk>/rapporten/nieuw/", dossier.report_new, name="report_new"),
    path("rapporten/<int:pk>/", dossier.report_edit, name="report_edit"),
    path("bijlagen/<int:pk>/", downloads.attachment_file, name="attachment_file"),
    path("documenten/<int:pk>/bestand/", downloads.document_file, name="document_file"),
    # deleting something small
    path("relaties/<int:pk>/<slug:key>/<int:row_pk>/verwijdering/", deletions.deletion, name="deletion"),
    # what is kept around a relation
    path("relaties/<int:pk>/contactpersonen/nieuw/", contacts.contact_new, name="contact_new"),
    path("contactpersonen/<int:pk>/", contacts.contact_edit, name="contact_edit"),
    path("relaties/<int:pk>/notities/nieuw/", kept.note_new, name="note_new"),
    path("notities/<int:pk>/", kept.note_edit, name="note_edit"),
    path("relaties/<int:pk>/koppelingen/nieuw/", kept.link_new, name="link_new"),
    path("koppelingen/<int:pk>/", kept.link_edit, name="link_edit"),
    path("relaties/<int:pk>/functies/nieuw/", kept.function_new, name="function_new"),
    path("functies/<int:pk>/", kept.function_edit, name="function_edit"),
    path("relaties/<int:pk>/contracten/nieuw/", kept.contract_new, name="contract_new"),
    path("contracten/<int:pk>/", kept.contract_edit, name="contract_edit"),
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
    path("taken/nieuw/", tasks.task_new, name="task_new"),
    path("taken/nieuwe-supporttaak/", tasks.task_new, {"kind": TaskKind.SUPPORT}, name="support_task_new"),
    path("taken/selectie/", task_selection.task_selection, name="task_selection"),
    path("taken/overdracht/", task_selection.task_handover, name="task_handover"),
    path("taken/<int:pk>/", tasks.task, name="task"),
    path("taken/<int:pk>/bewerken/", tasks.task_edit, name="task_edit"),
    path("taken/<int:pk>/gereed/", tasks.task_finishing, name="task_finishing"),
    path("taken/<int:pk>/heropening/", tasks.task_reopening, name="task_reopening"),
    path("taken/<int:pk>/koppelingen/", task_page.task_links, name="task_links"),
    path("taakkoppelingen/<int:pk>/verwijdering/", task_page.task_link_removal, name="task_link_removal"),
    path("taken/<int:pk>/checklist/", task_contents.task_items, name="task_items"),
    path("taken/<int:pk>/checklist/<int:key>/", task_contents.task_item, name="task_item"),
    path("taken/<int:pk>/checklist/<int:key>/verwijdering/", task_contents.task_item_removal, name="task_item_removal"),
    path("taken/<int:pk>/documenten/", task_contents.task_documents, name="task_documents"),
    path("taken/<int:pk>/verwijzingen/", task_contents.task_references, name="task_references"),
    path(
        "taken/<int:pk>/verwijzingen/<int:key>/verwijdering/",
        task_contents.task_reference_removal,
        name="task_reference_removal",
    ),
    # agenda
    path("agenda/", agenda.agenda, name="agenda"),
    path("agenda/afspraken/nieuw/", agenda.appointment_new, name="appointment_new"),
    path("agenda/afspraken/<int:pk>/", agenda.appointment_edit, name="appointment_edit"),
    path("agenda/adres/", calendar_feeds.calendar_feed, name="calendar_feed"),
    path("agenda/adres/intrekking/", calendar_feeds.calendar_feed_revocation, name="calendar_feed_revocation"),
    path("agenda/<str:secret>.ics", calendar_feeds.calendar, name="calendar"),
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
