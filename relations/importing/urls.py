from django.urls import path

from relations.importing import views

urlpatterns = [
    path("relaties/importeren/", views.import_upload, name="import"),
    path("relaties/importeren/<int:pk>/", views.import_page, name="import_page"),
    path("relaties/importeren/<int:pk>/kolommen/", views.import_columns, name="import_columns"),
    path("relaties/importeren/<int:pk>/uitvoering/", views.import_execute, name="import_execute"),
    path("relaties/importeren/<int:pk>/annulering/", views.import_cancel, name="import_cancel"),
    path("relaties/importeren/<int:pk>/ongedaan/", views.import_undo, name="import_undo"),
]
