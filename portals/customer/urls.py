from django.urls import path

from portals.customer.views import community, entry, pages, tasks

app_name = "customer"
urlpatterns = [
    path("", pages.start, name="start"),
    path("aanmelden/", entry.sign_in, name="sign_in"),
    path("afmelden/", entry.sign_out, name="sign_out"),
    path("wachtwoord-vergeten/", entry.forgotten, name="forgotten"),
    path("wachtwoord/", entry.own_password, name="own_password"),
    path("wachtwoord/<str:token>/", entry.password, name="password"),
    path("vragen/", tasks.tasks, name="tasks"),
    path("vragen/nieuw/", tasks.task_new, name="task_new"),
    path("vragen/<int:pk>/", tasks.task, name="task"),
    path("bijlagen/<int:pk>/", tasks.attachment, name="attachment"),
    path("facturen/", pages.invoices, name="invoices"),
    path("facturen/<int:pk>/", pages.invoice, name="invoice"),
    path("documenten/", pages.documents, name="documents"),
    path("documenten/<int:pk>/", pages.document, name="document"),
    path("gegevens/", pages.data, name="data"),
    path("gegevens/wijziging/", pages.change, name="change"),
    path("community/", community.community, name="community"),
    path("community/<int:pk>/", community.post, name="post"),
    path("community/<int:pk>/waardering/", community.like, name="like"),
]
