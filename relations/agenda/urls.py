from django.urls import path

from relations.agenda.views import agenda, feeds

urlpatterns = [
    path("agenda/", agenda.agenda, name="agenda"),
    path("agenda/afspraken/nieuw/", agenda.appointment_new, name="appointment_new"),
    path("agenda/afspraken/<int:pk>/", agenda.appointment_edit, name="appointment_edit"),
    path("agenda/adres/", feeds.calendar_feed, name="calendar_feed"),
    path("agenda/adres/intrekking/", feeds.calendar_feed_revocation, name="calendar_feed_revocation"),
    path("agenda/<str:secret>.ics", feeds.calendar, name="calendar"),
]
