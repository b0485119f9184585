from django.urls import path

from relations.kept.people import views

urlpatterns = [
    path("relaties/<int:pk>/contactpersonen/nieuw/", views.contact_new, name="contact_new"),
    path("contactpersonen/<int:pk>/", views.contact_edit, name="contact_edit"),
]
