from django.urls import path

from relations.kept.activities import views

urlpatterns = [
    path("activiteiten/<int:pk>/", views.activity, name="activity"),
    path("activiteiten/<int:pk>/gereed/", views.activity_finishing, name="activity_finishing"),
    path("activiteiten/<int:pk>/heropening/", views.activity_reopening, name="activity_reopening"),
    path("activiteiten/<int:pk>/relatie/", views.activity_moving, name="activity_moving"),
    path("activiteiten/<int:pk>/bijlagen/", views.activity_attachments, name="activity_attachments"),
    path("activiteiten/<int:pk>/notities/", views.activity_notes, name="activity_notes"),
]
