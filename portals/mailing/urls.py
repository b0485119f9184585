from django.urls import path

from portals.mailing import views

urlpatterns = [
    path("beheer/e-mail/", views.mail, name="mail"),
]
