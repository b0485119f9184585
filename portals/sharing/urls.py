from django.urls import path

from portals.sharing import views

urlpatterns = [
    path("relaties/<int:pk>/gedeelde-documenten/", views.shared_documents, name="shared_documents"),
    path("documenten/<int:pk>/delen/", views.document_sharing, name="document_sharing"),
    path("documenten/<int:pk>/niet-delen/", views.document_unsharing, name="document_unsharing"),
]
