from django.urls import path

from crm.accounts import views

app_name = "accounts"
urlpatterns = [
    path("aanmelden/", views.sign_in, name="sign_in"),
    path("afmelden/", views.sign_out, name="sign_out"),
    path("taal/", views.language, name="language"),
    path("beheer/medewerkers/", views.employee_list, name="employee_list"),
    path("beheer/medewerkers/<int:pk>/verwijderrecht/", views.erasing_grant, name="erasing_grant"),
    path("beheer/medewerkers/<int:pk>/verwijderrecht/intrekking/", views.erasing_withdrawal, name="erasing_withdrawal"),
]
