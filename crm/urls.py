from django.urls import include, path

urlpatterns = [
    path("", include("relations.urls")),
    path("", include("archiving.urls")),
    path("", include("billing.urls")),
    path("", include("portals.urls")),
    path("portaal/", include("portals.customer.urls")),
    path("", include("crm.jobs.urls")),
    path("", include("crm.accounts.urls")),
    path("", include("crm.accounts.own_urls")),
    path("", include("crm.core.urls")),
]

handler400 = "crm.core.errors.bad_request"
handler403 = "crm.core.errors.forbidden"
handler404 = "crm.core.errors.not_found"
handler500 = "crm.core.errors.failed"
