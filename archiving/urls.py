from django.urls import path

from archiving.views import archive_list, archivings, erasures, proposals, restorings

app_name = "archiving"
urlpatterns = [
    path("beheer/gearchiveerde-relaties/", archive_list.archived_relation_list, name="archived_relation_list"),
    path("beheer/gearchiveerde-relaties/terugzetten/", archive_list.restore_listed, name="restore_listed"),
    path("beheer/gearchiveerde-relaties/verwijdering/", archive_list.erase_listed, name="erase_listed"),
    # a set somebody points at becomes a draft job, which has a page for each act
    path("relaties/<int:pk>/archivering/", proposals.archive_one, name="archive_one"),
    path("relaties/<int:pk>/terugzetten/", proposals.restore_one, name="restore_one"),
    path("relaties/<int:pk>/verwijdering/", proposals.erase_one, name="erase_one"),
    path("archivering/<int:pk>/", archivings.archive, name="archive"),
    path("terugzetten/<int:pk>/", restorings.restore, name="restore"),
    path("verwijdering/<int:pk>/", erasures.erase, name="erase"),
]
