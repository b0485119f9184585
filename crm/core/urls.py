from django.urls import path

from crm.core import health, views

app_name = "core"
urlpatterns = [
    path("", views.start, name="start"),
    path("start/<slug:key>/", views.start_card, name="start_card"),
    path("zoeken/", views.search_page, name="search"),
    path("zoeken/suggesties/", views.search_suggestions, name="search_suggestions"),
    path("health/", health.health, name="health"),
]
