from django.urls import path

from crm.accounts.views import departures, employees, entry, grants, languages, sign_ins

app_name = "accounts"
STAFF = "beheer/medewerkers"
urlpatterns = [
    path("aanmelden/", entry.sign_in, name="sign_in"),
    path("afmelden/", entry.sign_out, name="sign_out"),
    path("taal/", languages.language, name="language"),
    path(f"{STAFF}/", employees.employee_list, name="employee_list"),
    path(f"{STAFF}/nieuw/", employees.employee_new, name="employee_new"),
    path(f"{STAFF}/<int:pk>/", employees.employee, name="employee"),
    path(f"{STAFF}/<int:pk>/bewerken/", employees.employee_edit, name="employee_edit"),
    path(f"{STAFF}/<int:pk>/uitnodiging/", employees.invitation, name="invitation"),
    path(f"{STAFF}/<int:pk>/verwijdering/", employees.employee_deletion, name="employee_deletion"),
    path(f"{STAFF}/<int:pk>/vertrek/", departures.departure, name="departure"),
    path(f"{STAFF}/<int:pk>/terugkeer/", departures.homecoming, name="homecoming"),
    path(f"{STAFF}/<int:pk>/tweede-stap/", departures.second_step_removal, name="second_step_removal"),
    path(f"{STAFF}/<int:pk>/verwijderrecht/", grants.erasing_grant, name="erasing_grant"),
    path(f"{STAFF}/<int:pk>/verwijderrecht/intrekking/", grants.erasing_withdrawal, name="erasing_withdrawal"),
    path("beheer/aanmeldingen/", sign_ins.sign_in_list, name="sign_in_list"),
]
