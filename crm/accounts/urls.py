from django.urls import path

from crm.accounts import views

app_name = "accounts"
urlpatterns = [
    path("aanmelden/", views.sign_in, name="sign_in"),
    path("afmelden/", views.sign_out, name="sign_out"),
]
