from django.urls import path

from billing.months import views

urlpatterns = [
    path("urenstaat/maanden/", views.month_list, name="month_list"),
    path("urenstaat/maanden/afsluiting/", views.month_locking, name="month_locking"),
    path("urenstaat/maanden/<int:pk>/opening/", views.month_opening, name="month_opening"),
]
