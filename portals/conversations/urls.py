from django.urls import path

from portals.conversations import views

urlpatterns = [
    path("relaties/<int:relation_pk>/vragen/<int:pk>/", views.conversation, name="conversation"),
    path("vragen/bijlagen/<int:pk>/", views.comment_file, name="comment_file"),
]
