from django.urls import include, path

from relations.kept.views import dossier, downloads, kept

urlpatterns = [
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
    path("relaties/<int:pk>/notities/nieuw/", kept.note_new, name="note_new"),
    path("notities/<int:pk>/", kept.note_edit, name="note_edit"),
    path("relaties/<int:pk>/koppelingen/nieuw/", kept.link_new, name="link_new"),
    path("koppelingen/<int:pk>/", kept.link_edit, name="link_edit"),
    path("relaties/<int:pk>/functies/nieuw/", kept.function_new, name="function_new"),
    path("functies/<int:pk>/", kept.function_edit, name="function_edit"),
    path("relaties/<int:pk>/contracten/nieuw/", kept.contract_new, name="contract_new"),
    path("contracten/<int:pk>/", kept.contract_edit, name="contract_edit"),
    path("", include("relations.kept.people.urls")),
    path("", include("relations.kept.activities.urls")),
    path("", include("relations.kept.deleting.urls")),
]
